import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  byAttempt,
  fails,
  hangs,
} from '@greenroom/plugin-environments-node/contract-kit';
import { randomIds } from '../../ids';
import { useTestDatabases } from '../../testing/database';
import {
  MIRA,
  startTestEngine,
  TestEngine,
  workOff,
} from '../../testing/engine';
import { tidyWorkDirectory } from './workFolder';

describe('the work folder', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const single = { blueprint: 'single', inputs: {} };
  const left = () => readdir(engine.workDirectory);

  it('holds the component’s source, and is gone after a success', async () => {
    let seen: string[] = [];
    engine.driver.script('site', {
      apply: async ({ context }) => {
        seen = await readdir(context.component.folder);
      },
    });
    await engine.create(single);
    await engine.work();
    expect(seen).toContain('main.tf');
    expect(await left()).toEqual([]);
  });

  it('is the same for the worker that takes over, with what the first one left in it', async () => {
    const folders: string[] = [];
    let found: string[] = [];
    engine.driver.script('site', {
      apply: byAttempt(
        async call => {
          folders.push(call.context.component.folder);
          await writeFile(
            join(call.context.component.folder, 'errored.tfstate'),
            'the only trace of what was made',
          );
          await hangs()(call);
        },
        async ({ context }) => {
          folders.push(context.component.folder);
          found = await readdir(context.component.folder);
        },
      ),
    });
    await engine.create(single);
    const first = engine.worker();
    const answer = workOff(first);
    await engine.driver.reached('site', 'apply');
    await first.stop();
    await answer;
    await workOff(engine.worker());
    expect(new Set(folders).size).toBe(1);
    expect(found).toContain('errored.tfstate');
  });

  it('is the same for the destroy that follows a failed create', async () => {
    const folders: string[] = [];
    const note = ({
      context,
    }: {
      context: { component: { folder: string } };
    }) => {
      folders.push(context.component.folder);
    };
    engine.driver.script('site', {
      apply: async call => {
        note(call);
        await fails()(call);
      },
      destroy: note,
    });
    const { environment } = await engine.create(single);
    await engine.work();
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    expect(folders[1]).toBe(folders[0]);
    expect(await left()).toEqual([]);
  });

  it('outlives a dry run, which makes nothing good', async () => {
    engine.driver.script('site', { apply: fails() });
    const { environment } = await engine.create(single);
    await engine.work();
    const before = await left();
    const dryRun = { kind: 'remediate', dryRun: true } as const;
    const { id } = await engine.submit(environment.id, dryRun);
    await engine.work();
    expect(await engine.rooms.operations.get(id, MIRA)).toMatchObject({
      state: 'succeeded',
    });
    expect(before).toEqual([environment.id]);
    expect(await left()).toEqual(before);
  });

  it('of an environment that another machine destroyed is tidied away, and nothing else', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'greenroom-tidy-'));
    const [gone, living] = [randomIds.id(), randomIds.id()];
    for (const name of [gone, living, 'check-1']) {
      await mkdir(join(directory, name));
    }
    await tidyWorkDirectory(directory, async ids => {
      expect(ids.sort()).toEqual([gone, living].sort());
      return [gone];
    });
    expect((await readdir(directory)).sort()).toEqual(
      ['check-1', living].sort(),
    );
    await rm(directory, { recursive: true });
  });
});
