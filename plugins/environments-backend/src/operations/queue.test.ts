import { mockServices } from '@backstage/backend-test-utils';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { until } from '../testing/until';
import { isActive } from './lifecycle';
import { OperationQueue } from './queue';

jest.setTimeout(60_000);

describe('the doorbell', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let queue: OperationQueue;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    queue = await startQueue();
  });
  afterEach(async () => {
    await queue.stop();
    await engine.stop();
  });

  async function startQueue() {
    const made = new OperationQueue({
      knex: engine.knex,
      operations: engine.rooms.operationStore,
      logger: mockServices.logger.mock(),
    });
    await made.start();
    return made;
  }

  const single = { blueprint: 'single', inputs: {} };
  async function expectSuccess(id: string) {
    const state = async () =>
      (await engine.rooms.operations.get(id, MIRA)).state;
    await until(async () => !isActive(await state()));
    expect(await state()).toBe('succeeded');
  }

  it('brings a worker to an operation', async () => {
    const worker = engine.worker();
    await queue.listen(1, id => worker.answer(id));
    const { operation } = await engine.create(single);
    await queue.ring(operation.id);
    await expectSuccess(operation.id);
  });

  it('is heard across processes', async () => {
    const worker = engine.worker();
    await queue.listen(1, id => worker.answer(id));
    const other = await startQueue();
    const { operation } = await engine.create(single);
    await other.ring(operation.id);
    await expectSuccess(operation.id);
    await other.stop();
  });

  it('is rung by the sweep for what nobody was rung for', async () => {
    const { operation } = await engine.create(single);
    const worker = engine.worker();
    await queue.listen(1, id => worker.answer(id));
    await expectSuccess(operation.id);
  });

  it('rings once for an operation that waits, however often it is pressed', async () => {
    const { operation } = await engine.create(single);
    await queue.ring(operation.id);
    await queue.ring(operation.id);
    await queue.ringUnclaimed();
    const jobs = await engine
      .knex('greenroom_queue.job')
      .where({ name: 'operations' });
    expect(jobs).toHaveLength(1);
    expect(jobs[0].data).toEqual({ operationId: operation.id });
  });

  it('does not fail a request when it is out of order', async () => {
    await engine.knex.raw('DROP SCHEMA greenroom_queue CASCADE');
    const { operation } = await engine.create(single);
    await expect(queue.ring(operation.id)).resolves.toBeUndefined();
  });

  it('runs no more at once than it may', async () => {
    let running = 0;
    let most = 0;
    const seen = new Set<string>();
    await queue.listen(2, async id => {
      running++;
      most = Math.max(most, running);
      await engine.worker().answer(id);
      running--;
      seen.add(id);
    });
    for (let count = 0; count < 5; count++) {
      await queue.ring((await engine.create(single)).operation.id);
    }
    await until(async () => seen.size === 5);
    expect(most).toBe(2);
  });
});
