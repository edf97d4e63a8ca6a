import { useTestDatabases } from '../testing/database';
import { startTestEngine, TestEngine } from '../testing/engine';

describe('trials of creates', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const trials = () => engine.knex('environments').where({ trial: true });

  it('go a day after they were planned, with everything of theirs', async () => {
    for (let count = 0; count < 12; count++) {
      await engine.create({ dryRun: true, plan: true });
    }
    await engine.create();
    await engine.work();
    engine.clock.advance(23 * 3600);
    await engine.rooms.retention.tick(engine.clock.now());
    expect(await trials()).toHaveLength(12);
    engine.clock.advance(2 * 3600);
    await engine.rooms.retention.tick(engine.clock.now());
    expect(await trials()).toHaveLength(0);
    expect(await engine.knex('environments')).toHaveLength(1);
    expect(await engine.knex('operations')).toHaveLength(1);
    const { id } = await engine.knex('operations').first();
    expect(
      await engine.knex('operation_logs').whereNot({ operation_id: id }),
    ).toEqual([]);
  });

  it('stay while their plan is being made', async () => {
    await engine.create({ dryRun: true, plan: true });
    engine.clock.advance(48 * 3600);
    await engine.rooms.retention.tick(engine.clock.now());
    expect(await trials()).toHaveLength(1);
  });
});
