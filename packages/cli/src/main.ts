import { Command, program } from 'commander';
import { Terminal } from './portal/command';
import { run } from './program';

const terminal: Terminal = {
  env: process.env,
  say: text => process.stdout.write(`${text}\n`),
  write: bytes => process.stdout.write(bytes),
  remark: text => process.stderr.write(`${text}\n`),
};

/** Runs what this process was started for, out of the commands that are added. */
export function main(
  addCommands: (added: Command, terminal: Terminal) => void,
): void {
  // `./greenroom logs … | head` has read enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  program.name('./greenroom');
  addCommands(program, terminal);
  void run(program, process.argv.slice(2), terminal).then(code => {
    process.exitCode = code;
  });
}
