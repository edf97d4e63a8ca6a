import { byAttempt, fails } from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_BLUEPRINT, LAB_SCRIPTS } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

jest.setTimeout(30_000);

describe('changes of an environment that exists', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(LAB_BLUEPRINT);
    for (const [component, script] of Object.entries(LAB_SCRIPTS)) {
      engine.driver.script(component, script);
    }
    const { environment } = await engine.create({ blueprint: 'lab', inputs: {} });
    id = environment.id;
    await engine.work();
  });
  afterEach(() => engine.stop());

  const get = () => engine.rooms.environments.get(id, MIRA);
  const states = async () =>
    Object.fromEntries(
      (await get()).components.map(({ id: name, state }) => [name, state]),
    );
  const world = (component: string) => engine.driver.world.look(id, component);

  /** Carries an operation to its end, and says what the driver was asked for. */
  async function run(request: Parameters<TestEngine['submit']>[1]) {
    const before = engine.driver.calls.length;
    const { id: operationId } = await engine.submit(id, request);
    await engine.work();
    const calls = engine.driver.calls
      .slice(before)
      .map(({ action, component }) => `${action} ${component}`);
    const operation = await engine.rooms.operations.get(operationId, MIRA);
    return { operation, calls };
  }

  it('make everything but what its condition leaves out', async () => {
    expect(await get()).toMatchObject({ state: 'running' });
    expect(await states()).toEqual({
      network: 'ready',
      database: 'ready',
      app: 'ready',
    });
    expect(world('cache').resources).toEqual([]);
  });

  it('run only what changed when inputs change', async () => {
    const { operation, calls } = await run({
      kind: 'update',
      inputs: { color: 'blue' },
    });
    expect(calls).toEqual(['plan app', 'apply app']);
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect(
      operation.steps.map(({ component, action, state }) => [
        component,
        action,
        state,
      ]),
    ).toEqual([
      ['network', 'plan', 'unchanged'],
      ['network', 'apply', 'unchanged'],
      ['database', 'plan', 'unchanged'],
      ['database', 'apply', 'unchanged'],
      ['app', 'plan', 'succeeded'],
      ['app', 'apply', 'succeeded'],
    ]);
    expect(await get()).toMatchObject({
      state: 'running',
      inputs: { color: 'blue' },
      outputs: [{ name: 'url', value: 'http://blue' }],
    });
  });

  it('run what depends on an output that changed', async () => {
    const { calls } = await run({ kind: 'update', inputs: { zone: 'b' } });
    expect(calls).toEqual([
      'plan network',
      'apply network',
      'plan database',
      'apply database',
      'plan app',
      'apply app',
    ]);
    expect(engine.driver.calls.at(-1)?.with).toMatchObject({
      url: 'db-small@net-b',
    });
  });

  it('take on inputs that change nothing at all', async () => {
    const { operation, calls } = await run({ kind: 'update', inputs: {} });
    expect(calls).toEqual([]);
    expect(operation).toMatchObject({ state: 'succeeded' });
  });

  it('make what a condition now wants, and destroy it when it does not any more', async () => {
    const made = await run({ kind: 'update', inputs: { cache: true } });
    expect(made.calls).toEqual(['plan cache', 'apply cache']);
    expect(await states()).toMatchObject({ cache: 'ready' });

    const removed = await run({ kind: 'update', inputs: { cache: false } });
    expect(removed.operation).toMatchObject({ state: 'succeeded' });
    expect(removed.calls).toEqual([
      'plan cache',
      'destroy cache',
      'prove cache',
    ]);
    expect(world('cache').resources).toEqual([]);
    expect(await get()).toMatchObject({ state: 'running' });
    expect(await states()).toMatchObject({ cache: 'absent', app: 'ready' });

    const again = await run({ kind: 'update', inputs: { cache: true } });
    expect(again.calls).toEqual(['plan cache', 'apply cache']);
    expect(await states()).toMatchObject({ cache: 'ready' });
  });

  it('add and remove what another version adds and removes', async () => {
    await engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0')
        .replace(/ {4}app:[^]*(?= {4}cache:)/, '')
        .replace('components.app.outputs.url', 'components.database.outputs.url')
        .replace(
          '    cache:',
          '    queue: {driver: fault, source: ./queue, with: {}}\n    cache:',
        ),
    );
    const { operation, calls } = await run({ kind: 'upgrade', version: '2.0.0' });
    expect(operation.problem).toBeUndefined();
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect([...calls].sort()).toEqual([
      'apply queue',
      'destroy app',
      'plan app',
      'plan queue',
      'prove app',
    ]);
    expect(await get()).toMatchObject({
      state: 'running',
      blueprint: { version: '2.0.0' },
      outputs: [{ value: 'db-small@net-a' }],
    });
    expect(await states()).toMatchObject({ app: 'absent', queue: 'ready' });
  });

  it('run what another version brings another source for, and nothing else', async () => {
    const files = Object.fromEntries(
      ['network', 'database', 'app', 'cache'].map(name => [
        `${name}/main.tf`,
        name === 'database' ? '# another one' : '',
      ]),
    );
    await engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 1.1.0'),
      files,
    );
    const { operation, calls } = await run({ kind: 'upgrade', version: '1.1.0' });
    expect(calls).toEqual(['plan database']);
    // It was asked, and had nothing to change.
    expect(
      operation.steps.find(
        ({ component, action }) =>
          component === 'database' && action === 'apply',
      ),
    ).toMatchObject({ state: 'unchanged' });
    // Once it knows, it is not asked again.
    expect((await run({ kind: 'update', inputs: {} })).calls).toEqual([]);
  });

  it('pause against the graph, resume along it, and leave alone what can’t be paused', async () => {
    const paused = await run({ kind: 'pause' });
    expect(paused.calls).toEqual([
      'plan app',
      'apply app',
      'plan database',
      'apply database',
    ]);
    expect(await get()).toMatchObject({ state: 'paused' });
    expect(await states()).toEqual({
      network: 'ready',
      database: 'paused',
      app: 'paused',
    });
    expect(world('database').resources).toMatchObject([
      { attributes: { size: 'none', paused: true } },
    ]);

    const resumed = await run({ kind: 'resume' });
    expect(resumed.calls).toEqual([
      'plan database',
      'apply database',
      'plan app',
      'apply app',
    ]);
    expect(await get()).toMatchObject({
      state: 'running',
      outputs: [{ value: 'http://red' }],
    });
    expect(world('database').resources).toMatchObject([
      { attributes: { size: 'small' } },
    ]);
  });

  it('destroy a paused environment as it was made', async () => {
    await run({ kind: 'pause' });
    const { operation } = await run({ kind: 'destroy' });
    expect(operation).toMatchObject({ state: 'succeeded' });
    const destroyed = engine.driver.calls.filter(
      ({ action, component }) => action === 'destroy' && component === 'app',
    );
    expect(destroyed).toMatchObject([{ with: { replicas: 0 } }]);
  });

  /** Somebody changes a resource by hand. */
  const drift = () =>
    engine.driver.world.drift(id, 'app', 'fault_thing.app', {
      color: 'by hand',
    });

  it('remediate what is not as it was declared, though nothing of its own has changed', async () => {
    drift();
    expect((await run({ kind: 'update', inputs: {} })).calls).toEqual([]);

    const { operation, calls } = await run({ kind: 'remediate' });
    expect(calls).toEqual([
      'plan network',
      'plan database',
      'plan app',
      'apply app',
    ]);
    expect(operation.plan).toEqual({ add: 0, change: 1, remove: 0 });
    expect(world('app').resources).toMatchObject([
      { attributes: { color: 'red' } },
    ]);
  });

  it('adopt what the world is like, and change nothing in it', async () => {
    drift();
    const { operation } = await run({ kind: 'adopt' });
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect(world('app')).toMatchObject({
      resources: [{ attributes: { color: 'by hand' } }],
      state: [{ attributes: { color: 'by hand' } }],
    });
    expect(await get()).toMatchObject({ state: 'running' });
  });

  it('leave what failed as a failure of its own, and what depends on it as it was', async () => {
    engine.driver.script('database', {
      ...LAB_SCRIPTS.database,
      apply: byAttempt(() => {}, fails({ message: 'No room' })),
    });
    const { operation } = await run({ kind: 'update', inputs: { size: 'large' } });
    expect(operation).toMatchObject({
      state: 'failed',
      problem: {
        component: 'database',
        message: 'No room',
        remedy: expect.stringMatching(
          /Changed in part, perhaps: database\. Not changed: network, app\. .*retry/,
        ),
      },
    });
    expect(await get()).toMatchObject({ state: 'degraded' });
    expect(await states()).toEqual({
      network: 'ready',
      database: 'failed',
      app: 'ready',
    });

    const retried = await run({ kind: 'update', inputs: { size: 'large' } });
    expect(retried.calls).toEqual([
      'plan database',
      'apply database',
      'plan app',
      'apply app',
    ]);
    expect(await get()).toMatchObject({ state: 'running' });
  });

  it('leave a component as good as it was when only its plan fails', async () => {
    engine.driver.script('app', { ...LAB_SCRIPTS.app, plan: fails() });
    const { operation } = await run({ kind: 'update', inputs: { color: 'blue' } });
    expect(operation).toMatchObject({ state: 'failed' });
    expect(await get()).toMatchObject({
      state: 'running',
      inputs: { color: 'red' },
      outputs: [{ value: 'http://red' }],
    });
  });
});
