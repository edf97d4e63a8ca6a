import {
  byAttempt,
  fails,
} from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_BLUEPRINT, LAB_SCRIPTS } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { Lab, startLab, stepLines } from '../../testing/lab';

describe('changes of an environment that exists', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  it('make everything but what its condition leaves out', async () => {
    expect(await lab.get()).toMatchObject({ state: 'running' });
    expect(await lab.states()).toEqual({
      network: 'ready',
      database: 'ready',
      app: 'ready',
    });
    expect(lab.world('cache').resources).toEqual([]);
  });

  it('run only what changed when inputs change', async () => {
    const { operation, calls } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
    });
    expect(calls).toEqual(['plan app', 'apply app']);
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect(stepLines(operation)).toEqual([
      'plan network: unchanged',
      'apply network: unchanged',
      'plan database: unchanged',
      'apply database: unchanged',
      'plan app: succeeded',
      'apply app: succeeded',
    ]);
    expect(await lab.get()).toMatchObject({
      state: 'running',
      inputs: { color: 'blue' },
      outputs: [{ name: 'url', value: 'http://blue' }],
    });
  });

  it('run what depends on an output that changed', async () => {
    const { calls } = await lab.run({ kind: 'update', inputs: { zone: 'b' } });
    expect(calls).toEqual([
      'plan network',
      'apply network',
      'plan database',
      'apply database',
      'plan app',
      'apply app',
    ]);
    expect(lab.engine.driver.calls.at(-1)?.with).toMatchObject({
      url: 'db-small@net-b',
    });
  });

  it('take on inputs that change nothing at all', async () => {
    const { operation, calls } = await lab.run({ kind: 'update', inputs: {} });
    expect(calls).toEqual([]);
    expect(operation).toMatchObject({ state: 'succeeded' });
  });

  it('make what a condition now wants, and destroy it when it does not any more', async () => {
    const made = await lab.run({ kind: 'update', inputs: { cache: true } });
    expect(made.calls).toEqual(['plan cache', 'apply cache']);
    expect(await lab.states()).toMatchObject({ cache: 'ready' });

    const removed = await lab.run({ kind: 'update', inputs: { cache: false } });
    expect(removed.operation).toMatchObject({ state: 'succeeded' });
    expect(removed.calls).toEqual([
      'plan cache',
      'destroy cache',
      'prove cache',
    ]);
    expect(lab.world('cache').resources).toEqual([]);
    expect(await lab.get()).toMatchObject({ state: 'running' });
    expect(await lab.states()).toMatchObject({ cache: 'absent', app: 'ready' });

    const again = await lab.run({ kind: 'update', inputs: { cache: true } });
    expect(again.calls).toEqual(['plan cache', 'apply cache']);
    expect(await lab.states()).toMatchObject({ cache: 'ready' });
  });

  it('add and remove what another version adds and removes', async () => {
    await lab.engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0')
        .replace(/ {4}app:[^]*(?= {4}cache:)/, '')
        .replace(
          'components.app.outputs.url',
          'components.database.outputs.url',
        )
        .replace(
          '\n    cache:\n',
          '\n    queue: {driver: fault, source: ./queue, with: {}}\n    cache:\n',
        ),
    );
    const { operation, calls } = await lab.run({
      kind: 'upgrade',
      version: '2.0.0',
    });
    expect(operation.problem).toBeUndefined();
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect([...calls].sort()).toEqual([
      'apply queue',
      'destroy app',
      'plan app',
      'plan queue',
      'prove app',
    ]);
    expect(await lab.get()).toMatchObject({
      state: 'running',
      blueprint: { version: '2.0.0' },
      outputs: [{ value: 'db-small@net-a' }],
    });
    expect(await lab.states()).toMatchObject({ app: 'absent', queue: 'ready' });
  });

  it('run what another version brings another source for, and nothing else', async () => {
    const files = Object.fromEntries(
      ['network', 'database', 'app', 'cache'].map(name => [
        `${name}/main.tf`,
        name === 'database' ? '# another one' : '',
      ]),
    );
    await lab.engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 1.1.0'),
      files,
    );
    const { operation, calls } = await lab.run({
      kind: 'upgrade',
      version: '1.1.0',
    });
    expect(calls).toEqual(['plan database']);
    // It was asked, and had nothing to change.
    expect(stepLines(operation)).toContain('apply database: unchanged');
    // Once it knows, it is not asked again.
    expect((await lab.run({ kind: 'update', inputs: {} })).calls).toEqual([]);
  });

  it('pause against the graph, resume along it, and leave alone what can’t be paused', async () => {
    const paused = await lab.run({ kind: 'pause' });
    expect(paused.calls).toEqual([
      'plan app',
      'apply app',
      'plan database',
      'apply database',
    ]);
    expect(await lab.get()).toMatchObject({ state: 'paused' });
    expect(await lab.states()).toEqual({
      network: 'ready',
      database: 'paused',
      app: 'paused',
    });
    expect(lab.world('database').resources).toMatchObject([
      { attributes: { size: 'none', paused: true } },
    ]);

    const resumed = await lab.run({ kind: 'resume' });
    expect(resumed.calls).toEqual([
      'plan database',
      'apply database',
      'plan app',
      'apply app',
    ]);
    expect(await lab.get()).toMatchObject({
      state: 'running',
      outputs: [{ value: 'http://red' }],
    });
    expect(lab.world('database').resources).toMatchObject([
      { attributes: { size: 'small' } },
    ]);
  });

  it('destroy a paused environment as it was made', async () => {
    await lab.run({ kind: 'pause' });
    const { operation } = await lab.run({ kind: 'destroy' });
    expect(operation).toMatchObject({ state: 'succeeded' });
    const destroyed = lab.engine.driver.calls.filter(
      ({ action, component }) => action === 'destroy' && component === 'app',
    );
    expect(destroyed).toMatchObject([{ with: { replicas: 0 } }]);
  });

  it('remediate what is not as it was declared, though nothing of its own has changed', async () => {
    lab.drift('app');
    expect((await lab.run({ kind: 'update', inputs: {} })).calls).toEqual([]);

    const { operation, calls } = await lab.run({ kind: 'remediate' });
    expect(calls).toEqual([
      'plan network',
      'plan database',
      'plan app',
      'apply app',
    ]);
    expect(operation.plan).toEqual({ add: 0, change: 1, remove: 0 });
    expect(lab.world('app').resources).toMatchObject([
      { attributes: { color: 'red' } },
    ]);
  });

  it('adopt what the world is like, and change nothing in it', async () => {
    lab.drift('app');
    const { operation } = await lab.run({ kind: 'adopt' });
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect(lab.world('app')).toMatchObject({
      resources: [{ attributes: { color: 'by hand' } }],
      state: [{ attributes: { color: 'by hand' } }],
    });
    expect(await lab.get()).toMatchObject({ state: 'running' });
  });

  it('leave what failed as a failure of its own, and what depends on it as it was', async () => {
    lab.engine.driver.script('database', {
      ...LAB_SCRIPTS.database,
      apply: byAttempt(() => {}, fails({ message: 'No room' })),
    });
    const { operation } = await lab.run({
      kind: 'update',
      inputs: { size: 'large' },
    });
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
    expect(await lab.get()).toMatchObject({ state: 'degraded' });
    expect(await lab.states()).toEqual({
      network: 'ready',
      database: 'failed',
      app: 'ready',
    });

    const retried = await lab.run({
      kind: 'update',
      inputs: { size: 'large' },
    });
    expect(retried.calls).toEqual([
      'plan database',
      'apply database',
      'plan app',
      'apply app',
    ]);
    expect(await lab.get()).toMatchObject({ state: 'running' });
  });

  it('do not take what failed for unchanged when one goes back to what it was made of', async () => {
    lab.engine.driver.script('app', { ...LAB_SCRIPTS.app, apply: fails() });
    const failed = await lab.run({ kind: 'update', inputs: { color: 'blue' } });
    expect(failed.operation).toMatchObject({ state: 'failed' });
    lab.engine.driver.script('app', LAB_SCRIPTS.app);

    const { operation, calls } = await lab.run({
      kind: 'update',
      inputs: { color: 'red' },
    });
    expect(calls).toEqual(['plan app', 'apply app']);
    expect(operation).toMatchObject({ state: 'succeeded' });
    expect(await lab.get()).toMatchObject({ state: 'running' });
  });

  it('leave a component as good as it was when only its plan fails', async () => {
    lab.engine.driver.script('app', { ...LAB_SCRIPTS.app, plan: fails() });
    const { operation } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
    });
    expect(operation).toMatchObject({ state: 'failed' });
    expect(await lab.get()).toMatchObject({
      state: 'running',
      inputs: { color: 'red' },
      outputs: [{ value: 'http://red' }],
    });
  });
});
