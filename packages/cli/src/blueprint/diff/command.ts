import { Command } from 'commander';
import { Terminal } from '../../portal/command';
import { connect, connectionOf } from '../../portal/connect';
import { CommandError } from '../../portal/failures';
import { compareSides } from './compare';
import { readSide } from './sides';
import { asText } from './text';

interface DiffOptions {
  as?: string;
  json?: boolean;
  failOnBreaking?: boolean;
}

/** `./greenroom blueprint diff`; it calls a portal only when a side is there. */
export function addDiffCommand(blueprint: Command, terminal: Terminal): void {
  blueprint
    .command('diff <from> <to>')
    .description(
      'what differs between two files, or a file and NAME@VERSION in the portal',
    )
    .option('--fail-on-breaking', 'end with 1 when a change may break')
    .option('--as <person>', 'a sample person of a portal on this machine')
    .option('--json', 'answer for programs')
    .action(async (from: string, to: string, options: DiffOptions) => {
      const portal = () => connect(connectionOf(terminal.env, options));
      const difference = compareSides(
        await readSide(from, portal),
        await readSide(to, portal),
      );
      terminal.say(
        options.json ? JSON.stringify(difference, null, 2) : asText(difference),
      );
      const breaking = difference.changes.filter(each => each.breaking).length;
      if (breaking > 0 && options.failOnBreaking) {
        throw new CommandError(
          `Changes that may break what runs: ${breaking}.`,
          'Those behind ! keep environments from being upgraded as they are; the page of the version says which.',
        );
      }
    });
}
