import { Command } from 'commander';
import { onPortal, Terminal } from '../../portal/command';
import { sendBlueprint } from './send';

/** `./greenroom blueprint publish` */
export function addPublishCommand(
  blueprint: Command,
  terminal: Terminal,
): void {
  onPortal<{ draft?: boolean }>(
    blueprint
      .command('publish <file>')
      .description('send it to a portal, and wait until it is checked')
      .option('--draft', 'check and keep it; nobody is offered it yet'),
    terminal,
    async ({ client, options: { draft }, answer }, file) => {
      const version = await sendBlueprint(client, file, { draft });
      answer(
        version,
        () => `${version.name} ${version.version} is ${version.status}.`,
      );
    },
  );
}
