import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { parse } from 'yaml';
import {
  EstimatedCost,
  formatMoney,
  LeaseSimulation,
  LeaseSummary,
  Page,
  SimulatedCost,
  SimulatedLeasePage,
} from '@greenroom/plugin-environments-common';
import { onPortal, Terminal } from '../portal/command';
import { CommandError, EXIT } from '../portal/failures';
import { table } from '../portal/table';

interface PageOptions {
  limit: number;
  cursor?: string;
}

/** `./greenroom lease upcoming` and `./greenroom lease simulate`. */
export function addFleetCommands(lease: Command, terminal: Terminal): void {
  onPortal<PageOptions & { days: number }>(
    paged(
      lease
        .command('upcoming')
        .description('what ends in the next days, over all environments')
        .option('--days <count>', 'how far to look', Number, 7),
    ),
    terminal,
    async ({ client, options, answer }) => {
      const { days, limit, cursor } = options;
      const until = new Date(Date.now() + days * 86_400_000).toISOString();
      const page = await client.leases.list({ until, limit, cursor });
      answer(page, () => describeUpcoming(page));
    },
  );

  onPortal<PageOptions & { days: number }>(
    paged(
      lease
        .command('simulate <file>')
        .description('what would be under the rules of a file; changes nothing')
        .option('--days <count>', 'how far hours are counted', Number, 14),
    ),
    terminal,
    async ({ client, options, answer }, file) => {
      const { days: horizonDays, limit, cursor } = options;
      const request = { rules: await readRules(file), horizonDays };
      const simulation = await client.leases.simulate(request);
      const page = await client.leases.listSimulated({
        ...request,
        limit,
        cursor,
      });
      answer({ ...simulation, environments: page }, () =>
        describeSimulation(simulation, page),
      );
    },
  );
}

function paged(command: Command): Command {
  return command
    .option('--limit <count>', 'at most so many, 1 to 100', Number, 50)
    .option('--cursor <text>', 'the next page, as the last answer said');
}

/** A list of rules, or a configuration that has it at its place. */
async function readRules(file: string) {
  const found = await readFile(file, 'utf8')
    .then(text => parse(text))
    .catch(cause => {
      throw new CommandError(
        `${file} can't be read: ${cause.message}`,
        'Name a YAML file.',
        EXIT.usage,
        cause,
      );
    });
  const rules = found?.environments?.leases?.rules ?? found?.rules ?? found;
  if (Array.isArray(rules)) return rules;
  throw new CommandError(
    `${file} has no list of rules.`,
    'Write it as environments.leases.rules of the configuration.',
    EXIT.usage,
  );
}

function describeUpcoming(page: Page<LeaseSummary>): string {
  const rows = page.items.map(lease => [
    lease.dueAt ?? '',
    lease.environmentName,
    lease.owner,
    lease.stage === 'running' && lease.onExpiry === 'pause'
      ? 'paused'
      : 'destroyed',
    lease.hold ? `held: ${lease.hold.reason}` : lease.reason,
    lease.rule,
    perDayText(lease.cost),
  ]);
  return [
    table(['WHEN', 'NAME', 'OWNER', 'WHAT', 'WHY', 'RULE', 'COST A DAY'], rows),
    `${page.items.length} of ${page.total}.`,
    ...more(page.nextCursor),
  ].join('\n');
}

function describeSimulation(
  { leases, outcomes, horizonDays, ...simulation }: LeaseSimulation,
  page: SimulatedLeasePage,
): string {
  const { overMaximum, losesExtensions, hours } = simulation;
  const rows = page.items.map(one => [
    one.environmentName,
    one.owner,
    one.outcome,
    one.endsAt ?? 'never',
    one.wouldEndAt ?? '',
    one.rule ?? '',
    one.cost ? changeText(one.cost) : '',
  ]);
  const difference = Math.round(hours.simulated - hours.now);
  return [
    `Of ${leases} leases, had these rules held from the start: ${outcomes.ended} would have ended, ${outcomes.paused} be paused, ${outcomes.earlier} end earlier, ${outcomes.later} later, ${outcomes['needs-end']} need an end.`,
    `As they are, ${overMaximum} are over the maximum and ${losesExtensions} could be extended less. None of them ends earlier by a change of rules.`,
    `${difference > 0 ? '+' : ''}${difference} environment-hours within ${horizonDays} days.`,
    ...costLines(simulation),
    ...(rows.length > 0
      ? [
          '',
          table(
            ['NAME', 'OWNER', 'OUTCOME', 'ENDS', 'WOULD END', 'RULE', 'COST'],
            rows,
          ),
        ]
      : []),
    ...more(page.nextCursor),
  ].join('\n');
}

function perDayText(cost: EstimatedCost | undefined): string {
  return cost ? formatMoney(cost.perDay, cost.currency) : '';
}

/** Each currency for itself, and how much of it nobody knows. */
function costLines({
  costs,
  withoutCost,
}: Pick<LeaseSimulation, 'costs' | 'withoutCost'>): string[] {
  const sums = costs.map(
    cost => `Estimated cost in ${cost.currency}: ${changeText(cost)}.`,
  );
  return [...sums, `Without an estimate of their cost: ${withoutCost}.`];
}

function changeText({ currency, now, simulated }: SimulatedCost): string {
  const money = (amount: number) => formatMoney(amount, currency);
  return `${money(now)} -> ${money(simulated)}`;
}

function more(cursor: string | undefined): string[] {
  return cursor ? [`More: --cursor ${cursor}`] : [];
}
