import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one with the same number: the time it
 * was started. Undefined when there is no such process.
 */
export function startMark(pid) {
  if (!Number.isInteger(pid) || pid <= 0) {
    return undefined;
  }
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name stands in brackets and may hold blanks and brackets itself.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    const out = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return out.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** A process as it is written into files: number and start mark. */
export function identify(pid) {
  return { pid, mark: startMark(pid) };
}

/** Whether the process that was written down is still the one running. */
export function isAlive(identity) {
  return (
    identity?.mark !== undefined && startMark(identity.pid) === identity.mark
  );
}

/** The command line of a process, for messages; undefined if unknown. */
export function commandLine(pid) {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** Signals a process, or with a negative number its group; false if gone. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Waits until `check` holds; false when the time is up first. */
export async function waitUntil(check, timeoutMs, everyMs = 50) {
  const end = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > end) {
      return false;
    }
    await new Promise(resolve => {
      setTimeout(resolve, everyMs);
    });
  }
  return true;
}
