import { Command } from 'commander';
import {
  EnvironmentsClient,
  LeaseChange,
  Page,
  ProblemsError,
  WaitingMoreTime,
} from '@greenroom/plugin-environments-common';
import { onPortal, Portal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { CommandError, EXIT } from '../portal/failures';
import { table } from '../portal/table';
import { describeChange } from './text';

interface AnswerOptions {
  reason?: string;
  dryRun?: boolean;
}

/** What `extend` takes. */
export interface ExtendOptions extends AnswerOptions {
  by?: string;
  until?: string;
  override?: boolean;
  ask?: string;
}

/** Limits that somebody else may go beyond. */
const LIMITS = [
  'lease.extension.limit',
  'lease.extension.too-long',
  'lease.maximum.reached',
];

/** `./greenroom lease requests`, `approve`, `decline` and `withdraw`. */
export function addMoreTimeCommands(lease: Command, terminal: Terminal): void {
  onPortal<{ limit: number; cursor?: string }>(
    lease
      .command('requests')
      .description('who asks for more time than the limits allow, and waits')
      .option('--limit <count>', 'at most so many, 1 to 100', Number, 50)
      .option('--cursor <text>', 'the next page, as the last answer said'),
    terminal,
    async ({ client, options: { limit, cursor }, answer }) => {
      const page = await client.moreTime.list({ limit, cursor });
      answer(page, () => describeRequests(page));
    },
  );

  onAnswer(
    lease
      .command('approve <environment>')
      .description('give it the time that somebody asks for')
      .option('--reason <text>', 'for whoever asked'),
    (client, id, request) => client.moreTime.approve(id, request),
  );
  onAnswer<AnswerOptions & { reason: string }>(
    lease
      .command('decline <environment>')
      .description('leave it as it is, though somebody asks for more time')
      .requiredOption('--reason <text>', 'for whoever asked'),
    (client, id, request) => client.moreTime.decline(id, request),
  );
  onAnswer(
    lease
      .command('withdraw <environment>')
      .description('ask no more for the time that one has asked for')
      .option('--reason <text>', 'for the record'),
    (client, id, request) => client.moreTime.withdraw(id, request),
  );

  function onAnswer<Options extends AnswerOptions>(
    command: Command,
    say: (
      client: EnvironmentsClient,
      id: string,
      answer: Options & { request: string },
    ) => Promise<LeaseChange>,
  ): void {
    onPortal<Options>(
      command.option('--dry-run', 'say what would be, and change nothing'),
      terminal,
      async ({ client, options, answer }: Portal<Options>, environment) => {
        const id = await environmentId(client, environment);
        const request = await waitingRequest(client, id, environment);
        const { reason, dryRun } = options;
        const said = await say(client, id, {
          ...({ reason, dryRun } as Options),
          request,
        });
        answer(said, () => describeChange(said));
      },
    );
  }
}

/** Extends a lease, or asks for more time; a refusal says how to ask. */
export async function extendOrAsk(
  client: EnvironmentsClient,
  id: string,
  { by, until, override, ask, reason, dryRun }: ExtendOptions,
): Promise<LeaseChange> {
  if (ask !== undefined) {
    if (override || reason !== undefined) {
      throw new CommandError(
        '--ask has the reason in it, and goes without --reason and --override.',
        'Ask for more time, or extend it beyond the limits yourself.',
        EXIT.usage,
      );
    }
    return client.moreTime.ask(id, { by, until, reason: ask, dryRun });
  }
  try {
    return await client.extendLease(id, {
      by,
      until,
      override,
      reason,
      dryRun,
    });
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    const [problem] = error.problems;
    if (!problem || !LIMITS.includes(problem.code)) throw error;
    throw new CommandError(
      problem.message,
      `${problem.remedy} That is: the same again with --ask "why".`,
      EXIT.failed,
      error,
    );
  }
}

async function waitingRequest(
  client: EnvironmentsClient,
  id: string,
  name: string,
): Promise<string> {
  const { moreTime } = await client.getLease(id);
  if (moreTime?.state === 'waiting') return moreTime.id;
  throw new CommandError(
    moreTime?.answer
      ? `Nobody asks for more time for ${name}: ${moreTime.answer.by} answered at ${moreTime.answer.at}, it is ${moreTime.state}.`
      : `Nobody asks for more time for ${name}.`,
    'See who asks: ./greenroom lease requests',
  );
}

function describeRequests(page: Page<WaitingMoreTime>): string {
  if (page.total === 0) return 'Nobody asks for more time.';
  const rows = page.items.map(one => [
    one.environmentName,
    one.owner,
    one.askedBy,
    one.askedAt,
    one.expiresAt ?? '',
    one.until,
    one.reason,
  ]);
  return [
    table(['NAME', 'OWNER', 'BY', 'ASKED', 'ENDS', 'WANTED', 'WHY'], rows),
    `${page.items.length} of ${page.total}. Unanswered, they end as ENDS says.`,
    ...(page.nextCursor ? [`More: --cursor ${page.nextCursor}`] : []),
  ].join('\n');
}
