import { Command } from 'commander';
import {
  EnvironmentsClient,
  LeaseChange,
} from '@greenroom/plugin-environments-common';
import { onPortal, Portal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { addBrakeCommands } from './brake';
import { checkTeardown } from './check';
import { addFleetCommands } from './fleet';
import { addMoreTimeCommands, ExtendOptions, extendOrAsk } from './moreTime';
import { verifyLeases } from './verify';
import { describeChange, describeEntries, describeLease } from './text';

interface ChangeOptions {
  reason?: string;
  dryRun?: boolean;
}

interface MoveOptions extends ChangeOptions {
  by?: string;
  until?: string;
}

/** `./greenroom lease …` and what is asked for most, `./greenroom extend …`. */
export function addLeaseCommands(program: Command, terminal: Terminal): void {
  const lease = program
    .command('lease')
    .description('when environments end, and why then');

  onPortal(
    lease
      .command('show <environment>')
      .description('its expiry, the rules in force, and how far it may go'),
    terminal,
    async ({ client, answer }, environment) => {
      const id = await environmentId(client, environment);
      const found = await client.getLease(id);
      answer(found, () => describeLease(found));
    },
  );

  onPortal<{ limit: number; cursor?: string }>(
    lease
      .command('entries <environment>')
      .description('its ledger, newest first')
      .option('--limit <count>', 'at most so many, 1 to 100', Number, 50)
      .option('--cursor <text>', 'the next page, as the last answer said'),
    terminal,
    async ({ client, options, answer }, environment) => {
      const { limit, cursor } = options;
      const id = await environmentId(client, environment);
      const page = await client.listLeaseEntries(id, { limit, cursor });
      answer(page, () => describeEntries(page));
    },
  );

  onPortal(
    lease
      .command('verify')
      .description('compare all leases with their ledgers; 1 if any differs'),
    terminal,
    verifyLeases,
  );
  addBrakeCommands(lease, terminal);
  addFleetCommands(lease, terminal);
  addMoreTimeCommands(lease, terminal);

  onPortal<{ source: string; note?: string }>(
    program
      .command('used <environment>')
      .description('say that it is used: nothing follows from its being idle')
      .option('--source <word>', 'where that was seen', 'cli')
      .option('--note <text>', 'for people'),
    terminal,
    async ({ client, options: { source, note }, answer }, environment) => {
      const id = await environmentId(client, environment);
      await client.activity.report(id, { source, note });
      answer(
        { environmentId: id, source },
        () => `Noted: ${environment} is used.`,
      );
    },
  );

  onPortal(
    lease
      .command('check <environment>')
      .description('plan its teardown, and change nothing; 1 if it would fail'),
    terminal,
    checkTeardown,
  );

  change<MoveOptions>(
    moving(
      lease.command('shorten <environment>').description('have it end earlier'),
    ),
    (client, id, { by, until, reason, dryRun }) =>
      client.shortenLease(id, { by, until, reason, dryRun }),
  );

  change<ExtendOptions>(
    moving(
      program
        .command('extend <environment>')
        .description('have it end later; by as much as is usual, if not said')
        .option('--override', 'beyond the limits, for those who may')
        .option(
          '--ask <reason>',
          'ask those who may; moves nothing until one approves',
        ),
    ),
    extendOrAsk,
  );

  change<ChangeOptions & { until: string }>(
    program
      .command('hold <environment>')
      .description('for an incident: nothing of it falls due until then')
      .requiredOption('--until <time>', 'such as 2027-01-31T18:00:00Z'),
    (client, id, { until, reason = '', dryRun }) =>
      client.holdLease(id, { until, reason, dryRun }),
  );
  change<ChangeOptions>(
    program
      .command('release <environment>')
      .description('end a hold; what is due by then falls due at once'),
    (client, id, { reason, dryRun }) =>
      client.releaseLease(id, { reason, dryRun }),
  );
  change<ChangeOptions>(
    lease
      .command('protect <environment>')
      .description('nobody destroys it, neither by hand nor its lease'),
    (client, id, { reason, dryRun }) =>
      client.protectEnvironment(id, { reason, dryRun }),
  );
  change<ChangeOptions>(
    lease
      .command('unprotect <environment>')
      .description('let it be destroyed again'),
    (client, id, { reason, dryRun }) =>
      client.unprotectEnvironment(id, { reason, dryRun }),
  );

  function change<Options extends ChangeOptions>(
    command: Command,
    make: (
      client: EnvironmentsClient,
      id: string,
      options: Options,
    ) => Promise<LeaseChange>,
  ): void {
    onPortal<Options>(
      command
        .option('--reason <text>', 'for the record')
        .option('--dry-run', 'say what would be, and change nothing'),
      terminal,
      async ({ client, options, answer }: Portal<Options>, environment) => {
        const id = await environmentId(client, environment);
        const made = await make(client, id, options);
        answer(made, () => describeChange(made));
      },
    );
  }
}

function moving(command: Command): Command {
  return command
    .option('--by <duration>', 'by so much: 90m, 24h, 2d')
    .option('--until <time>', 'to that moment: 2027-01-31T18:00:00Z');
}
