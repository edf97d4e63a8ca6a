import { SubmitOperationRequest } from '@greenroom/plugin-environments-common';
import { LAB_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { environmentRequest, MIRA } from '../../testing/engine';
import { Lab, startLab, stepLines } from '../../testing/lab';

jest.setTimeout(30_000);

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
      plan: { add: 0, change: 2, remove: 0 },
    });
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
