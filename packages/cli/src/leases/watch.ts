import { Command } from 'commander';
import { onPortal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { table } from '../portal/table';

/** `./greenroom watch …` and `./greenroom unwatch …`. */
export function addWatchCommands(program: Command, terminal: Terminal): void {
  add('watch', 'be told of an environment what its owner is told');
  add('unwatch', 'be told of it no more');

  function add(name: 'watch' | 'unwatch', description: string): void {
    onPortal(
      program.command(`${name} <environment>`).description(description),
      terminal,
      async ({ client, answer }, environment) => {
        const id = await environmentId(client, environment);
        const watchers =
          name === 'watch'
            ? await client.watchEnvironment(id)
            : await client.unwatchEnvironment(id);
        answer(watchers, () =>
          watchers.length === 0
            ? 'Nobody watches it.'
            : table(
                ['WATCHED BY', 'SINCE'],
                watchers.map(({ watcher, since }) => [watcher, since]),
              ),
        );
      },
    );
  }
}
