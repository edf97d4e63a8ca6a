import { useTestDatabases } from '../../testing/database';
import { MIRA } from '../../testing/engine';
import { Lab, startLab } from '../../testing/lab';

/** What the engine of the tests grants. */
const WITHIN_MS = 3600_000;

describe('plans that nobody confirms', () => {
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
  const after = (ms: number) => new Date(lab.engine.clock.now().getTime() + ms);
  const tick = (at: Date) => lab.engine.rooms.confirmations.tick(at);

  it('end in words when their time is up, not before, and let the next one begin', async () => {
    const { operation } = await lab.run(blue);
    expect(operation).toMatchObject({ state: 'waiting' });
    const next = await lab.engine.submit(lab.id, {
      kind: 'update',
      inputs: { color: 'green' },
      whenBusy: 'queue',
    });
    lab.engine.rung.length = 0;

    expect(await tick(after(WITHIN_MS - 1))).toBe(0);
    expect(await lab.operation(operation.id)).toMatchObject({
      state: 'waiting',
    });
    expect(await tick(after(WITHIN_MS))).toBe(1);
    expect(await lab.operation(operation.id)).toMatchObject({
      state: 'cancelled',
      problem: { code: 'operation.confirmation-expired' },
    });
    expect(lab.engine.rung).toEqual([next.id]);
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({
      state: 'running',
      inputs: { color: 'green' },
    });
  });

  it('are left alone once they are confirmed', async () => {
    const { operation } = await lab.run(blue);
    const { operations, operationMoves } = lab.engine.rooms;
    const { hash: planHash } = await operations.plan(operation.id, MIRA);
    await operationMoves.confirm(operation.id, { planHash }, MIRA);
    expect(await tick(after(2 * WITHIN_MS))).toBe(0);
    await lab.engine.work();
    expect(await lab.operation(operation.id)).toMatchObject({
      state: 'succeeded',
    });
  });

  it('end though one before them can’t, and operators read of that one', async () => {
    const { operation: stuck } = await lab.run(blue);
    const { environment } = await lab.engine.create({
      blueprint: 'lab',
      inputs: {},
    });
    await lab.engine.work();
    lab.engine.clock.advance(1);
    const { id } = await lab.engine.submit(environment.id, blue);
    await lab.engine.work();
    await lab.engine.knex.raw(
      `CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE 'no'; END $$ LANGUAGE plpgsql`,
    );
    await lab.engine.knex.raw(
      `CREATE TRIGGER refuse BEFORE UPDATE ON operations FOR EACH ROW
       WHEN (OLD.id = '${stuck.id}') EXECUTE FUNCTION refuse()`,
    );

    expect(await tick(after(WITHIN_MS))).toBe(1);
    expect(await lab.operation(id)).toMatchObject({ state: 'cancelled' });
    expect(await lab.operation(stuck.id)).toMatchObject({ state: 'waiting' });
    expect(lab.engine.logger.error).toHaveBeenCalledWith(
      expect.stringContaining(stuck.id),
      expect.any(Error),
    );
  });
});
