import { Stage } from './stage';

export function destroyContract(onStage: () => Stage): void {
  describe('destroy', () => {
    it('removes everything, repeated too, from a folder that it never saw', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      const { gone, left } = await trial.prove();
      expect(gone).toBe(false);
      expect(left).toHaveLength(good.resources.length);

      const later = trial.later(await onStage().folderFor(good));
      await later.destroy();
      expect(await trial.exists()).toBe(false);
      expect(await later.prove()).toEqual({ gone: true, left: [] });
      await later.destroy();
    });

    it('removes everything by its plan', async () => {
      const trial = await onStage().trialOf(onStage().fixtures.good);
      await trial.make();
      await trial.plan('destroy');
      await trial.destroy();
      expect(await trial.exists()).toBe(false);
      expect(await trial.prove()).toEqual({ gone: true, left: [] });
    });

    it('removes everything when its plan is from before another apply', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      await trial.plan('destroy');
      const other = trial.later(await onStage().folderFor(good));
      await other.make(good.changedWith);
      await trial.destroy();
      expect(await trial.exists()).toBe(false);
      expect(await trial.prove()).toEqual({ gone: true, left: [] });
    });

    it('does not take a plan for an apply for its own', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      await trial.plan('apply', good.changedWith);
      await trial.destroy();
      expect(await trial.exists()).toBe(false);
    });

    it('of a component that never was is success', async () => {
      const trial = await onStage().trialOf(onStage().fixtures.good);
      expect(await trial.prove()).toEqual({ gone: true, left: [] });
      await trial.destroy();
      expect(await trial.prove()).toEqual({ gone: true, left: [] });
    });
  });
}
