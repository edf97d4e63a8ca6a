import {
  fails,
  FaultAction,
  hangs,
  inOrder,
  makes,
  waitsFor,
} from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_SCRIPTS } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab, stepLines } from '../../testing/lab';

describe('cancelling', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  const cancel = (id: string) =>
    lab.engine.rooms.operationMoves.cancel(id, { reason: 'A mistake' }, MIRA);

  /** Cancels an operation once the driver is at something, and waits for its end. */
  async function cancelDuring(
    id: string,
    component: string,
    action: FaultAction,
    after = lab.engine.driver.calls.filter(
      call => call.component === component && call.action === action,
    ).length,
  ) {
    const worked = lab.engine.work();
    await lab.engine.driver.reached(component, action, after + 1);
    await cancel(id);
    await worked;
    return lab.operation(id);
  }

  const update = () =>
    lab.engine.submit(lab.id, { kind: 'update', inputs: { zone: 'b' } });

  it('during a plan leaves everything as it was', async () => {
    lab.engine.driver.script('network', { plan: hangs() });
    const { id } = await update();
    const operation = await cancelDuring(id, 'network', 'plan');
    expect(operation).toMatchObject({
      state: 'cancelled',
      problem: {
        code: 'operation.cancelled',
        message: expect.stringContaining('A mistake'),
      },
    });
    expect(stepLines(operation)).toEqual([
      'plan network: cancelled',
      'apply network: skipped',
      'plan database: skipped',
      'apply database: skipped',
      'plan app: skipped',
      'apply app: skipped',
    ]);
    expect(await lab.get()).toMatchObject({
      state: 'running',
      inputs: { zone: 'a' },
    });
  });

  it('during an apply keeps what was made, and says that it is half done', async () => {
    lab.engine.driver.script('network', {
      ...LAB_SCRIPTS.network,
      apply: inOrder(makes('fault_thing.half'), hangs()),
    });
    const { id } = await update();
    const operation = await cancelDuring(id, 'network', 'apply');
    expect(operation).toMatchObject({ state: 'cancelled' });
    expect(stepLines(operation).slice(0, 3)).toEqual([
      'plan network: succeeded',
      'apply network: cancelled',
      'plan database: skipped',
    ]);
    expect(operation.steps[1].problem).toMatchObject({
      code: 'operation.cancelled',
      component: 'network',
    });
    expect(await lab.get()).toMatchObject({
      state: 'degraded',
      inputs: { zone: 'b' },
    });
    expect(await lab.states()).toMatchObject({
      network: 'failed',
      database: 'ready',
    });
    // And all of it can be made good, or destroyed.
    lab.engine.driver.script('network', LAB_SCRIPTS.network);
    const { operation: again } = await lab.run({ kind: 'remediate' });
    expect(again).toMatchObject({ state: 'succeeded' });
    expect(await lab.get()).toMatchObject({ state: 'running' });
  });

  it('of a tool that ends its work all the same keeps what it has come to', async () => {
    let finish = () => {};
    const finished = new Promise<void>(resolve => {
      finish = resolve;
    });
    lab.engine.driver.script('network', {
      ...LAB_SCRIPTS.network,
      apply: async call => {
        const { signal } = call.context;
        signal.addEventListener('abort', finish);
        // It may have come before anybody listened.
        if (signal.aborted) finish();
        await waitsFor(finished)(call);
      },
    });
    const { id } = await update();
    const operation = await cancelDuring(id, 'network', 'apply');
    expect(operation).toMatchObject({ state: 'cancelled' });
    expect(stepLines(operation).slice(0, 3)).toEqual([
      'plan network: succeeded',
      'apply network: succeeded',
      'plan database: skipped',
    ]);
    expect(await lab.states()).toMatchObject({ network: 'ready' });
  });

  it('says a failure that was there before', async () => {
    lab.engine.driver.script('app', { ...LAB_SCRIPTS.app, apply: hangs() });
    lab.engine.driver.script('network', {
      ...LAB_SCRIPTS.network,
      apply: fails({ message: 'No room' }),
    });
    const { id } = await lab.engine.submit(lab.id, {
      kind: 'update',
      inputs: { zone: 'b' },
    });
    await lab.engine.work();
    expect(await lab.operation(id)).toMatchObject({ state: 'failed' });
    await expect(cancel(id)).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('during a destroy leaves a component that nobody takes for whole', async () => {
    lab.engine.driver.script('app', { ...LAB_SCRIPTS.app, destroy: hangs() });
    const { id } = await lab.engine.submit(lab.id, { kind: 'destroy' });
    const operation = await cancelDuring(id, 'app', 'destroy');
    expect(operation).toMatchObject({ state: 'cancelled' });
    expect(await lab.states()).toMatchObject({ app: 'failed' });
    expect(await lab.get()).toMatchObject({ state: 'degraded' });

    lab.engine.driver.script('app', LAB_SCRIPTS.app);
    const { operation: again } = await lab.run({ kind: 'destroy' });
    expect(again).toMatchObject({ state: 'succeeded' });
    expect(lab.engine.driver.world.everything()).toEqual([]);
  });

  it('of an operation whose worker is lost is done by the next one, which begins nothing', async () => {
    lab.engine.driver.script('network', {
      ...LAB_SCRIPTS.network,
      apply: hangs(),
    });
    const { id } = await update();
    const worker = lab.engine.worker();
    await worker.look();
    await lab.engine.driver.reached('network', 'apply', 2);
    await worker.stop();
    await cancel(id);
    const calls = await lab.callsDuring(() => lab.engine.work());
    expect(calls).toEqual([]);
    const operation = await lab.operation(id);
    expect(operation).toMatchObject({ state: 'cancelled' });
    expect(stepLines(operation)).toEqual([
      'plan network: succeeded',
      'apply network: cancelled',
      'plan database: skipped',
      'apply database: skipped',
      'plan app: skipped',
      'apply app: skipped',
    ]);
    expect(await lab.states()).toMatchObject({ network: 'failed' });
  });
});
