import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DriverAbortedError, DriverError } from '../errors';
import {
  ContractComponent,
  DriverContractFixtures,
  DriverContractOptions,
} from './contractFixtures';
import { Trial } from './trial';

/** The tests that every driver passes, as a Jest suite: what the contract promises, with faults. */
export function driverContract(options: DriverContractOptions): void {
  describe(`the driver contract, by ${options.name}`, () => {
    jest.setTimeout(options.timeoutMs ?? 60_000);
    let root: string;
    let fixtures: DriverContractFixtures;
    let count = 0;

    const folderFor = async (component: ContractComponent) => {
      const folder = join(root, `folder-${++count}`);
      await mkdir(folder);
      await component.write(folder);
      return folder;
    };
    const trialOf = async (component: ContractComponent) =>
      new Trial(
        `environment-${++count}`,
        await folderFor(component),
        fixtures.driver,
        fixtures,
        component,
      );

    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'driver-contract-'));
      fixtures = await options.fixtures();
    });

    afterEach(async () => {
      await fixtures.cleanUp();
      await rm(root, { recursive: true, force: true });
    });

    describe('validate', () => {
      it('finds nothing wrong with a good source', async () => {
        const trial = await trialOf(fixtures.good);
        expect(await trial.validate()).toEqual([]);
      });

      it('says what is wrong with a bad source, and where in the snapshot', async () => {
        const trial = await trialOf(fixtures.bad);
        const problems = await trial.validate();
        expect(problems.length).toBeGreaterThan(0);
        expect(problems[0]).toMatchObject({
          code: expect.any(String),
          message: expect.any(String),
          component: 'thing',
          place: fixtures.bad.place,
        });
      });
    });

    describe('plan', () => {
      it('says what would be made and makes nothing', async () => {
        const trial = await trialOf(fixtures.good);
        const plan = await trial.plan();
        const { resources } = fixtures.good;
        expect(plan.summary).toEqual({
          add: resources.length,
          change: 0,
          remove: 0,
        });
        expect(plan.changes).toEqual(
          expect.arrayContaining(
            resources.map(resource => ({ ...resource, action: 'add' })),
          ),
        );
        expect(plan.hasChanges).toBe(true);
        expect(await trial.exists()).toBe(false);
      });

      it('has the same hash when nothing changed, and another for another `with`', async () => {
        const trial = await trialOf(fixtures.good);
        const first = await trial.plan();
        const elsewhere = trial.later(await folderFor(fixtures.good));
        expect((await elsewhere.plan()).hash).toBe(first.hash);
        expect((await trial.plan(fixtures.good.changedWith)).hash).not.toBe(
          first.hash,
        );
      });

      it('has no changes after an apply, and some when the `with` is another', async () => {
        const trial = await trialOf(fixtures.good);
        await trial.apply();
        expect(await trial.plan()).toMatchObject({
          hasChanges: false,
          changes: [],
        });
        expect(await trial.plan(fixtures.good.changedWith)).toMatchObject({
          hasChanges: true,
        });
      });
    });

    describe('apply', () => {
      it('makes what was planned and answers with outputs and resources', async () => {
        const trial = await trialOf(fixtures.good);
        await trial.plan();
        const applied = await trial.apply();
        expect(applied.outputs).toEqual(fixtures.good.outputs);
        expect(applied.resources).toHaveLength(fixtures.good.resources.length);
        for (const resource of fixtures.good.resources) {
          expect(applied.resources).toContainEqual(
            expect.objectContaining(resource),
          );
        }
        expect(await trial.exists()).toBe(true);
      });

      it('repeated, in the same folder and in a new one, ends in the same place', async () => {
        const trial = await trialOf(fixtures.good);
        const first = await trial.apply();
        expect(await trial.apply()).toEqual(first);
        const later = trial.later(await folderFor(fixtures.good));
        expect(await later.apply()).toEqual(first);
      });

      it('follows a plan that another apply has made stale', async () => {
        const trial = await trialOf(fixtures.good);
        await trial.plan();
        const other = trial.later(await folderFor(fixtures.good));
        const first = await other.apply();
        expect(await trial.apply()).toEqual(first);
      });

      it('fails in words, and a later destroy finds what was made', async () => {
        const trial = await trialOf(fixtures.failing);
        const failure = await trial.apply().catch(error => error);
        expect(failure).toBeInstanceOf(DriverError);
        expect(failure.problem).toMatchObject({
          code: expect.any(String),
          message: expect.stringMatching(fixtures.failing.message),
          component: 'thing',
        });
        expect(await trial.prove()).toMatchObject({ gone: false });
        await trial.destroy();
        expect(await trial.prove()).toEqual({ gone: true, left: [] });
        expect(await trial.exists()).toBe(false);
      });

      it('says what it does while it does it', async () => {
        const trial = await trialOf(fixtures.slow);
        let over = false;
        const applied = trial.apply().finally(() => {
          over = true;
        });
        applied.catch(() => {});
        await trial.said(fixtures.slow.begun);
        expect(over).toBe(false);
        trial.abort();
        await expect(applied).rejects.toThrow(DriverAbortedError);
      });
    });

    describe('an end in the middle', () => {
      it('by abort settles as aborted, and a later destroy cleans up', async () => {
        const trial = await trialOf(fixtures.slow);
        const applied = trial.apply();
        applied.catch(() => {});
        await trial.said(fixtures.slow.begun);
        trial.abort();
        await expect(applied).rejects.toThrow(DriverAbortedError);
        expect(await trial.exists()).toBe(true);

        const later = trial.later(await folderFor(fixtures.slow));
        expect(await later.prove()).toMatchObject({ gone: false });
        await later.destroy();
        expect(await later.prove()).toEqual({ gone: true, left: [] });
        expect(await trial.exists()).toBe(false);
      });

      it('before it began does nothing', async () => {
        const trial = await trialOf(fixtures.good);
        trial.abort();
        await expect(trial.plan()).rejects.toThrow(DriverAbortedError);
        await expect(trial.apply()).rejects.toThrow(DriverAbortedError);
        expect(await trial.exists()).toBe(false);
      });

      it('by kill fails in words, and the next apply and destroy work', async () => {
        const trial = await trialOf(fixtures.slow);
        const applied = trial.apply();
        applied.catch(() => {});
        await trial.said(fixtures.slow.begun);
        await fixtures.kill(trial.folder);
        await expect(applied).rejects.toThrow(DriverError);

        fixtures.freeLock(trial.name);
        const later = trial.later(trial.folder);
        const again = later.apply();
        again.catch(() => {});
        await later.said(fixtures.slow.begun);
        later.abort();
        await expect(again).rejects.toThrow(DriverAbortedError);
        await trial.destroy();
        expect(await trial.prove()).toEqual({ gone: true, left: [] });
      });
    });

    describe('destroy', () => {
      it('removes everything, repeated too, from a folder that it never saw', async () => {
        const trial = await trialOf(fixtures.good);
        await trial.apply();
        const { resources } = fixtures.good;
        const { gone, left } = await trial.prove();
        expect(gone).toBe(false);
        expect(left).toHaveLength(resources.length);

        const later = trial.later(await folderFor(fixtures.good));
        await later.destroy();
        expect(await trial.exists()).toBe(false);
        expect(await later.prove()).toEqual({ gone: true, left: [] });
        await later.destroy();
      });

      it('of a component that never was is success', async () => {
        const trial = await trialOf(fixtures.good);
        expect(await trial.prove()).toEqual({ gone: true, left: [] });
        await trial.destroy();
      });
    });
  });
}
