import { Command } from 'commander';
import {
  formatDurationSeconds,
  LeaseBrake,
  LeaseBrakeAnswer,
  LeaseBrakeStatus,
  Page,
  WaitingLease,
} from '@greenroom/plugin-environments-common';
import { onPortal, Portal, Terminal } from '../portal/command';
import { CommandError } from '../portal/failures';
import { table } from '../portal/table';

interface WordOptions {
  reason: string;
  dryRun?: boolean;
}

/** `./greenroom lease brake …` */
export function addBrakeCommands(lease: Command, terminal: Terminal): void {
  const brake = lease
    .command('brake')
    .description('leases that fell due in a leap of the clock, and wait');

  onPortal<{ limit: number; cursor?: string }>(
    brake
      .command('show')
      .description('whether it is set, why, and what waits')
      .option('--limit <count>', 'at most so many, 1 to 100', Number, 50)
      .option('--cursor <text>', 'the next page, as the last answer said'),
    terminal,
    async ({ client, options, answer }) => {
      const { limit, cursor } = options;
      const status = await client.getLeaseBrake();
      const waiting = await client.listWaitingLeases({ limit, cursor });
      answer({ ...status, waiting }, () => describeStatus(status, waiting));
    },
  );

  onPortal<WordOptions>(
    word(brake.command('release').description('have them end now')),
    terminal,
    async portal => {
      const { id, ...request } = await seen(portal);
      const said = await portal.client.releaseLeaseBrake(id, request);
      portal.answer(said, () => describeAnswer(said));
    },
  );

  onPortal<WordOptions & { by: string }>(
    word(
      brake
        .command('postpone')
        .description('nothing of them falls due for so long')
        .requiredOption('--by <duration>', 'from now on: 8h, 2d'),
    ),
    terminal,
    async portal => {
      const { id, ...request } = await seen(portal);
      const { by } = portal.options;
      const said = await portal.client.postponeLeaseBrake(id, {
        ...request,
        by,
      });
      portal.answer(said, () => describeAnswer(said));
    },
  );
}

function word(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'for the record')
    .option('--dry-run', 'say what would be, and change nothing');
}

async function seen({ client, options }: Portal<WordOptions>) {
  const { brake } = await client.getLeaseBrake();
  if (brake && !brake.word) {
    const { reason, dryRun } = options;
    const { id, revision } = brake;
    return { id, revision, reason, dryRun };
  }
  throw new CommandError(
    brake
      ? 'Somebody has said already what becomes of what waits.'
      : 'The brake is not set: nothing waits.',
    'Look at it as it is now: ./greenroom lease brake show',
  );
}

function describeStatus(
  { brake, limits }: LeaseBrakeStatus,
  waiting: Page<WaitingLease>,
): string {
  const { leapSeconds, sharePercent, atLeast } = limits;
  const usual = `It is set when more than ${sharePercent} % of the leases, and ${atLeast} or more, fall due in a leap of more than ${formatDurationSeconds(leapSeconds)}.`;
  if (!brake) return `The brake is not set: nothing waits.\n${usual}`;
  return [
    describeBrake(brake),
    usual,
    '',
    table(
      ['WAITS', 'OWNER', 'DUE'],
      waiting.items.map(({ environmentName, owner, dueAt }) => [
        environmentName,
        owner,
        dueAt,
      ]),
    ),
    `${waiting.items.length} of ${waiting.total}.`,
    ...(waiting.nextCursor ? [`More: --cursor ${waiting.nextCursor}`] : []),
  ].join('\n');
}

function describeBrake(brake: LeaseBrake): string {
  const { falling, living, waiting, owners, ownersTotal, word: said } = brake;
  const percent = Math.round((100 * falling) / living);
  return [
    `The brake is set since ${brake.since}: ${falling} of ${living} leases (${percent} %) fell due at once.`,
    `  looked at  ${brake.dueAfter}, then at ${brake.dueUntil}`,
    `  waiting    ${waiting} of ${ownersTotal} ${ownersTotal === 1 ? 'owner' : 'owners'}`,
    ...owners.map(one => `             ${one.waiting} of ${one.owner}`),
    ...(said
      ? [
          `  postponed  to ${said.until} by ${said.by}: ${said.reason}; being entered in their ledgers`,
        ]
      : []),
  ].join('\n');
}

function describeAnswer({
  dryRun,
  environments,
  brake: { word: said },
}: LeaseBrakeAnswer): string {
  const many = `${environments} ${environments === 1 ? 'environment' : 'environments'}`;
  const what = said?.until
    ? `nothing of ${many} falls due before ${said.until}`
    : `${many} end now`;
  return dryRun
    ? `It would be so: ${what}. Nothing was changed.`
    : `Said: ${what}.`;
}
