import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { follow, FollowOptions, replay } from './follow';
import { clearRun, settleEarlierRun } from './runRecord';
import { script } from './testing/script';

/** Processes of a group that run; those that have ended and wait to be reaped are left out. */
async function runningIn(group: number): Promise<string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const stats = await Promise.all(
    pids.map(pid => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  return stats.filter(stat =>
    new RegExp(`\\) [^ZX] \\d+ ${group} `).test(stat),
  );
}

/** A killed process may be listed for a moment longer; one that stays runs into the test's end. */
async function untilNoneRunsIn(group: number): Promise<void> {
  while ((await runningIn(group)).length > 0) await wait(10);
}

describe('follow', () => {
  const scripts: string[] = [];
  let lines: string[];
  let abort: AbortController;
  let runs: Promise<unknown>[];
  let heard: { words: string; tell: () => void }[];

  beforeEach(() => {
    lines = [];
    heard = [];
    abort = new AbortController();
    runs = [];
  });

  // A test that failed may have left its tool at work.
  afterEach(async () => {
    abort.abort();
    await Promise.allSettled(runs);
  });

  afterAll(async () => {
    for (const path of scripts) await rm(dirname(path), { recursive: true });
  });

  async function started(body: string[], options: Partial<FollowOptions> = {}) {
    const binary = await script(...body);
    scripts.push(binary);
    const ended = follow({
      binary,
      args: ['an argument', '$HOME;`x`'],
      environment: { PATH: process.env.PATH! },
      folder: dirname(binary),
      keep: dirname(binary),
      signal: abort.signal,
      graceMs: 200,
      onLine: (stream, line) => {
        lines.push(`${stream}: ${line}`);
        heard.filter(h => line.includes(h.words)).forEach(h => h.tell());
      },
      ...options,
    });
    ended.catch(() => {});
    runs.push(ended);
    return { ended, folder: dirname(binary) };
  }

  const said = (words: string) =>
    new Promise<void>(tell => {
      heard.push({ words, tell });
      if (lines.some(line => line.includes(words))) tell();
    });

  it('passes lines of both streams and the exit code on, and arguments as they are', async () => {
    const { ended } = await started([
      'echo "$1|$2"',
      'echo oops >&2',
      'printf "no end"',
      'exit 7',
    ]);
    expect(await ended).toEqual({ exitCode: 7 });
    expect(lines.filter(line => line.startsWith('stdout'))).toEqual([
      'stdout: an argument|$HOME;`x`',
      'stdout: no end',
    ]);
    expect(lines).toContain('stderr: oops');
  });

  it('passes lines on before the end', async () => {
    const { ended } = await started(
      ['trap "exit 0" INT', 'echo begun', 'while :; do sleep 0.1; done'],
      // It ends by itself, however long a busy machine lets it wait for its turn.
      { graceMs: 30_000 },
    );
    await said('begun');
    abort.abort();
    expect(await ended).toEqual({ exitCode: 0 });
  });

  it('reads megabytes without losing a line', async () => {
    const { ended } = await started([
      'i=0; while [ $i -lt 20 ]; do seq 1 20000; i=$((i+1)); done',
    ]);
    expect(await ended).toEqual({ exitCode: 0 });
    expect(lines).toHaveLength(400_000);
    expect(lines.at(-1)).toBe('stdout: 20000');
  });

  it('kills a tool that does not hear the interrupt, with what it has started', async () => {
    const { ended } = await started([
      'trap "" INT',
      'sleep 600 &',
      'echo "begun as $$"',
      'wait',
    ]);
    await said('begun');
    abort.abort();
    expect(await ended).toEqual({ killedBy: 'SIGKILL' });
    const [, group] = /begun as (\d+)/.exec(lines.join())!;
    await untilNoneRunsIn(Number(group));
  });

  it('stops a tool that is started when it is not wanted any more', async () => {
    abort.abort();
    const { ended } = await started(['while :; do sleep 0.1; done']);
    expect(await ended).toEqual({ killedBy: expect.stringMatching(/^SIG/) });
  });

  it('leaves nothing behind of a tool that ended and of its watcher', async () => {
    const { ended, folder } = await started([
      'sleep 600 &',
      'echo "begun as $$"',
    ]);
    expect(await ended).toEqual({ exitCode: 0 });
    // Nor anything for whoever comes after a crash: all it said was heard.
    expect(await readdir(folder)).not.toContain('run.json');
    const [, group] = /begun as (\d+)/.exec(lines.join())!;
    await untilNoneRunsIn(Number(group));
  });

  it('says which signal killed the tool', async () => {
    const { ended } = await started(['kill -9 $$']);
    expect(await ended).toEqual({ killedBy: 'SIGKILL' });
  });

  it('stops the tool when its lines can no longer be taken', async () => {
    const { ended } = await started(
      ['echo "begun as $$"', 'while :; do sleep 0.1; done'],
      {
        onLine: (_stream, line) => {
          lines.push(line);
          throw new Error('no room for lines');
        },
      },
    );
    await expect(ended).rejects.toThrow('no room for lines');
    const [, group] = /begun as (\d+)/.exec(lines.join())!;
    await untilNoneRunsIn(Number(group));
  });

  it('says that it cannot start in a folder that is not there', async () => {
    const { ended } = await started(['true'], { folder: '/no/such/folder' });
    await expect(ended).rejects.toMatchObject({
      code: 'terraform.tool.unfit',
      message: expect.stringContaining('/no/such/folder'),
    });
  });

  describe('after a crash', () => {
    /** Changes what is on record of the run in a folder. */
    async function recordAs(folder: string, changes: object) {
      const file = join(folder, 'run.json');
      const record = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(file, JSON.stringify({ ...record, ...changes }));
    }

    it('waits for the tool of the earlier run, and kills it when its time is over', async () => {
      const { ended, folder } = await started([
        'trap "" INT',
        'echo begun',
        'while :; do sleep 0.1; done',
      ]);
      await said('begun');
      expect(await settleEarlierRun(folder, 300)).toBe(true);
      expect(await ended).toEqual({ killedBy: 'SIGKILL' });
      expect(await settleEarlierRun(folder, 300)).toBe(false);
    });

    it('interrupts a tool that is still held, and lets it end in order', async () => {
      const { ended, folder } = await started([
        'trap "exit 0" INT',
        'echo begun',
        'while :; do sleep 0.1; done',
      ]);
      await said('begun');
      expect(await settleEarlierRun(folder, 30_000)).toBe(true);
      expect(await ended).toEqual({ exitCode: 0 });
    });

    it('interrupts no orphan, which has been interrupted when its parent died', async () => {
      const { ended, folder } = await started([
        'trap "exit 0" INT',
        'echo begun',
        'while :; do sleep 0.1; done',
      ]);
      await said('begun');
      await recordAs(folder, { parent: 1 });
      expect(await settleEarlierRun(folder, 300)).toBe(true);
      expect(await ended).toEqual({ killedBy: 'SIGKILL' });
    });

    it('does not wait for a tool that has ended and is not reaped yet', async () => {
      const { folder } = await started([
        // It ends as the child of a program that asks after no children.
        'sleep 0.5 & echo "begun as $!."',
        'exec sleep 600',
      ]);
      await said('begun');
      const [, pid] = /begun as (\d+)\./.exec(lines.join())!;
      const stat = () => readFile(`/proc/${pid}/stat`, 'utf8');
      while (!(await stat()).includes(') Z ')) await wait(10);
      const began = (await stat()).split(' ')[21];
      await recordAs(folder, { pid: Number(pid), began });
      expect(await settleEarlierRun(folder, 300)).toBe(false);
    });

    it('says of a tool that has ended, until somebody has heard all it printed', async () => {
      const { ended, folder } = await started(['echo one', 'echo two']);
      await ended;
      // As it is left when nobody lived to see the end.
      const run = { pid: 2 ** 30, parent: 1, began: '1' };
      await writeFile(join(folder, 'run.json'), JSON.stringify(run));

      const replayed: string[] = [];
      const settle = (onLine: (line: string) => void) =>
        settleEarlierRun(folder, 300, () => replay(folder, onLine));
      await expect(
        settle(() => {
          throw new Error('killed again');
        }),
      ).rejects.toThrow('killed again');
      expect(await settle(line => replayed.push(line))).toBe(false);
      await settle(line => replayed.push(line));
      expect(replayed).toEqual(['one', 'two']);
    });

    it('keeps the record of a run that has begun meanwhile', async () => {
      const { folder } = await started(['echo begun', 'exec sleep 600']);
      await said('begun');
      await clearRun(folder, 2 ** 30);
      expect(await readdir(folder)).toContain('run.json');
    });

    it('leaves a process alone that has got the pid of the earlier run', async () => {
      const { ended, folder } = await started([
        'trap "exit 0" INT',
        'echo begun',
        'while :; do sleep 0.1; done',
      ]);
      await said('begun');
      const file = join(folder, 'run.json');
      const record = JSON.parse(await readFile(file, 'utf8'));
      const other = await script('true');
      scripts.push(other);
      await writeFile(
        join(dirname(other), 'run.json'),
        JSON.stringify({ ...record, began: '1' }),
      );
      expect(await settleEarlierRun(dirname(other), 300)).toBe(false);
      expect(await runningIn(record.pid)).not.toEqual([]);
      process.kill(record.pid, 'SIGINT');
      expect(await ended).toEqual({ exitCode: 0 });
    });
  });
});
