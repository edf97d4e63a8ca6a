import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { startCommand } from './children.mjs';
import { Problem } from './problem.mjs';
import { signal } from './processes.mjs';

/** The last lines of a text, without blank ones at its end. */
export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count);
}

export function tailOf(file, count) {
  try {
    return lastLines(readFileSync(file, 'utf8'), count);
  } catch {
    return [];
  }
}

function start(command, args, options, stdio) {
  return startCommand(() =>
    spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      uid: options.uid,
      gid: options.gid,
      // A group of its own, so that what the command starts ends with it.
      detached: true,
      stdio,
    }),
  );
}

/**
 * Runs a command quietly: its output goes to `log`. Fails with a Problem
 * that holds the last lines and the place of the log, unless it `mayFail`.
 *
 * @returns its exit code; undefined if a signal ended it
 */
export async function run(command, args, options) {
  const handle = openSync(options.log, options.append ? 'a' : 'w');
  let end;
  try {
    end = await new Promise((resolve, reject) => {
      const child = start(command, args, options, ['ignore', handle, handle]);
      child.once('error', error =>
        reject(
          new Problem(`${command} could not be started: ${error.message}`),
        ),
      );
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
  } finally {
    closeSync(handle);
  }
  if (end.code !== 0 && !options.mayFail) {
    throw new Problem(
      [
        `${options.what ?? command} failed (${end.signal ?? `exit code ${end.code}`}). Its last lines:`,
        ...tailOf(options.log, 20).map(line => `    ${line}`),
      ].join('\n'),
      [`The whole log is in ${options.log}`, ...(options.remedies ?? [])],
    );
  }
  return end.code ?? undefined;
}

/**
 * Runs a short command for its output. Never throws for the command's sake:
 * `code` is undefined where it could not be started or took too long.
 */
export async function capture(command, args, options = {}) {
  return await new Promise(resolve => {
    const child = start(command, args, options, ['ignore', 'pipe', 'pipe']);
    const output = { stdout: '', stderr: '' };
    const timer = setTimeout(() => {
      signal(-child.pid, 'SIGKILL');
    }, options.timeoutMs ?? 30_000);
    child.stdout.setEncoding('utf8').on('data', text => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      output.stderr += text;
    });
    child.once('error', error => {
      clearTimeout(timer);
      resolve({ code: undefined, stdout: '', stderr: error.message });
    });
    child.once('close', code => {
      clearTimeout(timer);
      resolve({ code: code ?? undefined, ...output });
    });
  });
}
