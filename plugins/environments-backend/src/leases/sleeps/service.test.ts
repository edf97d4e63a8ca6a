import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentReadPermission,
  environmentUpdatePermission,
  ListSleepsQuery,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { addSeconds } from '../../clock';
import { expectBody } from '../../testing/api';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { captureSelects } from '../../testing/captureSelects';
import { useTestDatabases } from '../../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../../testing/engine';

const DAY = 86_400;
const PAYMENTS = 'group:default/payments';
const NIGHTLY = { sleep: '0 19 * * *', wake: '0 8 * * *', timeZone: 'UTC' };
/** Sleeps by a schedule, and can be paused. */
const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace('name: single', 'name: dozy')
  .replace('with: {}}', 'with: {size: small}, pause: {with: {size: none}}}')
  .replace('default: 2m', 'default: 20d');

describe('the calendar of sleeps', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  const create = (name: string, owner = OWNER) =>
    engine.create({ name, owner, blueprint: 'dozy', inputs: {} });
  const idOf = async (name: string) =>
    (await engine.knex('environments').where({ name }).first('id')).id;

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create(), {
      schedules: {
        rules: [
          {
            match: { owner: [OWNER, PAYMENTS] },
            schedule: { ...NIGHTLY, holidays: 'here' },
          },
        ],
        calendars: new Map([['here', new Set(['2040-11-22'])]]),
      },
    });
    await engine.blueprints.publish(BLUEPRINT);
    engine.clock.goTo(new Date('2040-11-20T12:00:00Z'));
    await create('woken');
    await create('asleep');
    await create('by-hand');
    await create('sleepless', 'user:default/mira');
    await create('their-own');
    await engine
      .knex('environments')
      .where({ name: 'their-own' })
      .update({ owner_ref: PAYMENTS });
    await engine.work();
    const { scheduleSweep } = engine.rooms;
    await scheduleSweep.tick(engine.clock.now());
    await engine.submit(await idOf('by-hand'), { kind: 'pause' });
    await engine.work();
    engine.clock.goTo(new Date('2040-11-20T19:00:00Z'));
    await scheduleSweep.tick(engine.clock.now());
    await engine.work();
    await engine.submit(await idOf('woken'), { kind: 'resume' });
    await engine.work();
  });
  afterEach(() => {
    engine.policy.decision = { result: AuthorizeResult.ALLOW };
    engine.policy.byPermission = {};
  });

  const list = (query: Partial<ListSleepsQuery> = {}) => {
    const now = engine.clock.now();
    return engine.rooms.leaseSleeps.list(
      {
        from: now.toISOString(),
        until: addSeconds(now, 3 * DAY).toISOString(),
        ...query,
      },
      MIRA,
    );
  };
  const names = async (query: Partial<ListSleepsQuery> = {}) =>
    (await list(query)).items.map(each => each.environmentName);

  it('has a row for each environment with a schedule, with what its schedule still has a say in', async () => {
    const { items, total } = await list();
    items.forEach(each => expectBody('SleepingEnvironment', each));
    expect(total).toBe(4);
    const [asleep, byHand, , woken] = items;
    expect(asleep).toMatchObject({
      environmentName: 'asleep',
      state: 'paused',
      standing: 'asleep',
      schedule: { ...NIGHTLY, rule: 'config.schedules.rules[0]' },
      next: { kind: 'wake', at: '2040-11-21T08:00:00.000Z' },
      holidays: ['2040-11-22'],
    });
    // Nothing wakes it on the holiday.
    expect(asleep.sleeps).toEqual([
      { from: '2040-11-20T19:00:00.000Z', until: '2040-11-21T08:00:00.000Z' },
      { from: '2040-11-21T19:00:00.000Z', until: '2040-11-23T08:00:00.000Z' },
    ]);
    expect(byHand).toMatchObject({ standing: 'paused', sleeps: [] });
    expect(woken).toMatchObject({
      environmentName: 'woken',
      standing: 'awake',
      next: { kind: 'sleep', at: '2040-11-21T19:00:00.000Z' },
    });
  });

  it('is of those alone that the caller may see, and says which of them they may wake', async () => {
    engine.policy.byPermission = {
      [environmentReadPermission.name]: createEnvironmentConditionalDecision(
        environmentReadPermission,
        environmentConditions.isOwner({ claims: [PAYMENTS] }),
      ),
      [environmentUpdatePermission.name]: { result: AuthorizeResult.DENY },
    };
    const { items, total } = await list();
    expect(total).toBe(1);
    expect(items).toMatchObject([
      { environmentName: 'their-own', rights: { wake: false } },
    ]);
  });

  it('is narrowed as other lists of leases, and comes in pages', async () => {
    expect(await names({ owner: [PAYMENTS] })).toEqual(['their-own']);
    expect(await names({ search: 'HAND' })).toEqual(['by-hand']);
    const first = await list({ limit: 3 });
    expect(await names({ limit: 3, cursor: first.nextCursor })).toEqual([
      'woken',
    ]);
  });

  it('asks the same few questions, however many rows there are', async () => {
    const asked = await captureSelects(engine.knex, () => list());
    expect(asked).toHaveLength(2);
  });

  it('reaches a month ahead, and never back', async () => {
    const now = engine.clock.now();
    for (const until of [addSeconds(now, -DAY), addSeconds(now, 32 * DAY)]) {
      await expect(list({ until: until.toISOString() })).rejects.toMatchObject({
        problems: [{ code: 'lease.sleeps.days', field: '/until' }],
      });
    }
    const past = addSeconds(now, -DAY).toISOString();
    expect((await list({ from: past })).items[0].sleeps[0].from).toBe(
      now.toISOString(),
    );
  });
});
