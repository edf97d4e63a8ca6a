import { Command } from 'commander';
import { Terminal } from '../portal/command';
import { addInitCommand } from './init';
import { addLintCommand } from './lint/command';
import { addSchemaCommand } from './schema';

/** `./greenroom blueprint …` */
export function addBlueprintCommands(
  program: Command,
  terminal: Terminal,
): void {
  const blueprint = program
    .command('blueprint')
    .description('write blueprints, check them and publish them');
  addInitCommand(blueprint, terminal);
  addLintCommand(blueprint, terminal);
  addSchemaCommand(blueprint, terminal);
}
