import { SubmitOperationRequest } from '@greenroom/plugin-environments-common';
import { LAB_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { environmentRequest, MIRA } from '../../testing/engine';
import { Lab, startLab, stepLines } from '../../testing/lab';

describe('a dry run', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  /** All that an operation which changes something would change. */
  const everything = async () => ({
    world: lab.engine.driver.world.everything(),
    environments: await lab.engine.knex('environments').select(),
    components: await lab.engine
      .knex('environment_components')
      .orderBy(['environment_id', 'component']),
    leases: await lab.engine.knex('leases').select(),
  });

  const plan = (id: string) => lab.engine.rooms.operations.plan(id, MIRA);

  it.each<SubmitOperationRequest>([
    { kind: 'update', inputs: { color: 'blue', cache: true } },
    { kind: 'upgrade', version: '2.0.0' },
    { kind: 'pause' },
    { kind: 'remediate' },
    { kind: 'adopt' },
    { kind: 'destroy' },
  ])('of $kind changes nothing', async request => {
    await lab.engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0').replace(
        /color: {5}/,
        'color:',
      ),
    );
    lab.drift('app');
    const before = await everything();
    const { operation, calls } = await lab.run({ ...request, dryRun: true });
    expect(operation).toMatchObject({ state: 'succeeded', dryRun: true });
    expect(operation.problem).toBeUndefined();
    expect(calls.filter(call => !call.startsWith('plan'))).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('of resume changes nothing', async () => {
    await lab.run({ kind: 'pause' });
    const before = await everything();
    const { operation } = await lab.run({ kind: 'resume', dryRun: true });
    expect(operation).toMatchObject({
      state: 'succeeded',
      // The database says another URL when it is awake: what of the app, nobody can tell yet.
      plan: { add: 0, change: 1, remove: 0 },
    });
    expect(operation.steps).toContainEqual(
      expect.objectContaining({ component: 'app', deferredBy: ['database'] }),
    );
    expect(await everything()).toEqual(before);
  });

  it('says what would change, attribute by attribute', async () => {
    const { operation } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
      dryRun: true,
    });
    const { components } = await plan(operation.id);
    expect(
      components.find(({ component }) => component === 'app'),
    ).toMatchObject({
      unchanged: false,
      changes: [
        {
          address: 'fault_thing.app',
          action: 'change',
          attributes: [{ path: 'color', before: 'red', after: 'blue' }],
        },
      ],
    });
    expect(
      components.find(({ component }) => component === 'network'),
    ).toMatchObject({ unchanged: true, changes: [] });
  });

  it('of a create names what must be made before the rest can be planned', async () => {
    const before = await everything();
    const { operation } = await lab.engine.rooms.environments.create(
      {
        ...environmentRequest(),
        blueprint: 'lab',
        inputs: {},
        dryRun: true,
        plan: true,
      },
      MIRA,
    );
    const calls = await lab.callsDuring(() => lab.engine.work());
    expect(calls).toEqual(['plan network']);
    const done = await lab.operation(operation!.id);
    expect(done).toMatchObject({ state: 'succeeded', dryRun: true });
    expect(stepLines(done)).toEqual([
      'plan network: succeeded',
      'plan database: succeeded',
      'plan app: succeeded',
    ]);
    const { components } = await plan(done.id);
    expect(
      components.map(({ component, deferredBy }) => [component, deferredBy]),
    ).toEqual([
      ['network', []],
      ['database', ['network']],
      ['app', ['database']],
    ]);
    expect(lab.engine.driver.world.everything()).toEqual(before.world);
  });

  const deferrals = async (inputs: Record<string, string>) => {
    const { operation } = await lab.run({
      kind: 'update',
      inputs,
      dryRun: true,
    });
    const { components } = await plan(operation.id);
    return Object.fromEntries(
      components.map(({ component, unchanged, deferredBy }) => [
        component,
        unchanged ? 'unchanged' : deferredBy,
      ]),
    );
  };

  it('of an update does not guess what is made of outputs that it would change', async () => {
    expect(await deferrals({ size: 'large' })).toEqual({
      network: 'unchanged',
      database: [],
      app: ['database'],
    });
    expect(await deferrals({ zone: 'b' })).toEqual({
      network: [],
      database: ['network'],
      app: ['database'],
    });
  });

  it('of an update plans what takes only outputs that stay as they are', async () => {
    lab.engine.driver.script('database', {
      outputs: {
        url: { value: 'db-small@net-a', sensitive: false },
        size: { value: 'another', sensitive: false },
      },
    });
    expect(await deferrals({ size: 'large' })).toEqual({
      network: 'unchanged',
      database: [],
      app: 'unchanged',
    });
  });

  it('that fails leaves the environment as it was', async () => {
    lab.engine.driver.script('app', {
      plan: () => {
        throw new Error('a bug in the driver');
      },
    });
    const before = await everything();
    const { operation } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
      dryRun: true,
    });
    expect(operation).toMatchObject({
      state: 'failed',
      problem: { code: 'operation.unexpected', component: 'app' },
    });
    expect(await everything()).toEqual(before);
  });
});
