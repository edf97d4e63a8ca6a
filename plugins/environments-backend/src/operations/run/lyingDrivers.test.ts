import { DriverError } from '@greenroom/plugin-environments-node';
import {
  breaks,
  byAttempt,
  fails,
  hangs,
  inOrder,
  lies,
  makes,
  prints,
  printsMany,
  strays,
} from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_SCRIPTS } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab } from '../../testing/lab';

describe('a driver that can’t be trusted', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  afterEach(() => lab.engine.stop());

  const made = async () => {
    lab = await startLab(await databases.create());
  };
  const unmade = async () => {
    lab = await startLab(await databases.create(), { made: false });
  };

  it('and says that it made what it did not is found out by a remediation', async () => {
    await unmade();
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      apply: byAttempt(lies('skip-effect')),
    });
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({ state: 'running' });
    expect(lab.world('app').resources).toEqual([]);

    await lab.run({ kind: 'remediate' });
    expect(lab.world('app').resources).toHaveLength(1);
  });

  it('and gives a plan another hash each time is still held to what the plan says', async () => {
    await made();
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      plan: lies('change-hash'),
    });
    const { operation } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
      confirm: true,
    });
    const { operations, operationMoves } = lab.engine.rooms;
    const { hash } = await operations.plan(operation.id, MIRA);
    await operationMoves.confirm(operation.id, { planHash: hash }, MIRA);
    await lab.engine.work();
    expect(await lab.operation(operation.id)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('and leaves what nobody finds again has its teardown unproven, with address and id', async () => {
    await unmade();
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      apply: inOrder(strays('fault_thing.stray'), fails()),
      prove: lies('claim-gone'),
    });
    await lab.engine.work();
    const { operation } = await lab.run({ kind: 'destroy' });
    expect(operation).toMatchObject({
      state: 'failed',
      problem: {
        code: 'teardown.unproven',
        component: 'app',
        message: expect.stringMatching(/fault_thing\.stray \(.+\)/),
      },
    });
    expect(await lab.get()).not.toMatchObject({ state: 'destroyed' });
  });

  it('and does not destroy what it says is destroyed leaves the teardown unproven', async () => {
    await made();
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      destroy: byAttempt(lies('skip-effect')),
    });
    const { operation } = await lab.run({ kind: 'destroy' });
    expect(operation).toMatchObject({
      state: 'failed',
      problem: {
        code: 'teardown.unproven',
        message: expect.stringContaining('fault_thing.app'),
      },
    });
    // What app used is still there, for as long as app may be.
    expect(lab.world('database').resources).toHaveLength(1);
    const { operation: again } = await lab.run({ kind: 'destroy' });
    expect(again).toMatchObject({ state: 'succeeded' });
  });

  it('and has lost something before an apply went well is not believed that all is gone', async () => {
    await unmade();
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      apply: byAttempt(inOrder(strays('fault_thing.stray'), fails())),
      prove: lies('claim-gone'),
    });
    await lab.engine.work();
    const { operation: repaired } = await lab.run({ kind: 'remediate' });
    expect(repaired).toMatchObject({ state: 'succeeded' });
    const { operation } = await lab.run({ kind: 'destroy' });
    expect(operation).toMatchObject({
      state: 'failed',
      problem: {
        code: 'teardown.unproven',
        message: expect.stringContaining('fault_thing.stray'),
      },
    });
  });

  it('and says that something is left, though not what, leaves the teardown unproven', async () => {
    await made();
    const prove = jest.spyOn(lab.engine.driver, 'prove');
    prove.mockResolvedValueOnce({ gone: false, left: [] });
    const { operation } = await lab.run({ kind: 'destroy' });
    expect(operation).toMatchObject({
      state: 'failed',
      problem: {
        code: 'teardown.unproven',
        component: 'app',
        message: expect.stringContaining('can’t say that nothing is left'),
      },
    });
    const { operation: again } = await lab.run({ kind: 'destroy' });
    expect(again).toMatchObject({ state: 'succeeded' });
  });

  it('and half makes something can be torn down, as all of it is known', async () => {
    await unmade();
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      apply: inOrder(makes('fault_thing.half'), fails()),
    });
    await lab.engine.work();
    const { operation } = await lab.run({ kind: 'destroy' });
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect(lab.engine.driver.world.everything()).toEqual([]);
  });

  it('and prints megabytes fails nothing, and fills no table', async () => {
    await unmade();
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      apply: printsMany(30_000, 100),
    });
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({ state: 'running' });
    const [{ lines }] = await lab.engine
      .knex('operation_logs')
      .count({ lines: '*' });
    expect(Number(lines)).toBeLessThan(21_000);
  });
});

describe('a secret output', () => {
  const databases = useTestDatabases();
  const SECRET = 'correct-horse-battery';
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create(), { made: false });
    lab.engine.driver.script('database', {
      outputs: { url: { value: SECRET, sensitive: true } },
    });
  });
  afterEach(() => lab.engine.stop());

  /** Every table, as somebody sees it who can read the database. */
  async function everythingStored(): Promise<string> {
    const { knex } = lab.engine;
    const tables: string[] = await knex('pg_tables')
      .where({ schemaname: 'public' })
      .pluck('tablename');
    const rows = await Promise.all(tables.map(table => knex(table).select()));
    return JSON.stringify(rows);
  }

  const logged = () => {
    const { error, warn, info } = lab.engine.logger;
    return JSON.stringify(
      [error, warn, info].flatMap(({ mock }) =>
        mock.calls
          .flat()
          .map(said => (said instanceof Error ? said.stack : said)),
      ),
    );
  };

  it('is in no plan, though the component that uses it is planned with it', async () => {
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({ state: 'running' });
    const used = lab.engine.driver.calls.find(
      ({ component, action }) => component === 'app' && action === 'plan',
    );
    expect(used?.with).toMatchObject({ url: SECRET });
    expect(await everythingStored()).not.toContain(SECRET);
    expect(logged()).not.toContain(SECRET);
  });

  it('is in no problem that a driver tells, nor in its log', async () => {
    lab.engine.driver.script('app', {
      apply: inOrder(
        prints(`can't reach ${SECRET}`),
        fails({
          message: `No way to ${SECRET}`,
          detail: `dial ${SECRET}`,
          remedy: `open ${SECRET}`,
        }),
      ),
    });
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({ state: 'failed' });
    expect(await everythingStored()).not.toContain(SECRET);
    expect(logged()).not.toContain(SECRET);
  });

  it('is not in what an interrupted tool says', async () => {
    lab.engine.driver.script('app', {
      apply: async call => {
        await Promise.resolve(hangs()(call)).catch(() => {});
        throw new DriverError({ code: 'x', message: `Left ${SECRET}` });
      },
    });
    const worked = lab.engine.work();
    await lab.engine.driver.reached('app', 'apply');
    const { id } = (await lab.get()).latestOperation;
    await lab.engine.rooms.operationMoves.cancel(id, {}, MIRA);
    await worked;
    const { state, steps } = await lab.operation(id);
    expect(state).toBe('cancelled');
    expect(JSON.stringify(steps)).toContain('Left •••');
    expect(await everythingStored()).not.toContain(SECRET);
  });

  it('is in no log of a later destroy, which was given it', async () => {
    await lab.engine.work();
    lab.engine.driver.script('app', { destroy: prints(`bye ${SECRET}`) });
    const { operation } = await lab.run({ kind: 'destroy' });
    expect(operation).toMatchObject({ state: 'succeeded' });
    const stored = await everythingStored();
    expect(stored).toContain('bye •••');
    expect(stored).not.toContain(SECRET);
  });

  it('is in no log of operators when a driver breaks', async () => {
    lab.engine.driver.script('app', {
      plan: breaks(new Error(`bug at ${SECRET}`)),
    });
    await lab.engine.work();
    const { problem } = (await lab.get()).latestOperation;
    expect(problem).toMatchObject({ code: 'operation.unexpected' });
    expect(await everythingStored()).not.toContain(SECRET);
    expect(logged()).toContain('bug at');
    expect(logged()).not.toContain(SECRET);
  });
});
