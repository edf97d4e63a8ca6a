import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { Fleet, furnishFleet } from './__testUtils__/fleet';

jest.setTimeout(120_000);

const numbered = (index: number) => `env-${String(index).padStart(2, '0')}`;

describe('a fleet upgrade of 30 environments, of which 3 fail', () => {
  let engine: TestEngine;
  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();
  let fleet: Fleet;
  const broken = [3, 7, 11].map(numbered);

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    fleet = await furnishFleet(
      engine,
      Array.from({ length: 30 }, (_, index) => ({
        name: numbered(index),
        breaks: broken.includes(numbered(index)),
      })),
    );
  });

  it('stops once more have failed than may, and upgrades the rest once it is resumed', async () => {
    const { id } = await fleet.create({
      waves: [{ count: 2 }, { percent: 30 }],
      concurrency: 4,
      failureBudget: 2,
    });
    const stopped = await fleet.run(id);
    expect(stopped).toMatchObject({
      state: 'stopped',
      failures: 3,
      because: {
        code: 'fleet.budget',
        message: '3 upgrades have failed, and 2 may.',
      },
      waves: [
        { number: 1, counts: { succeeded: 2 } },
        { number: 2, counts: { failed: 2, succeeded: 7 } },
        { number: 3, counts: { failed: 1 } },
      ],
    });
    // What had begun beside the last failure went on to its end; nothing began after it.
    const { waiting, checking, upgrading } = stopped.counts;
    expect(waiting).toBeGreaterThanOrEqual(30 - 11 - 4);
    expect([checking, upgrading]).toEqual([0, 0]);
    expect(await fleet.upgrades()).toHaveLength(30 - waiting);
    expect(await fleet.tick()).toBe(0);

    await fleet.move(id, 'resume');
    const done = await fleet.run(id);
    expect(done).toMatchObject({
      state: 'completed',
      failures: 0,
      counts: { succeeded: 27, failed: 3, waiting: 0 },
    });
    expect(done.finishedAt).toBeDefined();
    // Each once, in spite of all.
    expect(await fleet.upgrades()).toEqual(
      Array.from({ length: 30 }, (_, index) => numbered(index)),
    );
    const states = await fleet.states(id);
    const failed = Object.keys(states).filter(
      name => states[name] === 'failed',
    );
    expect(failed).toEqual(broken);
    for (const [name, environmentId] of fleet.ids) {
      const environment = await engine.rooms.environments.get(
        environmentId,
        MIRA,
      );
      expect(environment).toMatchObject(
        broken.includes(name)
          ? { state: 'degraded' }
          : { state: 'running', blueprint: { version: '2.0.0' } },
      );
    }
  });
});
