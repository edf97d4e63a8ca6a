import { program } from 'commander';
import { addBenchCommand } from './bench/command';
import { addChaosCommand } from './chaos/command';
import { Terminal } from './portal/command';
import { addPortalCommands, run } from './program';

const terminal: Terminal = {
  env: process.env,
  say: text => process.stdout.write(`${text}\n`),
  write: bytes => process.stdout.write(bytes),
  remark: text => process.stderr.write(`${text}\n`),
};
// `./greenroom logs … | head` has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

program.name('./greenroom');
addPortalCommands(program, terminal);
addBenchCommand(program);
addChaosCommand(program);

void run(program, process.argv.slice(2), terminal).then(code => {
  process.exitCode = code;
});
