import { DriverAbortedError, DriverError } from '../../errors';
import { Stage } from './stage';

export function endsContract(onStage: () => Stage): void {
  describe('an end in the middle', () => {
    it('of an apply by abort settles as aborted, and a later destroy cleans up', async () => {
      const { slow } = onStage().fixtures;
      const trial = await onStage().trialOf(slow);
      const applied = trial.make();
      applied.catch(() => {});
      await trial.said(slow.begun);
      trial.abort();
      await expect(applied).rejects.toThrow(DriverAbortedError);
      expect(await trial.exists()).toBe(true);

      const later = trial.later(await onStage().folderFor(slow));
      expect(await later.prove()).toMatchObject({ gone: false });
      await later.destroy();
      expect(await later.prove()).toEqual({ gone: true, left: [] });
      expect(await trial.exists()).toBe(false);
    });

    it('of a plan by abort settles soon and changes nothing, and the next plan is the whole one', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const planned = trial.plan().catch(error => error);
      trial.abort();
      const end = await planned;
      // It may have been done already, and says so then.
      expect([end instanceof DriverAbortedError, end.hasChanges]).toContain(
        true,
      );
      const later = trial.later(trial.folder);
      const { summary } = await later.plan();
      expect(summary.add).toBe(good.resources.length);
      expect(await trial.exists()).toBe(false);
    });

    it('of a destroy by abort keeps what is left in mind, and the next one removes it', async () => {
      const { stubborn } = onStage().fixtures;
      const trial = await onStage().trialOf(stubborn);
      await trial.make();
      const destroyed = trial.destroy();
      destroyed.catch(() => {});
      await trial.said(stubborn.begun);
      trial.abort();
      await expect(destroyed).rejects.toThrow(DriverAbortedError);

      const later = trial.later(await onStage().folderFor(stubborn));
      expect(await later.prove()).toMatchObject({ gone: false });
      await stubborn.hurry(trial.name);
      await later.destroy();
      expect(await later.prove()).toEqual({ gone: true, left: [] });
    });

    it('before anything began does nothing', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      const late = trial.later(trial.folder);
      const { hash } = await late.plan('apply', good.changedWith);
      const before = await onStage().fixtures.look();
      late.abort();
      for (const call of [
        () => late.apply(hash),
        () => late.destroy(),
        () => late.prove(),
        () => late.plan(),
      ]) {
        await expect(call()).rejects.toThrow(DriverAbortedError);
      }
      expect(await onStage().fixtures.look()).toEqual(before);
    });

    it('by kill fails in words, says what it had made, and the next apply and destroy work', async () => {
      const { slow, kill, freeLock } = onStage().fixtures;
      const trial = await onStage().trialOf(slow);
      const applied = trial.make();
      applied.catch(() => {});
      await trial.said(slow.begun);
      await kill(trial.folder);
      await expect(applied).rejects.toThrow(DriverError);
      expect(trial.made).toMatchObject([{ address: slow.made }]);

      freeLock(trial.name);
      const later = trial.later(trial.folder);
      const again = later.make();
      again.catch(() => {});
      await later.said(slow.begun);
      later.abort();
      await expect(again).rejects.toThrow(DriverAbortedError);
      await trial.destroy();
      expect(await trial.prove()).toEqual({ gone: true, left: [] });
    });
  });
}
