import { FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ChildEnd, ChildOptions, startChild } from './child';
import { endsWithParent } from './endsWithParent';
import { LineReader } from './lines';
import { clearRun, recordRun } from './runRecord';

/** How often a quiet output file is looked at again: soon enough for a reader, next to no work. */
const LOOK_AGAIN_MS = 50;

const outputIn = (keep: string) => join(keep, 'stdout');

export interface FollowOptions extends ChildOptions {
  /** Folder for the output files and the record of the run. */
  keep: string;
  onLine: (stream: 'stdout' | 'stderr', line: string) => void;
}

/**
 * Runs a command that changes things and passes on its lines as they come.
 *
 * Its output goes through files, not pipes. Both tools die at once when they print into a pipe
 * whose reader is gone (tried: an apply whose parent was killed had created its resources and
 * left no state of them). With files they outlive the parent; that they do not outlive it for
 * long is {@link endsWithParent}'s part: interrupted, they stop in order and write their state.
 */
export async function follow(options: FollowOptions): Promise<ChildEnd> {
  const { keep, onLine, signal } = options;
  const stdout = await open(outputIn(keep), 'w+', 0o600);
  const stderr = await open(join(keep, 'stderr'), 'w+', 0o600);
  const failed = new AbortController();
  const { child, ended } = startChild(
    endsWithParent({
      ...options,
      signal: signal ? AbortSignal.any([signal, failed.signal]) : failed.signal,
    }),
    ['ignore', stdout.fd, stderr.fd, 'pipe'],
  );
  const over = new AbortController();
  const end = ended.finally(() => over.abort());
  // Looked at below, where it may come too late for Node.
  end.catch(() => {});
  try {
    // First of all, so that whoever has seen a line of this run can also find its process.
    await recordRun(keep, child.pid);
    await Promise.all([
      readLines(stdout, over.signal, line => onLine('stdout', line)),
      readLines(stderr, over.signal, line => onLine('stderr', line)),
    ]);
    const result = await end;
    await clearRun(keep, child.pid);
    return result;
  } catch (error) {
    // A full disk, or whoever hears the lines: without a reader the tool must not go on.
    failed.abort();
    await end.catch(() => {});
    throw error;
  } finally {
    await stdout.close();
    await stderr.close();
  }
}

/** What the last run in a folder printed, read once it has ended: for a run whose reader died. */
export async function replay(
  keep: string,
  onLine: (line: string) => void,
): Promise<void> {
  const stdout = await open(outputIn(keep), 'r');
  try {
    await readLines(stdout, AbortSignal.abort(), onLine);
  } finally {
    await stdout.close();
  }
}

/** Reads a growing file line by line until its writer is over and all is read. */
async function readLines(
  file: FileHandle,
  over: AbortSignal,
  onLine: (line: string) => void,
) {
  const lines = new LineReader(onLine);
  const buffer = Buffer.allocUnsafe(64 * 1024);
  for (let position = 0; ;) {
    // Asked before reading: whatever was printed before the end is in the file by then.
    const last = over.aborted;
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    position += bytesRead;
    if (bytesRead > 0) lines.push(buffer.subarray(0, bytesRead));
    else if (last) break;
    else await wait(LOOK_AGAIN_MS, undefined, { signal: over }).catch(() => {});
  }
  lines.end();
}
