import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { leaseSimulatePermission } from '@greenroom/plugin-environments-common';
import { expectBody } from '../../testing/api';
import { captureSelects } from '../../testing/captureSelects';
import { useTestDatabases } from '../../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../../testing/engine';

const HOUR = 3600;

describe('trying other rules on a fleet', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  const create = (name: string, ttl: string, owner = OWNER) =>
    engine.create({ name: `shop-${name}`, ttl, owner });

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create(), {
      leaseRules: [{ match: {}, extensions: 5 }],
    });
    for (const name of ['a', 'b', 'c', 'd']) await create(name, '2h');
    await create('short', '10m');
    await create('mine', '2h', 'user:default/mira');
    engine.clock.advance(300);
  });
  afterEach(() => {
    engine.policy.byPermission = {};
  });

  const whatIf = () => engine.rooms.leaseWhatIf;
  const rules = [{ match: { owner: [OWNER] }, max: '1h' }];

  it('counts what would end when, for whom, and by how many hours', async () => {
    const simulation = await whatIf().simulate({ rules }, MIRA);
    expectBody('LeaseSimulation', simulation);
    expect(simulation).toMatchObject({
      leases: 6,
      outcomes: { earlier: 4, unchanged: 2, later: 0, ended: 0 },
      overMaximum: 4,
      // The others are as long as their blueprint lets them be already.
      losesExtensions: 1,
      owners: [{ owner: OWNER, environments: 5 }],
    });
    const { now, simulated } = simulation.hours;
    expect(simulated - now).toBeCloseTo(-4);
    expect(simulation.owners[0].hours).toBeCloseTo(-4);
  });

  it('changes nothing', async () => {
    const before = await engine.knex('leases').orderBy('environment_id');
    await whatIf().simulate({ rules: [{ max: '1m' }] }, MIRA);
    expect(await engine.knex('leases').orderBy('environment_id')).toEqual(
      before,
    );
  });

  it('lists what would fare otherwise in pages, with when it would end and by which rule', async () => {
    const first = await whatIf().list({ rules, limit: 3 }, MIRA);
    expectBody('SimulatedLeasePage', first);
    const second = await whatIf().list(
      { rules, limit: 3, cursor: first.nextCursor },
      MIRA,
    );
    expect(second.nextCursor).toBeUndefined();
    const all = [...first.items, ...second.items];
    expect(all.map(each => each.environmentName)).toEqual([
      'shop-a',
      'shop-b',
      'shop-c',
      'shop-d',
      'shop-short',
    ]);
    expect(all[0]).toMatchObject({
      outcome: 'earlier',
      rule: 'config.leases.rules[0].max',
      overMaximum: true,
    });
  });

  it('looks at those alone that are asked about', async () => {
    const simulation = await whatIf().simulate(
      { rules: [{ max: '30m' }], owner: ['user:default/mira'] },
      MIRA,
    );
    expect(simulation).toMatchObject({ leases: 1, outcomes: { earlier: 1 } });
  });

  it('takes as many questions to the database for many leases as for few', async () => {
    const count = async (selection: object) =>
      (
        await captureSelects(engine.knex, () =>
          whatIf().simulate({ rules, ...selection }, MIRA),
        )
      ).length;
    expect(await count({})).toBe(await count({ search: 'shop-a' }));
  });

  it('says the present rules, for whom may try others', async () => {
    expect(await whatIf().rules(MIRA)).toEqual({
      rules: [{ extensions: { max: 5 } }],
    });
    engine.policy.byPermission[leaseSimulatePermission.name] = {
      result: AuthorizeResult.DENY,
    };
    const refused = { problems: [{ code: 'request.not-allowed' }] };
    await expect(whatIf().rules(MIRA)).rejects.toMatchObject(refused);
    await expect(whatIf().simulate({ rules }, MIRA)).rejects.toMatchObject(
      refused,
    );
    await expect(whatIf().list({ rules }, MIRA)).rejects.toMatchObject(refused);
  });

  it('counts what would have had its end as ended', async () => {
    engine.clock.advance(HOUR / 12);
    const { outcomes } = await whatIf().simulate(
      { rules: [{ max: '1m' }] },
      MIRA,
    );
    expect(outcomes.ended).toBeGreaterThanOrEqual(5);
  });
});
