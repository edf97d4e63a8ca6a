import { Command } from 'commander';
import { onPortal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { describeComponents, describeDetail } from './text';

/** `./greenroom live …`: what runs, by the systems that look after it between operations. */
export function addLiveCommands(program: Command, terminal: Terminal): void {
  const live = program
    .command('live')
    .description('what runs of an environment, by the systems that run it');

  onPortal(
    live
      .command('show <environment> [component]', { isDefault: true })
      .description('how its components stand, or all that is seen of one'),
    terminal,
    async ({ client, answer }, environment, component) => {
      const id = await environmentId(client, environment);
      if (component) {
        const found = await client.live.get(id, component);
        answer(found, () => describeDetail(found));
      } else {
        const found = await client.live.list(id);
        answer(found, () => describeComponents(environment, found));
      }
    },
  );

  onPortal(
    live
      .command('sync <environment> <component>')
      .description('have what was last applied made again'),
    terminal,
    async ({ client, answer }, environment, component) => {
      const id = await environmentId(client, environment);
      await client.live.sync(id, component);
      answer(
        { environmentId: id, component },
        () => `Asked for: ${component} of ${environment} is synced.`,
      );
    },
  );

  onPortal<{ to: string }>(
    live
      .command('rollback <environment> <component>')
      .description('have something made again that ran before')
      .requiredOption(
        '--to <id>',
        'of an entry of the history; `live show` with the component says it',
      ),
    terminal,
    async ({ client, options: { to }, answer }, environment, component) => {
      const id = await environmentId(client, environment);
      await client.live.rollback(id, component, { to });
      answer(
        { environmentId: id, component, to },
        () =>
          `Asked for: ${component} of ${environment} goes back to ${to}. What is declared stays as it is.`,
      );
    },
  );
}
