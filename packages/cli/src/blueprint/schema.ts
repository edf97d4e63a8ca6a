import { Command } from 'commander';
import { blueprintSchema } from '@greenroom/plugin-environments-common';
import { Terminal } from '../portal/command';

/** `./greenroom blueprint schema` */
export function addSchemaCommand(blueprint: Command, terminal: Terminal): void {
  blueprint
    .command('schema')
    .description('JSON Schema of the document, for editors')
    .action(() => terminal.say(JSON.stringify(blueprintSchema, null, 2)));
}
