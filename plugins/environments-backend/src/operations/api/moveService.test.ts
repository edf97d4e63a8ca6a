import { hangs } from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_SCRIPTS } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab } from '../../testing/lab';

describe('moves', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  beforeEach(async () => {
    lab = await startLab(await databases.create());
  });
  afterEach(() => lab.engine.stop());

  const moves = () => lab.engine.rooms.operationMoves;

  /** What is rung for while something is done; nobody has to wait for a sweep then. */
  async function rung(use: () => Promise<unknown>): Promise<string[]> {
    lab.engine.rung.length = 0;
    await use();
    return [...lab.engine.rung];
  }

  /** An update whose worker has it and can't get on. */
  async function running() {
    const { driver } = lab.engine;
    driver.script('app', { ...LAB_SCRIPTS.app, apply: hangs() });
    const { id } = await lab.engine.submit(lab.id, {
      kind: 'update',
      inputs: { color: 'blue' },
    });
    const worker = lab.engine.worker();
    await worker.look();
    await driver.reached('app', 'apply', 2);
    driver.script('app', LAB_SCRIPTS.app);
    return { id, worker };
  }

  async function waiting() {
    const { operation } = await lab.run({
      kind: 'update',
      inputs: { color: 'blue' },
      confirm: true,
    });
    const { hash: planHash } = await lab.engine.rooms.operations.plan(
      operation.id,
      MIRA,
    );
    return { id: operation.id, planHash };
  }

  async function cancelled() {
    const { id } = await lab.engine.submit(lab.id, {
      kind: 'update',
      inputs: { color: 'blue' },
    });
    await moves().cancel(id, {}, MIRA);
    return id;
  }

  it('that a worker has to hear of are rung for', async () => {
    const { id, worker } = await running();
    const takeOver = () => moves().takeOver(id, { reason: 'It hangs' }, MIRA);
    expect(await rung(takeOver)).toEqual([id]);
    expect(await rung(() => moves().cancel(id, {}, MIRA))).toEqual([id]);
    await lab.engine.work();
    await worker.stop();
    expect(await lab.operation(id)).toMatchObject({ state: 'cancelled' });
  });

  it('that let an operation go on are rung for', async () => {
    const { id, planHash } = await waiting();
    expect(await rung(() => moves().confirm(id, { planHash }, MIRA))).toEqual([
      id,
    ]);
    expect(await lab.operation(id)).toMatchObject({ state: 'queued' });
    const { confirmation } = await lab.operation(id);
    expect(confirmation?.until).toBeUndefined();
  });

  it('that make another operation are rung for', async () => {
    const id = await cancelled();
    let retried = '';
    const rings = await rung(async () => {
      retried = (await moves().retry(id, {}, MIRA)).id;
    });
    expect(rings).toEqual([retried]);
  });

  it('that try again can be tried dry, or wait for a word', async () => {
    const id = await cancelled();
    const dry = await moves().retry(id, { dryRun: true }, MIRA);
    await lab.engine.work();
    expect(await lab.operation(dry.id)).toMatchObject({
      state: 'succeeded',
      dryRun: true,
    });
    const confirmed = await moves().retry(id, { confirm: true }, MIRA);
    await lab.engine.work();
    expect(await lab.operation(confirmed.id)).toMatchObject({
      state: 'waiting',
    });
  });

  it('end the wait for a word together with the operation', async () => {
    const { id } = await waiting();
    await moves().cancel(id, {}, MIRA);
    const { state, confirmation } = await lab.operation(id);
    expect(state).toBe('cancelled');
    expect(confirmation?.until).toBeUndefined();
  });

  it('keep who had it on record when an operation is taken over', async () => {
    const { id, worker } = await running();
    const { claim_worker: had } = await lab.engine
      .knex('operations')
      .where({ id })
      .first('claim_worker');
    await moves().takeOver(id, { reason: 'It hangs' }, MIRA);
    const entry = await lab.engine
      .knex('audit_entries')
      .where({ operation_id: id, action: 'operation.taken-over' })
      .first('details');
    expect(entry.details).toEqual({ reason: 'It hangs', worker: had });
    expect(had).toBeTruthy();
    await lab.engine.work();
    await worker.stop();
  });
});
