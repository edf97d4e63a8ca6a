import { Command } from 'commander';
import { Terminal } from '../portal/command';
import { addDiffCommand } from './diff/command';
import { addEjectCommand } from './eject';
import { addInitCommand } from './init';
import { addLintCommand } from './lint/command';
import { addPublishCommand } from './publish/command';
import { addSchemaCommand } from './schema';
import { addTestCommand } from './trial/command';

/** `./greenroom blueprint …` */
export function addBlueprintCommands(
  program: Command,
  terminal: Terminal,
): void {
  const blueprint = program
    .command('blueprint')
    .description(
      'write blueprints, check, try and publish them; take environments out',
    );
  addInitCommand(blueprint, terminal);
  addLintCommand(blueprint, terminal);
  addDiffCommand(blueprint, terminal);
  addTestCommand(blueprint, terminal);
  addPublishCommand(blueprint, terminal);
  addEjectCommand(blueprint, terminal);
  addSchemaCommand(blueprint, terminal);
}
