import { DriverError } from '../../errors';
import { Stage } from './stage';

export function planContract(onStage: () => Stage): void {
  describe('plan', () => {
    it('says what would be made and makes nothing', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const plan = await trial.plan();
      expect(plan.summary).toEqual({
        add: good.resources.length,
        change: 0,
        remove: 0,
      });
      expect(plan.changes).toHaveLength(good.resources.length);
      for (const { address, type } of good.resources) {
        expect(plan.changes).toContainEqual(
          expect.objectContaining({
            address,
            type,
            action: 'add',
            digest: expect.any(String),
          }),
        );
      }
      expect(plan.hasChanges).toBe(true);
      expect(plan.changedOutputs.sort()).toEqual(
        Object.keys(good.outputs).sort(),
      );
      expect(await trial.exists()).toBe(false);
      expect(trial.made).toEqual([]);
    });

    it('has the same hash when nothing changed, and another for another `with`', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      const first = await trial.plan();
      const elsewhere = trial.later(await onStage().folderFor(good));
      expect(await elsewhere.plan()).toEqual(first);
      const other = await trial.plan('apply', good.changedWith);
      expect(other.hash).not.toBe(first.hash);
      expect(other.changes.map(({ digest }) => digest)).not.toEqual(
        first.changes.map(({ digest }) => digest),
      );
    });

    it('has no changes after an apply', async () => {
      const trial = await onStage().trialOf(onStage().fixtures.good);
      await trial.make();
      for (const purpose of ['apply', 'adopt'] as const) {
        expect(await trial.plan(purpose)).toMatchObject({
          hasChanges: false,
          changes: [],
          changedOutputs: [],
          summary: { add: 0, change: 0, remove: 0 },
        });
      }
    });

    it('says what another `with` changes, attribute by attribute', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      await trial.make();
      const plan = await trial.plan('apply', good.changedWith);
      const { address, ...attribute } = good.changed;
      expect(plan.hasChanges).toBe(true);
      expect(
        plan.changes.find(change => change.address === address)?.attributes,
      ).toContainEqual(
        expect.objectContaining({ ...attribute, sensitive: false }),
      );
    });

    it('keeps to itself what is sensitive', async () => {
      const { secret } = onStage().fixtures;
      const trial = await onStage().trialOf(secret);
      const plan = await trial.plan();
      expect(
        plan.changes.flatMap(({ attributes }) => attributes),
      ).toContainEqual(
        expect.objectContaining({ path: secret.path, sensitive: true }),
      );
      await trial.apply(plan.hash);
      const end = await trial.plan('destroy');
      expect(JSON.stringify([plan, end])).not.toContain(secret.value);
    });

    it('for a destroy removes everything, and removes nothing yet', async () => {
      const { good } = onStage().fixtures;
      const trial = await onStage().trialOf(good);
      expect(await trial.plan('destroy')).toMatchObject({ hasChanges: false });
      await trial.make();
      const plan = await trial.plan('destroy');
      expect(plan.summary).toEqual({
        add: 0,
        change: 0,
        remove: good.resources.length,
      });
      expect(plan.changes.map(({ action }) => action)).toEqual(
        good.resources.map(() => 'remove'),
      );
      expect(await trial.exists()).toBe(true);
    });

    it('fails in words, where the source is wrong', async () => {
      const { bad } = onStage().fixtures;
      const trial = await onStage().trialOf(bad);
      const failure = await trial.plan().catch(error => error);
      expect(failure).toBeInstanceOf(DriverError);
      expect(failure.problem).toMatchObject({
        code: expect.any(String),
        component: 'thing',
        place: bad.place,
      });
    });
  });
}
