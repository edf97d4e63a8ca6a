// Runs one long-lived process on behalf of a launcher, and outlives it just
// long enough to stop that process. The launcher holds the other end of our
// standard input: however it ends, even by SIGKILL, the pipe closes, and that
// is the sign to stop. Started by service.mjs, which describes the argument.
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';
import { writeAtomic } from './atomic.mjs';
import { identify, signal } from './processes.mjs';

const spec = JSON.parse(process.argv[2]);

const log = openSync(spec.log, 'a');
const child = spawn(spec.command, spec.args, {
  cwd: spec.cwd,
  uid: spec.uid,
  gid: spec.gid,
  // A group of its own, so that its children can be ended with it.
  detached: true,
  stdio: ['ignore', log, log],
});

let stopping = false;

function stop() {
  if (stopping) {
    return;
  }
  stopping = true;
  // To the process alone: it knows best how to end its own children.
  signal(child.pid, spec.stopSignal);
  setTimeout(killGroup, spec.graceMs).unref();
}

function killGroup() {
  signal(-child.pid, 'SIGKILL');
}

child.once('error', error => {
  process.stderr.write(`${spec.command}: ${error.message}\n`);
  process.exit(127);
});

child.once('spawn', () => {
  writeAtomic(
    spec.record,
    JSON.stringify({
      launcher: spec.launcher,
      guard: identify(process.pid),
      child: identify(child.pid),
      stopSignal: spec.stopSignal,
    }),
  );
});

child.once('exit', (code, name) => {
  killGroup();
  rmSync(spec.record, { force: true });
  process.stderr.write(name ? `ended by ${name}\n` : `exit code ${code}\n`);
  process.exit(code ?? 1);
});

process.stdin.on('data', () => killGroup());
process.stdin.once('end', stop);
process.stdin.once('error', stop);
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(name, stop);
}
