import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import {
  BulkAction,
  BulkFilter,
  BulkOutcome,
  BulkRequest,
  EnvironmentScope,
  EnvironmentState,
} from '@greenroom/plugin-environments-common';
import { onPortal, Portal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { CommandError, EXIT } from '../portal/failures';
import { describeBulk } from './text';

interface Options {
  owner?: string[];
  blueprint?: string[];
  state?: EnvironmentState[];
  label?: string[];
  scope?: EnvironmentScope;
  by?: string;
  until?: string;
  reason?: string;
  dryRun?: boolean;
  yes?: boolean;
}

const ACTIONS: Record<BulkAction, string> = {
  extend: 'have them end later; by as much as is usual, if not said',
  hold: 'for an incident: nothing of them falls due until then',
  release: 'end their holds; what is due by then falls due at once',
  pause: 'scale down what their blueprints can pause',
  resume: 'start again what sleeps or was paused',
  destroy: 'take them down; needs --yes',
};

/** So many in one request; what is said of progress comes between them. */
const CHUNK = 25;

/** `./greenroom bulk …`: one change for many environments, named or found. */
export function addBulkCommands(program: Command, terminal: Terminal): void {
  const bulk = program
    .command('bulk')
    .description('one change for many environments, named or found by filters');
  for (const [action, description] of Object.entries(ACTIONS)) {
    onPortal<Options>(
      withOptions(
        bulk
          .command(`${action} [environments...]`)
          .description(description)
          .option('--owner <ref...>', 'those of any of these owners')
          .option('--blueprint <name...>', 'those made from any of these')
          .option('--state <state...>', 'running, paused, …')
          .option('--label <label...>', 'those with all: key or key=value')
          .option('--scope <scope>', 'mine, teams or all')
          .option('--reason <text>', 'for the record')
          .option('--dry-run', 'say what would be of each, and change nothing')
          .option('--yes', 'do it to all that are found, or destroy them'),
        action,
      ),
      terminal,
      // Commander gives all names as one argument.
      (portal, names) =>
        changeMany(portal, action as BulkAction, [names].flat()),
    );
  }
}

function withOptions(command: Command, action: string): Command {
  if (action === 'extend') {
    command.option('--by <duration>', 'by so much: 90m, 24h, 2d');
    command.option('--until <time>', 'to that moment: 2027-01-31T18:00:00Z');
  }
  if (action === 'hold') {
    command.requiredOption('--until <time>', 'such as 2027-01-31T18:00:00Z');
  }
  return command;
}

async function changeMany(
  { client, options, terminal, answer }: Portal<Options>,
  action: BulkAction,
  names: string[],
): Promise<void> {
  const { by, until, reason, dryRun, yes } = options;
  const filter = filterOf(options);
  if (names.length > 0 === (filter !== undefined)) {
    throw new CommandError(
      'It is not said which environments are meant, or in two ways.',
      'Name them, or find them by --owner, --blueprint, --state, --label or --scope.',
      EXIT.usage,
    );
  }
  const asked = { action, by, until, reason };
  const which: Pick<BulkRequest, 'ids' | 'filter'> = filter
    ? { filter }
    : {
        ids: await Promise.all(names.map(name => environmentId(client, name))),
      };
  const preview = await client.changeEnvironments({
    ...asked,
    ...which,
    dryRun: true,
  });
  if (dryRun) {
    answer(preview, () => describeBulk(preview));
    return;
  }
  if (!yes && (filter || action === 'destroy')) {
    terminal.remark(describeBulk(preview));
    throw new CommandError(
      `Nothing was done: ${action} is about ${preview.items.length} environments.`,
      'Do it by the same command with --yes.',
      EXIT.usage,
    );
  }
  const key = randomUUID();
  const ids = preview.items.map(item => item.environmentId);
  const outcome: BulkOutcome = { ...preview, dryRun: false, items: [] };
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK);
    const part = await client.changeEnvironments(
      { ...asked, ids: chunk, count: chunk.length },
      { idempotencyKey: `${key}-${from}` },
    );
    outcome.items.push(...part.items);
    if (ids.length > CHUNK) {
      terminal.remark(`${outcome.items.length} of ${ids.length}`);
    }
  }
  outcome.refused = outcome.items.filter(({ problem }) => problem).length;
  outcome.done = outcome.items.length - outcome.refused;
  answer(outcome, () => describeBulk(outcome));
  if (outcome.refused > 0) {
    throw new CommandError(
      `${outcome.refused} of ${ids.length} were refused.`,
      'Each says above why, and what to do about it.',
    );
  }
}

function filterOf(options: Options): BulkFilter | undefined {
  const { owner, blueprint, state, label, scope } = options;
  const filter = { owner, blueprint, state, label, scope };
  const isGiven = Object.values(filter).some(value => value !== undefined);
  return isGiven ? filter : undefined;
}
