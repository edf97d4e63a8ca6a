import { program } from 'commander';
import { addBenchCommand } from './bench/command';
import { addChaosCommand } from './chaos/command';

program.name('./greenroom');
addBenchCommand(program);
addChaosCommand(program);

program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
