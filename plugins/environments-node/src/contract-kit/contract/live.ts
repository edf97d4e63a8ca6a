import { setTimeout as wait } from 'node:timers/promises';
import { DriverInspection, DriverLive, DriverTarget } from '../../live';
import { Stage } from './stage';
import { Trial } from './trial';

/** Systems take their time to see what happens, and to do what they are asked for. */
const LOOKS_AGAIN_AFTER_MS = 100;

/** For drivers whose components a system looks after; of others nothing is asked. */
export function liveContract(onStage: () => Stage): void {
  describe('what a system looks after, if it does', () => {
    const { signal } = new AbortController();

    it('is seen by the name that it has there, and nothing else is', async () => {
      const { good, driver } = onStage().fixtures;
      const { live } = driver;
      if (!live) return;
      const trial = await onStage().trialOf(good);
      const stranger = await onStage().trialOf(good);
      const targets = [targetOf(stranger), targetOf(trial)];
      expect(await live.observe(targets, signal)).toEqual({
        seen: [],
        problems: [],
      });
      expect(await live.inspect(targetOf(trial), signal)).toBeUndefined();

      await trial.make();
      const made = await seenOnce(live, trial, ({ sync }) => sync === 'synced');
      expect(made.changes).toEqual([]);
      const { seen, problems } = await live.observe(targets, signal);
      expect(problems).toEqual([]);
      expect(seen).toHaveLength(1);
      expect(seen[0]).toMatchObject({
        target: targetOf(trial),
        name: made.name,
        sync: 'synced',
      });

      await trial.destroy();
      expect((await live.observe(targets, signal)).seen).toEqual([]);
      expect(await live.inspect(targetOf(trial), signal)).toBeUndefined();
    });

    it('tells what was changed behind its back, and is made again when it is asked to', async () => {
      const { good, driver, drift, look } = onStage().fixtures;
      const { live } = driver;
      if (!live) return;
      const trial = await onStage().trialOf(good);
      await trial.make();
      const world = await look();
      await drift(trial.name);
      const drifted = await seenOnce(
        live,
        trial,
        ({ sync }) => sync === 'outOfSync',
      );
      expect(drifted.changes).not.toEqual([]);
      expect(drifted.resources.map(({ sync }) => sync)).toContain('outOfSync');

      await live.sync(targetOf(trial), 'user:default/somebody', signal);
      await seenOnce(live, trial, ({ sync }) => sync === 'synced');
      expect(await look()).toEqual(world);
    });
  });

  /** Looks until it is so. */
  async function seenOnce(
    live: DriverLive,
    trial: Trial,
    isSo: (seen: DriverInspection) => boolean,
  ): Promise<DriverInspection> {
    for (;;) {
      const { signal } = new AbortController();
      const seen = await live.inspect(targetOf(trial), signal);
      if (seen && isSo(seen)) return seen;
      // Unreferenced: a test that waits in vain must not keep its process.
      await wait(LOOKS_AGAIN_AFTER_MS, undefined, { ref: false });
    }
  }
}

function targetOf(trial: Trial): DriverTarget {
  return { environment: trial.environment, component: 'thing' };
}
