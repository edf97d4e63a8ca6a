import { Knex } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import { useTestDatabases } from '../../testing/database';
import { until } from '../../testing/until';
import { OperationQueue } from './queue';

/** Counts its looks; the test says whether it has room. */
class Hearer {
  hasRoom = true;
  looks = 0;

  async look() {
    this.looks++;
  }
}

describe('the doorbell', () => {
  const databases = useTestDatabases();
  let knex: Knex;
  let queues: OperationQueue[];

  beforeEach(async () => {
    knex = await databases.create();
    queues = [];
  });
  afterEach(() => Promise.all(queues.map(queue => queue.stop())));

  async function startQueue(hearer?: Hearer) {
    const queue = new OperationQueue({
      knex,
      logger: mockServices.logger.mock(),
    });
    queues.push(queue);
    await queue.start();
    if (hearer) queue.listen(hearer);
    return queue;
  }
  const rings = () =>
    knex('greenroom_queue.job').where({ name: 'operations' }).select('state');

  it('makes a worker of the same process look at once, without a job', async () => {
    const hearer = new Hearer();
    const queue = await startQueue(hearer);
    const { looks } = hearer;
    await queue.ring();
    expect(hearer.looks).toBe(looks + 1);
    expect(await rings()).toEqual([]);
  });

  it('is heard in other processes, by one of them', async () => {
    const hearer = new Hearer();
    await startQueue(hearer);
    const other = await startQueue();
    await other.ring();
    await until(async () => hearer.looks > 0);
    await until(async () => (await rings()).length === 0);
    expect(await rings()).toEqual([]);
  });

  it('rings once, however often it is pressed before somebody hears it', async () => {
    const queue = await startQueue();
    await Promise.all([queue.ring(), queue.ring(), queue.ring()]);
    expect(await rings()).toEqual([{ state: 'created' }]);
  });

  it('leaves the ring to others where a worker is full', async () => {
    const full = new Hearer();
    full.hasRoom = false;
    const queue = await startQueue(full);
    await queue.ring();
    expect(await rings()).toHaveLength(1);

    const free = new Hearer();
    await startQueue(free);
    await until(async () => (await rings()).length === 0);
    await until(async () => free.looks > 0);
    expect(full.looks).toBe(0);
  });

  it('makes workers look from time to time, for what nobody was rung for', async () => {
    const hearer = new Hearer();
    await startQueue(hearer);
    await until(async () => hearer.looks >= 2);
    expect(await rings()).toEqual([]);
  });

  it('does not fail a request when it is out of order', async () => {
    const queue = await startQueue();
    await knex.raw('DROP SCHEMA greenroom_queue CASCADE');
    await expect(queue.ring()).resolves.toBeUndefined();
  });
});
