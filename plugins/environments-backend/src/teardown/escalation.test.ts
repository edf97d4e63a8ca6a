import { mockServices } from '@backstage/backend-test-utils';
import { MIRA } from '../testing/engine';
import { useTestDatabases } from '../testing/database';
import {
  FailingTeardowns,
  startFailingTeardowns,
} from './__testUtils__/failing';
import { momentInWords } from '../moments';
import { TeardownEscalation } from './escalation';
import { Notice } from './notice';
import { TeardownStore } from './store/teardowns';

describe('the escalation of teardowns that fail', () => {
  const databases = useTestDatabases();
  let failing: FailingTeardowns;
  let id: string;

  beforeEach(async () => {
    failing = await startFailingTeardowns(await databases.create());
    id = await failing.create();
    await failing.destroy(id);
    await failing.retry();
  });
  afterEach(() => failing.engine.stop());

  const tick = () =>
    failing.engine.rooms.escalation.tick(failing.engine.clock.now());
  const listed = async () =>
    (await failing.engine.rooms.orphans.listFailedTeardowns({}, MIRA)).items;

  /** Another replica, whose notifications may be away. */
  function replica(send: (notice: Notice) => Promise<void>) {
    const { knex } = failing.engine;
    return new TeardownEscalation({
      knex,
      store: new TeardownStore(),
      notifications: { send },
      recipients: failing.engine.rooms.recipients,
      operators: [],
      random: () => 0.5,
      logger: mockServices.logger.mock(),
    });
  }

  it('comes with the third failure in a row, and not before', async () => {
    expect(await tick()).toBe(0);
    expect(await failing.orphans()).toEqual([]);
    expect(await listed()).toMatchObject([
      { attempts: 2, orphans: 0, lastError: 'The cloud says no.' },
    ]);
    await failing.retry();
    expect(await tick()).toBe(1);
    const { name } = await failing.engine.rooms.environments.get(id, MIRA);
    const [{ nextAttemptAt, ...teardown }] = await listed();
    expect(teardown).toMatchObject({
      environmentId: id,
      environmentName: name,
      attempts: 3,
      orphans: 1,
      escalatedAt: failing.engine.clock.now().toISOString(),
    });
    expect(failing.engine.notices).toEqual([
      {
        recipients: {
          type: 'entity',
          entityRef: [
            'group:default/checkout',
            'user:default/mira',
            'group:default/platform',
          ],
        },
        payload: {
          title: `${name} could not be destroyed`,
          description: `3 teardowns have failed, so something of it still exists. The last time: The cloud says no. The next try is on ${momentInWords(new Date(nextAttemptAt!))}.`,
          link: `/environments/orphans?search=${name}`,
          severity: 'high',
          topic: 'environments.teardown',
          scope: `environments.teardown:${id}`,
        },
      },
    ]);
  });

  it('is told once, however often it fails, restarts and however many replicas there are', async () => {
    await failing.retry();
    const sent: Notice[] = [];
    const other = replica(async notice => {
      sent.push(notice);
    });
    await Promise.all([tick(), other.tick(failing.engine.clock.now()), tick()]);
    await failing.retry();
    await tick();
    await other.tick(failing.engine.clock.now());
    expect([...sent, ...failing.engine.notices]).toHaveLength(1);
    expect(
      await failing.engine
        .knex('audit_entries')
        .where({ action: 'environment.teardown.escalated' })
        .pluck('environment_id'),
    ).toEqual([id]);
  });

  it('is told later when nobody could be reached', async () => {
    await failing.retry();
    const away = replica(async () => {
      throw new Error('The notifications are away');
    });
    expect(await away.tick(failing.engine.clock.now())).toBe(0);
    expect(await listed()).toMatchObject([{ escalatedAt: undefined }]);
    expect(await tick()).toBe(0);
    // That it fails once more meanwhile makes nobody easier to reach.
    await failing.destroy(id);
    expect(await tick()).toBe(0);
    failing.engine.clock.advance(60);
    expect(await tick()).toBe(1);
  });

  it('is told by another replica when one dies in the midst', async () => {
    await failing.retry();
    const { knex, clock } = failing.engine;
    await new TeardownStore().takeUntold(knex, clock.now(), 10);
    expect(await tick()).toBe(0);
    clock.advance(60);
    expect(await tick()).toBe(1);
  });

  it('is not told of what is gone meanwhile', async () => {
    await failing.retry();
    failing.engine.driver.script('site', {});
    await failing.retry();
    expect(await tick()).toBe(0);
    expect(await listed()).toEqual([]);
  });
});
