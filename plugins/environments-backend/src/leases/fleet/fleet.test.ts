import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentReadPermission,
  LeaseListName,
  ListLeasesQuery,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { addSeconds, momentOf } from '../../clock';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { captureSelects } from '../../testing/captureSelects';
import { useTestDatabases } from '../../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../../testing/engine';
import { expectBody } from '../../testing/api';

const HOUR = 3600;
const DAY = 24 * HOUR;
const LONG_BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: long',
).replace('default: 2m', 'default: 1d');
const PAUSING_BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: pausing',
)
  .replace('with: {}}', 'with: {size: small}, pause: {with: {size: none}}}')
  .replace('default: 2m', 'default: 1d, onExpiry: pause, grace: 1d');
const PAYMENTS = 'group:default/payments';
/** Enough for an index to be worth it. */
const MANY = 3000;

describe('the leases of a fleet', () => {
  let engine: TestEngine;
  const ids: Record<string, string> = {};

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(LONG_BLUEPRINT);
    await engine.blueprints.publish(PAUSING_BLUEPRINT);
    engine.clock.goTo(nextNoon(engine.clock.now()));
    await create('tonight', { ttl: '6h' });
    await create('tomorrow', { ttl: '30h', owner: 'user:default/mira' });
    await create('pausing', { ttl: '31h', blueprint: 'pausing' });
    await create('friday', { ttl: '4d' });
    await create('far', { ttl: '20d' });
    await create('held', { ttl: '2h' });
    await create('kept', { ttl: '1h' });
    await create('paused', { ttl: '30m', blueprint: 'pausing' });
    await create('gone', { ttl: '5h' });
    await engine.work();
    const { leaseSafeguards } = engine.rooms;
    const until = addSeconds(engine.clock.now(), 3 * DAY).toISOString();
    const reason = 'incident 42';
    await leaseSafeguards.hold(ids.held, { until, reason }, MIRA);
    await leaseSafeguards.protect(ids.kept, { reason }, MIRA);
    await engine.submit(ids.gone, { kind: 'destroy' });
    await engine
      .knex('environments')
      .where({ name: 'friday' })
      .update({ owner_ref: PAYMENTS, created_by: 'user:default/jon' });
    // What is due for its end or its pause gets it.
    engine.clock.advance(2 * HOUR);
    await engine.rooms.sweep.tick(engine.clock.now());
    await engine.work();
  });
  afterEach(() => {
    engine.policy.decision = { result: AuthorizeResult.ALLOW };
  });

  async function create(
    name: string,
    request: Parameters<TestEngine['create']>[0],
  ) {
    const inputs = {};
    const made = await engine.create({
      name,
      blueprint: 'long',
      inputs,
      ...request,
    });
    ids[name] = made.environment.id;
  }
  const list = (query: ListLeasesQuery = {}) =>
    engine.rooms.leaseFleet.list(query, MIRA);
  const names = async (query: ListLeasesQuery = {}) =>
    (await list(query)).items.map(each => each.environmentName);
  const overview = (selection = {}) =>
    engine.rooms.leaseFleet.overview(
      { days: 7, timeZone: 'UTC', ...selection },
      MIRA,
    );

  it('list what falls due in the next days, first what does so first, with the moment and the rule', async () => {
    const { items, total } = await list();
    items.forEach(each => expectBody('LeaseSummary', each));
    expect(items.map(each => each.environmentName)).toEqual([
      'tonight',
      'paused',
      'tomorrow',
      'pausing',
      'held',
      'friday',
    ]);
    expect(total).toBe(6);
    expect(items[0]).toMatchObject({
      owner: OWNER,
      blueprint: { name: 'long' },
      stage: 'running',
      reason: '6 h chosen at the request',
      rule: 'ttl.requested',
      dueAt: items[0].expiresAt,
    });
  });

  it('list what is in its grace, what is held, and what is protected, each with until when or why', async () => {
    const grace = await list({ list: 'grace' });
    expect(grace.items).toMatchObject([
      { environmentName: 'paused', stage: 'grace', state: 'paused' },
    ]);
    expect(grace.items[0].dueAt).toBe(grace.items[0].graceEndsAt);
    expect((await list({ list: 'held' })).items).toMatchObject([
      {
        environmentName: 'held',
        hold: { by: 'user:default/mira', reason: 'incident 42' },
      },
    ]);
    expect((await list({ list: 'protected' })).items).toMatchObject([
      {
        environmentName: 'kept',
        stage: 'blocked',
        protection: { reason: 'incident 42' },
      },
    ]);
  });

  it('list a span of time alone', async () => {
    const from = addSeconds(engine.clock.now(), DAY + 1).toISOString();
    const until = addSeconds(engine.clock.now(), 25 * DAY).toISOString();
    expect(await names({ from, until })).toEqual([
      'tomorrow',
      'pausing',
      'held',
      'friday',
      'far',
    ]);
  });

  it('are narrowed by owner, blueprint, type, name and whose they are', async () => {
    expect(await names({ owner: [PAYMENTS] })).toEqual(['friday']);
    expect(await names({ blueprint: ['pausing'] })).toEqual([
      'paused',
      'pausing',
    ]);
    expect(await names({ type: ['preview'] })).toEqual([]);
    expect(await names({ search: 'TOM' })).toEqual(['tomorrow']);
    expect(await names({ scope: 'teams' })).not.toContain('friday');
    expect(await names({ scope: 'mine' })).toContain('tomorrow');
    expect(await overview({ owner: [PAYMENTS] })).toMatchObject({ living: 1 });
  });

  it('are those alone that the caller may see', async () => {
    engine.policy.decision = createEnvironmentConditionalDecision(
      environmentReadPermission,
      environmentConditions.isOwner({ claims: [PAYMENTS] }),
    );
    expect(await names()).toEqual(['friday']);
    expect(await overview()).toMatchObject({ living: 1, held: 0 });
  });

  it('come in pages that miss nothing and repeat nothing', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, cursor });
      seen.push(...page.items.map(each => each.environmentName));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(await names());
    const { nextCursor } = await list({ limit: 1 });
    await expect(list({ list: 'held', cursor: nextCursor })).rejects.toThrow(
      'does not belong to this list',
    );
  });

  it('are counted by the days on which they end, there where somebody looks', async () => {
    const counted = await overview();
    expectBody('LeaseOverview', counted);
    expect(counted.days.map(day => [day.destroys, day.pauses])).toEqual([
      [1, 0],
      // Of the one in its grace the end counts.
      [2, 1],
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(counted).toMatchObject({
      living: 8,
      unlimited: 0,
      grace: 1,
      held: 1,
      protected: 1,
      blocked: 1,
    });
    // There it is midnight already.
    const far = await overview({ timeZone: 'Pacific/Kiritimati' });
    expect(momentOf(far.days[0].from).getUTCHours()).toBe(10);
    await expect(overview({ timeZone: 'Berlin' })).rejects.toMatchObject({
      problems: [{ code: 'request.time-zone' }],
    });
  });

  it('count what is overdue as of today', async () => {
    await engine
      .knex('leases')
      .where({ environment_id: ids.tonight })
      .update({ due_at: addSeconds(engine.clock.now(), -3 * DAY) });
    const { days } = await overview();
    expect(days[0].destroys).toBe(1);
    expect((await names())[0]).toBe('tonight');
  });

  it.each<[LeaseListName, string]>([
    ['ending', 'leases_due'],
    ['grace', 'leases_grace'],
    ['held', 'leases_held'],
    ['protected', 'leases_protected'],
  ])(
    'are found by an index when %s, however many there are',
    async (name, index) => {
      await copyFarLeases();
      const statements = await captureSelects(engine.knex, () =>
        list({ list: name, limit: 5 }),
      );
      for (const { sql, bindings } of statements) {
        const { rows } = await engine.knex.raw(`EXPLAIN ${sql}`, bindings);
        const plan = rows
          .map((row: Record<string, string>) => row['QUERY PLAN'])
          .join('\n');
        expect(plan).toContain(index);
        expect(plan).not.toContain('Seq Scan on leases');
      }
    },
  );

  /** Many more that end in a year, once. */
  async function copyFarLeases() {
    const { knex } = engine;
    const found = await knex('leases').count({ count: '*' }).first();
    if (Number(found?.count) > MANY) return;
    await knex.raw(
      `WITH copies AS MATERIALIZED (
         SELECT gen_random_uuid() AS id, number FROM generate_series(1, ?::int) AS number
       ), copied AS (
         INSERT INTO environments
         SELECT (jsonb_populate_record(e, jsonb_build_object(
           'id', c.id, 'name', e.name || '-' || c.number))).*
         FROM environments e, copies c WHERE e.id = ?
       )
       INSERT INTO leases
       SELECT (jsonb_populate_record(l, jsonb_build_object(
         'environment_id', c.id, 'due_at', l.due_at + interval '1 year'))).*
       FROM leases l, copies c WHERE l.environment_id = ?`,
      [MANY, ids.far, ids.far],
    );
    await knex.raw('ANALYZE leases, environments');
  }
});

function nextNoon(now: Date): Date {
  return momentOf(
    `${addSeconds(now, DAY).toISOString().slice(0, 10)}T12:00:00Z`,
  );
}
