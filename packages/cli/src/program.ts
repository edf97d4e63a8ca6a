import { Command, CommanderError } from 'commander';
import { addBulkCommands } from './bulk/command';
import { addBlueprintCommands } from './blueprint/command';
import { addLeaseCommands } from './leases/command';
import { addWatchCommands } from './leases/watch';
import { addLiveCommands } from './live/command';
import { Terminal } from './portal/command';
import { describeFailure, EXIT, exitCodeOf } from './portal/failures';
import { addLogsCommand } from './records/logs';
import { addOperationCommands } from './records/operations';
import { addStateCommands } from './records/state';
import { addSleepCommands } from './sleep/command';

/** The commands for people and their scripts; most of them call a portal. */
export function addPortalCommands(program: Command, terminal: Terminal): void {
  addOperationCommands(program, terminal);
  addLogsCommand(program, terminal);
  addStateCommands(program, terminal);
  addLeaseCommands(program, terminal);
  addSleepCommands(program, terminal);
  addLiveCommands(program, terminal);
  addBulkCommands(program, terminal);
  addWatchCommands(program, terminal);
  addBlueprintCommands(program, terminal);
}

/** Runs one command to its end; what went wrong is said, and gives the exit code. */
export async function run(
  program: Command,
  args: string[],
  terminal: Terminal,
): Promise<number> {
  everyCommand(program, command => command.exitOverride());
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said so itself.
      return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    }
    describeFailure(error).forEach(line => terminal.remark(line));
    return exitCodeOf(error);
  }
}

/** What is set on a command does not hold for those below it. */
function everyCommand(command: Command, use: (command: Command) => void): void {
  use(command);
  command.commands.forEach(inner => everyCommand(inner, use));
}
