import { DriverAbortedError, DriverError, PlanGoneError } from '../../errors';
import { DriverContractOptions } from './fixtures';
import { Stage } from './stage';
import { Trial } from './trial';

export function applyContract(
  onStage: () => Stage,
  options: Pick<DriverContractOptions, 'heedsFence'>,
): void {
  describe('apply', () => {
    it('makes what was planned and answers with outputs and resources', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const applied = await trial.make();
      expect(applied.outputs).toEqual(good.outputs);
      expect(applied.resources).toHaveLength(good.resources.length);
      for (const { address, type } of good.resources) {
        expect(applied.resources).toContainEqual(
          expect.objectContaining({ address, type }),
        );
      }
      expect(await trial.exists()).toBe(true);
    });

    it('says of each resource that it was made, by the name it is found by', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const { resources } = await trial.make();
      const looked = good.resources
        .filter(({ inStateOnly }) => !inStateOnly)
        .map(({ address }) => resources.find(one => one.address === address));
      expect(trial.made).toHaveLength(looked.length);
      expect(trial.made).toEqual(expect.arrayContaining(looked));
    });

    it('of a plan without changes answers the same, and makes nothing', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const first = await trial.make();
      const later = trial.later(await onStage().folderFor(good));
      expect(await later.make()).toEqual(first);
      expect(later.made).toEqual([]);
    });

    it('says what it does while it does it', async () => {
      const { slow } = onStage().fixtures;
      const trial = await onStage().trialOf(slow);
      let over = false;
      const applied = trial.make().finally(() => {
        over = true;
      });
      applied.catch(() => {});
      await trial.said(slow.begun);
      expect(over).toBe(false);
      expect(trial.made).toMatchObject([{ address: slow.made }]);
      trial.abort();
      await expect(applied).rejects.toThrow(DriverAbortedError);
    });

    it('fails in words, and a later destroy finds what was made', async () => {
      const { failing } = onStage().fixtures;
      const trial = await onStage().trialOf(failing);
      const failure = await trial.make().catch(error => error);
      expect(failure).toBeInstanceOf(DriverError);
      expect(failure.problem).toMatchObject({
        code: expect.any(String),
        message: expect.stringMatching(failing.message),
        component: 'thing',
      });
      expect(await trial.prove()).toMatchObject({ gone: false });
      await trial.destroy();
      expect(await trial.prove()).toEqual({ gone: true, left: [] });
      expect(await trial.exists()).toBe(false);
    });

    if (options.heedsFence) {
      it('is refused for a worker whose operation was taken over', async () => {
        const { good } = onStage().fixtures;
        const trial = await onStage().trialOf(good);
        const { hash } = await trial.plan();
        const folder = await onStage().folderFor(good);
        await trial.later(folder, 2).plan();
        await expect(trial.apply(hash)).rejects.toThrow(DriverError);
        expect(await trial.exists()).toBe(false);
      });
    }
  });

  describe('a plan that is gone', () => {
    /** Applies a plan that must be gone: how that ends, and whether it changed anything. */
    async function endOf(trial: Trial, hash: string) {
      const before = await onStage().fixtures.look();
      const error = await trial.apply(hash).catch(failure => failure);
      const after = await onStage().fixtures.look();
      return { error, made: trial.made, before, after };
    }
    const gone = (end: Awaited<ReturnType<typeof endOf>>) => ({
      error: expect.any(PlanGoneError),
      made: [],
      before: end.after,
      after: end.before,
    });

    it('was never made', async () => {
      const trial = await onStage().trialOf(onStage().fixtures.good);
      const end = await endOf(trial, 'no-such-hash');
      expect(end).toEqual(gone(end));
    });

    it('was made in another folder', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const { hash } = await trial.plan();
      const end = await endOf(
        trial.later(await onStage().folderFor(good)),
        hash,
      );
      expect(end).toEqual(gone(end));
    });

    it('was applied before, by whatever end', async () => {
      const { failing } = onStage().fixtures;
      const trial = await onStage().trialOf(failing);
      const { hash } = await trial.plan();
      await expect(trial.apply(hash)).rejects.toThrow(DriverError);
      const end = await endOf(trial.later(trial.folder), hash);
      expect(end).toEqual(gone(end));
    });

    it('was replaced by another, which can still be applied', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const first = await trial.plan();
      const second = await trial.plan('apply', good.changedWith);
      const end = await endOf(trial, first.hash);
      expect(end).toEqual(gone(end));
      await trial.apply(second.hash, good.changedWith);
      expect(await trial.exists()).toBe(true);
    });

    it('is for a destroy', async () => {
      const trial = await onStage().trialOf(onStage().fixtures.good);
      await trial.make();
      const { hash } = await trial.plan('destroy');
      const end = await endOf(trial.later(trial.folder), hash);
      expect(end).toEqual(gone(end));
    });

    it('is from before another apply', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const { hash } = await trial.plan();
      await trial.later(await onStage().folderFor(good)).make();
      const end = await endOf(trial, hash);
      expect(end).toEqual(gone(end));
    });

    it('is from before a destroy', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      const later = trial.later(trial.folder);
      const { hash } = await later.plan('apply', good.changedWith);
      await trial.later(await onStage().folderFor(good)).destroy();
      const end = await endOf(later, hash);
      expect(end).toEqual(gone(end));
    });
  });

  describe('adopt', () => {
    it('takes the world as it is, and changes nothing in it', async () => {
      const { good, drift, look } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      await drift(trial.name);
      const world = await look();

      const plan = await trial.plan('adopt');
      expect(plan.hasChanges).toBe(true);
      await trial.apply(plan.hash);
      expect(await look()).toEqual(world);
      expect(await trial.plan('adopt')).toMatchObject({ hasChanges: false });
    });

    it('is not what a plan for an apply does, which makes it as it was declared', async () => {
      const { good, drift, look } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      const world = await look();
      await drift(trial.name);
      expect(await look()).not.toEqual(world);
      const plan = await trial.plan();
      expect(plan.hasChanges).toBe(true);
      await trial.apply(plan.hash);
      expect(await look()).toEqual(world);
    });
  });
}
