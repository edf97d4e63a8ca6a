import {
  fails,
  makes,
  inOrder,
} from '@greenroom/plugin-environments-node/contract-kit';
import { EnvironmentStore } from '../../environments/store';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';

/** Components that have nothing to do with each other. */
function wideBlueprint(ids: string[]): string {
  const components = ids.map(
    id => `    ${id}: {driver: fault, source: ./${id}, with: {}}`,
  );
  return ONE_COMPONENT_BLUEPRINT.replaceAll('single', 'wide').replace(
    /^ {4}site: .*$/m,
    components.join('\n'),
  );
}

describe('running operations', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const get = (id: string) => engine.rooms.environments.get(id, MIRA);
  const operation = (id: string) => engine.rooms.operations.get(id, MIRA);
  const actions = () =>
    engine.driver.calls.map(call => `${call.action} ${call.component}`);

  it('creates an environment, component after component, until it runs', async () => {
    const created = await engine.create();
    expect(created.environment.state).toBe('provisioning');
    await engine.work();

    const environment = await get(created.environment.id);
    expect(environment).toMatchObject({
      state: 'running',
      latestOperation: {
        state: 'succeeded',
        plan: { add: 3, change: 0, remove: 0 },
      },
      outputs: [
        { name: 'url', value: 'http://shop', sensitive: false },
        { name: 'password', sensitive: true },
      ],
    });
    expect(environment.outputs[1]).not.toHaveProperty('value');
    expect(environment.components.map(({ state }) => state)).toEqual([
      'ready',
      'ready',
      'ready',
    ]);
    const order = actions();
    expect(order.indexOf('apply database')).toBeLessThan(
      order.indexOf('plan app'),
    );
    const { with: given } = await engine.driver.reached('app', 'apply');
    expect(given).toMatchObject({
      url: 'postgres://db',
      password: 'correct-horse',
    });
  });

  it('shows a state with all that came with it, also to who looks as it changes', async () => {
    const { environment } = await engine.create();
    const find = EnvironmentStore.prototype.find;
    const read = jest.spyOn(EnvironmentStore.prototype, 'find');
    read.mockImplementationOnce(async function late(
      this: EnvironmentStore,
      ...of
    ) {
      const before = await find.apply(this, of);
      read.mockRestore();
      await engine.work();
      return before;
    });
    expect(await get(environment.id)).toMatchObject({
      state: 'running',
      outputs: [{ name: 'url' }, { name: 'password' }],
    });
  });

  it('destroys in reverse, proves that nothing is left, and ends the lease', async () => {
    const { environment } = await engine.create();
    await engine.work();
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();

    expect(await get(environment.id)).toMatchObject({
      state: 'destroyed',
      latestOperation: { kind: 'destroy', state: 'succeeded', number: 2 },
    });
    expect(engine.driver.world.keys()).toEqual([]);
    const order = actions();
    expect(order.indexOf('prove app')).toBeLessThan(
      order.indexOf('destroy database'),
    );
    expect(await engine.knex('leases').first()).toMatchObject({
      ended_at: engine.clock.now(),
    });
  });

  it('keeps what a failed create made, skips what depended on it, and can destroy it all', async () => {
    engine.driver.script('database', {
      apply: inOrder(makes('fault_thing.half'), fails({ message: 'No room' })),
    });
    const { environment, operation: created } = await engine.create();
    await engine.work();

    expect(await get(environment.id)).toMatchObject({ state: 'failed' });
    const failed = await operation(created.id);
    expect(failed.problem).toMatchObject({
      code: 'fault.failed',
      component: 'database',
      message: 'No room',
    });
    expect(
      failed.steps.map(({ component, action, state }) => [
        component,
        action,
        state,
      ]),
    ).toEqual([
      ['database', 'plan', 'succeeded'],
      ['database', 'apply', 'failed'],
      ['app', 'plan', 'skipped'],
      ['app', 'apply', 'skipped'],
      ['docs', 'plan', 'succeeded'],
      ['docs', 'apply', 'succeeded'],
    ]);

    engine.driver.script('database', {});
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    expect(await get(environment.id)).toMatchObject({ state: 'destroyed' });
    expect(engine.driver.world.keys()).toEqual([]);
    expect(actions()).not.toContain('destroy app');
  });

  it('comes to an end when several components fail at the same moment', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    await engine.blueprints.publish(wideBlueprint(ids));
    for (const id of ids) engine.driver.script(id, { plan: fails() });
    for (let round = 0; round < 5; round++) {
      const created = await engine.create({ blueprint: 'wide', inputs: {} });
      await engine.work();
      const failed = await operation(created.operation.id);
      expect(failed.problem).toMatchObject({ code: 'fault.failed' });
      expect(failed.steps.map(({ state }) => state)).toEqual(
        ids.flatMap(() => ['failed', 'skipped']),
      );
    }
  });

  it('names the output that has no value, though all components are made', async () => {
    engine.driver.script('app', { outputs: {} });
    const { environment, operation: created } = await engine.create();
    await engine.work();
    expect(await operation(created.id)).toMatchObject({
      state: 'failed',
      problem: { message: expect.stringContaining('url') },
    });
    // All of it is there, and says so; an update can bring the output.
    expect(await get(environment.id)).toMatchObject({ state: 'running' });
  });

  it('fails a component whose driver is not installed, and can destroy it', async () => {
    const { environment } = await engine.create();
    await engine.knex.raw(
      `UPDATE blueprint_versions SET document = replace(document::text, '\\"fault\\"', '\\"argocd\\"')::jsonb`,
    );
    await engine.work();
    expect(await get(environment.id)).toMatchObject({
      state: 'failed',
      latestOperation: {
        problem: {
          code: 'driver.missing',
          message: 'No driver "argocd" is installed; installed: fault.',
        },
      },
    });
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    expect(await get(environment.id)).toMatchObject({ state: 'destroyed' });
  });
});
