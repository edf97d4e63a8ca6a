import {
  EnvironmentLease,
  formatDurationSeconds,
  LeaseChange,
  LeaseLedgerEntry,
  LeaseLimit,
  MoreTimeRequest,
  Page,
} from '@greenroom/plugin-environments-common';
import { table } from '../portal/table';

/** A lease in words: when it ends and why, the rules, what may be done. */
export function describeLease(lease: EnvironmentLease): string {
  const { rules, extension, extensionsUsed } = lease;
  const lines = [
    `${lease.environmentName}: ${standing(lease)}`,
    `  because   ${lease.reason} (${lease.rule})`,
    `  granted   ${lease.grantedAt}`,
  ];
  if (lease.maxExpiresAt) lines.push(`  at most   ${lease.maxExpiresAt}`);
  lines.push(
    `  extended  ${extensionsUsed} ${extensionsUsed === 1 ? 'time' : 'times'}`,
  );
  if (lease.brake) {
    lines.push(
      `  waits     since ${lease.brake.since} for an operator's word: it fell due in a leap of the clock (./greenroom lease brake show)`,
    );
  }
  if (lease.moreTime) lines.push(...describeMoreTime(lease.moreTime));
  if (lease.hold) {
    const { until, by, reason } = lease.hold;
    lines.push(`  held      until ${until} by ${by}: ${reason}`);
  }
  if (lease.protection) {
    const { since, by, reason } = lease.protection;
    lines.push(`  protected since ${since} by ${by}: ${reason}`);
  }
  if (extension.problem) {
    const { message, remedy } = extension.problem;
    lines.push(`  can't be extended: ${message}`);
    if (remedy) lines.push(`            → ${remedy}`);
  } else {
    const left = extension.left === undefined ? '' : `, ${extension.left} left`;
    lines.push(`  may go to ${extension.until} by one extension${left}`);
  }
  const limits = [
    ['default', rules.default],
    ['min', rules.min],
    ['max', rules.max],
    ['extend by', rules.extendBy],
    ['hold', rules.holdMax],
    ['jitter', rules.jitter],
  ] as const;
  const rows = limits.flatMap(([name, limit]) =>
    limit ? [row(name, limit, formatDurationSeconds(limit.value))] : [],
  );
  if (rules.extensions) {
    const { value } = rules.extensions;
    rows.push(row('extensions', rules.extensions, String(value)));
  }
  return [...lines, '', table(['  RULE', 'LIMIT', 'FROM'], rows)].join('\n');
}

export function describeEntries(page: Page<LeaseLedgerEntry>): string {
  return [
    entryTable(page.items),
    `${page.items.length} of ${page.total}.`,
    ...(page.nextCursor ? [`More: --cursor ${page.nextCursor}`] : []),
  ].join('\n');
}

export function describeChange({
  dryRun,
  entries,
  lease,
}: LeaseChange): string {
  return [
    entryTable(entries),
    dryRun
      ? `It would be so: ${standing(lease)}.`
      : `${lease.environmentName}: ${standing(lease)}.`,
    ...entries.flatMap(whatNext),
  ].join('\n');
}

function whatNext({ kind, detail }: LeaseLedgerEntry): string[] {
  if (kind === 'ask') {
    return ['It moves nothing until somebody approves it.'];
  }
  if (kind === 'cap') {
    return [`For all of it, ask: --until ${detail.wanted} --ask "why"`];
  }
  return [];
}

/** What was asked for last, and what came of it. */
function describeMoreTime(request: MoreTimeRequest): string[] {
  const { askedBy, askedAt, until, reason, state, answer } = request;
  const asks = `  asked     for ${until} by ${askedBy} at ${askedAt}: ${reason}`;
  if (!answer)
    return [asks, '            waits for an answer; it moves nothing'];
  const words = answer.reason ? `: ${answer.reason}` : '';
  return [asks, `            ${state} by ${answer.by} at ${answer.at}${words}`];
}

function standing(lease: EnvironmentLease): string {
  switch (lease.stage) {
    case 'running':
      return lease.expiresAt ? `ends at ${lease.expiresAt}` : 'does not expire';
    case 'grace':
      return `its time is up; it is destroyed at ${lease.graceEndsAt}`;
    case 'blocked':
      return 'its time is up, and it is protected';
    case 'ending':
      return 'is being destroyed';
    case 'ended':
      return `ended at ${lease.endedAt}`;
    default:
      return lease.stage satisfies never;
  }
}

function entryTable(entries: LeaseLedgerEntry[]): string {
  return table(
    ['AT', 'WHAT', 'ENDS THEN', 'BY', 'RULE', 'WHY'],
    entries.map(({ at, kind, expiresAfter, actor, rule, reason }) => [
      at,
      kind,
      expiresAfter ?? '',
      actor,
      rule,
      reason,
    ]),
  );
}

function row(name: string, { rule }: LeaseLimit, value: string): string[] {
  return [`  ${name}`, value, rule];
}
