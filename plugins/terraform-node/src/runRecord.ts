import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const LOOK_AGAIN_MS = 100;

interface Run {
  pid: number;
  parent: number;
  /** Boot ticks at which the process began: with the pid, a name that is not given twice. */
  began: string;
}

interface LiveProcess {
  parent: number;
  began: string;
}

const recordIn = (keep: string) => join(keep, 'run.json');

/** Writes down which process works in a folder, for whoever comes after a crash. Linux only. */
export async function recordRun(keep: string, pid?: number): Promise<void> {
  const live = pid === undefined ? undefined : await lookUp(pid);
  if (pid === undefined || !live) return;
  const run: Run = { pid, parent: process.pid, began: live.began };
  await writeFile(recordIn(keep), JSON.stringify(run), { mode: 0o600 });
}

/** Takes the record of an ended process away, unless another has begun here meanwhile. */
export async function clearRun(keep: string, pid?: number): Promise<void> {
  if ((await readRun(keep))?.pid === pid)
    await rm(recordIn(keep), { force: true });
}

/**
 * Waits for a tool that a dead process left working in this folder, and kills it when it takes
 * too long: two tools must never work on the same resources.
 *
 * @param afterEnd - called once such a tool has ended, however long ago that was; when it throws,
 *   the next one to come here is called again
 * @returns whether a tool was still at work
 */
export async function settleEarlierRun(
  keep: string,
  patienceMs: number,
  afterEnd: () => Promise<void> = async () => {},
): Promise<boolean> {
  const run = await readRun(keep);
  if (!run) return false;
  const alive = async () => {
    const live = await lookUp(run.pid);
    return live?.began === run.began ? live : undefined;
  };

  const first = await alive();
  // An orphan has been interrupted already, and a second time would make it drop everything.
  if (first && first.parent === run.parent) signal(run.pid, 'SIGINT');
  for (
    let left = patienceMs;
    left > 0 && (await alive());
    left -= LOOK_AGAIN_MS
  )
    await wait(LOOK_AGAIN_MS);
  if (await alive()) signal(-run.pid, 'SIGKILL');
  while (await alive()) await wait(LOOK_AGAIN_MS);
  await afterEnd();
  await clearRun(keep, run.pid);
  return first !== undefined;
}

async function readRun(keep: string): Promise<Run | undefined> {
  try {
    return JSON.parse(await readFile(recordIn(keep), 'utf8'));
  } catch {
    // None, or one cut off by the crash: that one's tool never came far enough to matter.
    return undefined;
  }
}

/** Reads /proc; a zombie counts as ended. */
async function lookUp(pid: number): Promise<LiveProcess | undefined> {
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // pid (name) state ppid …; the name may hold spaces and brackets, began is the 22nd field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  return { parent: Number(fields[1]), began: fields[19] };
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
