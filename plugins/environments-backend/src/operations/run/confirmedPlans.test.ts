import { LAB_SCRIPTS } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab, stepLines } from '../../testing/lab';

describe('a plan that somebody has to confirm', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  const blue = {
    kind: 'update',
    inputs: { color: 'blue' },
    confirm: true,
  } as const;

  /** Confirms what waits, and carries it on. */
  async function confirm(id: string) {
    const { operations, operationMoves } = lab.engine.rooms;
    const { hash } = await operations.plan(id, MIRA);
    await operationMoves.confirm(id, { planHash: hash }, MIRA);
    const calls = await lab.callsDuring(() => lab.engine.work());
    return { calls, operation: await lab.operation(id) };
  }

  /** Somebody adds a resource, and lets the driver's record know of it. */
  function addByHand(component: string, address: string) {
    const newer = { address, type: 'fault_thing', id: address, attributes: {} };
    const caller = { operationId: 'nobody', fence: 0, call: 'add by hand' };
    lab.engine.driver.world.change(
      { environmentId: lab.id, component, ...caller },
      ({ resources, state }) => ({
        effect: { kind: 'drifted', addresses: [address] },
        resources: [...resources, newer],
        state: [...state, newer],
      }),
    );
  }

  it('is waited for with nothing changed, then made again and applied', async () => {
    const { operation, calls } = await lab.run(blue);
    expect(operation).toMatchObject({
      state: 'waiting',
      confirmation: { planHash: expect.any(String) },
    });
    expect(calls).toEqual(['plan app']);
    expect(await lab.get()).toMatchObject({ inputs: { color: 'red' } });
    expect(lab.world('app').resources).toMatchObject([
      { attributes: { color: 'red' } },
    ]);

    const confirmed = await confirm(operation.id);
    expect(confirmed.calls).toEqual(['plan app', 'apply app']);
    expect(confirmed.operation).toMatchObject({ state: 'succeeded' });
    expect(await lab.get()).toMatchObject({
      state: 'running',
      inputs: { color: 'blue' },
    });
  });

  it('is waited for again where more can only be planned after the first apply', async () => {
    const { operation } = await lab.run({
      kind: 'update',
      inputs: { zone: 'b' },
      confirm: true,
    });
    const components = async () =>
      (
        await lab.engine.rooms.operations.plan(operation.id, MIRA)
      ).components.map(({ component }) => component);
    expect(await components()).toEqual(['network']);
    const first = await confirm(operation.id);
    expect(first.calls).toEqual([
      'plan network',
      'apply network',
      'plan database',
    ]);
    expect(first.operation).toMatchObject({ state: 'waiting' });
    expect(await components()).toEqual(['network', 'database']);
    expect((await confirm(operation.id)).operation).toMatchObject({
      state: 'waiting',
    });
    expect((await confirm(operation.id)).operation).toMatchObject({
      state: 'succeeded',
    });
  });

  it('is not applied when the world has moved since, and the failure says what differs', async () => {
    const { operation } = await lab.run(blue);
    lab.drift('app', { color: 'red', url: 'gone' });
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      replacedBy: ['url'],
    });
    const { operation: failed, calls } = await confirm(operation.id);
    // It ends up as it was confirmed, by another way: that is no other plan.
    expect(failed).toMatchObject({ state: 'succeeded' });
    expect(calls).toEqual(['plan app', 'apply app']);

    const { operation: second } = await lab.run({
      ...blue,
      inputs: { color: 'green' },
    });
    lab.engine.driver.script('app', {
      ...LAB_SCRIPTS.app,
      resources: [
        { address: 'fault_thing.app', type: 'fault_thing' },
        { address: 'fault_thing.extra', type: 'fault_thing' },
      ],
    });
    const moved = await confirm(second.id);
    expect(moved.calls).toEqual(['plan app']);
    expect(moved.operation).toMatchObject({
      state: 'failed',
      problem: {
        code: 'plan.moved',
        component: 'app',
        message: expect.stringContaining(
          'fault_thing.extra would now be added and was not in the plan',
        ),
      },
    });
    expect(stepLines(moved.operation)).toContain('apply app: skipped');
    // What people confirmed stays to be read.
    const { components } = await lab.engine.rooms.operations.plan(
      second.id,
      MIRA,
    );
    expect(components.at(-1)?.changes).toHaveLength(1);
    expect(await lab.get()).toMatchObject({
      state: 'running',
      inputs: { color: 'blue' },
    });
  });

  it('of a destroy is not carried out when more is there than was read of', async () => {
    const { operation } = await lab.run({ kind: 'destroy', confirm: true });
    expect(operation).toMatchObject({ state: 'waiting' });
    addByHand('app', 'fault_thing.newer');
    const moved = await confirm(operation.id);
    expect(moved.operation).toMatchObject({
      state: 'failed',
      problem: {
        code: 'plan.moved',
        component: 'app',
        message: expect.stringContaining(
          'fault_thing.newer would now be removed and was not in the plan',
        ),
      },
    });
    expect(moved.calls).not.toContain('destroy app');
    expect(lab.world('app').resources).toHaveLength(2);
  });

  it('of a destroy is carried out when it is what was read', async () => {
    const { operation } = await lab.run({ kind: 'destroy', confirm: true });
    const { operation: confirmed } = await confirm(operation.id);
    expect(confirmed).toMatchObject({ state: 'succeeded' });
    expect(await lab.get()).toMatchObject({ state: 'destroyed' });
  });

  it('can’t be confirmed once its time is up', async () => {
    const { operation } = await lab.run(blue);
    lab.engine.clock.advance(3600);
    await expect(confirm(operation.id)).rejects.toMatchObject({
      message: expect.stringMatching(/^Nobody confirmed the plan until/),
    });
    expect(await lab.operation(operation.id)).toMatchObject({
      state: 'waiting',
    });
  });
});

describe('a saved plan', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  /** Something happens right before the driver takes the plan. */
  function beforeApply(happens: () => void) {
    const { driver } = lab.engine;
    const apply = driver.apply.bind(driver);
    jest.spyOn(driver, 'apply').mockImplementation(async (context, hash) => {
      happens();
      return apply(context, hash);
    });
  }

  it('is made again when the world has moved, and applied when it says the same', async () => {
    let drifts = 1;
    beforeApply(() => {
      if (drifts-- > 0) lab.drift('app');
    });
    const { operation, calls } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
    });
    expect(calls).toEqual(['plan app', 'apply app', 'plan app', 'apply app']);
    expect(operation).toMatchObject({ state: 'succeeded' });
    const { components } = await lab.engine.rooms.operations.plan(
      operation.id,
      MIRA,
    );
    expect(components.at(-1)?.changes[0].attributes).toContainEqual(
      expect.objectContaining({ before: 'by hand', after: 'blue' }),
    );
  });

  it('is made again, and not applied when it says anything else', async () => {
    beforeApply(() => {
      lab.drift('app');
      lab.engine.driver.script('app', {
        ...LAB_SCRIPTS.app,
        resources: [
          { address: 'fault_thing.app', type: 'fault_thing' },
          { address: 'fault_thing.extra', type: 'fault_thing' },
        ],
      });
    });
    const { operation, calls } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
    });
    expect(calls).toEqual(['plan app', 'apply app', 'plan app']);
    expect(operation).toMatchObject({
      state: 'failed',
      problem: { code: 'plan.moved', component: 'app' },
    });
    expect(lab.world('app').resources).toMatchObject([
      { attributes: { color: 'by hand' } },
    ]);
  });

  it('is not made for ever when it is lost every time', async () => {
    beforeApply(() => lab.drift('app'));
    const { operation, calls } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
    });
    expect(calls).toEqual(['plan app', 'apply app', 'plan app', 'apply app']);
    expect(operation).toMatchObject({
      state: 'failed',
      problem: { code: 'plan.gone', component: 'app' },
    });
    expect(await lab.get()).toMatchObject({ state: 'degraded' });
  });
});
