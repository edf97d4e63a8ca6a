import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Problem } from './problem.mjs';

const FETCHER = fileURLToPath(new URL('./fetcher.mjs', import.meta.url));

// Node heeds HTTPS_PROXY and its like only when told so at its start, hence
// a process of its own.
async function fetcher(args, timeoutMs) {
  await promisify(execFile)(process.execPath, [FETCHER, ...args], {
    env: { ...process.env, NODE_USE_ENV_PROXY: '1' },
    timeout: timeoutMs,
  });
}

/** Fetches a file, or throws a Problem that says why it could not be had. */
export async function download(url, file, timeoutMs) {
  try {
    await fetcher([url, file], timeoutMs);
  } catch (error) {
    const reason = error.killed ? 'too slow' : error.stderr?.trim();
    throw new Problem(`${url} can't be fetched (${reason || error.message}).`);
  }
}

/** Whether an address answers in that time. */
export async function answersWithin(url, timeoutMs) {
  try {
    await fetcher([url], timeoutMs);
    return true;
  } catch {
    return false;
  }
}
