import {
  BLUEPRINT_LIMITS,
  formatDurationSeconds,
  LeaseExtension,
  LeaseLimit,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { addSeconds, earlierOf, laterOf } from '../clock';
import { EntryDraft } from './entry';
import { leaseProblem as refusal, Refusal } from './errors';
import { LeaseProjection } from './ledger';
import { limitedBy } from './words';

/** What somebody asks for, checked to be one of both. */
export interface Move {
  bySeconds?: number;
  until?: Date;
  reason?: string;
  actor: string;
}

/** What follows from a request: entries to write, oldest first, or why there are none. */
export type Decision =
  { drafts: EntryDraft[]; refused?: undefined } | { refused: Refusal };

/** Only by those who may; it is for the service to see to that. */
const BEYOND =
  'Beyond the limits, ask for more time and say why: whoever has the permission environments.lease.override answers.';

/**
 * Moves the expiry to later, within the rules in force. What only goes beyond the maximum is cut.
 *
 * @param override sets the limits aside where they are in the way
 */
export function decideExtend(
  lease: LeaseProjection,
  rules: LeaseRules,
  { override, ...move }: Move & { override: boolean },
  now: Date,
): Decision {
  const { expiresAt } = lease;
  const standing = refuseStanding(lease);
  if (standing) return { refused: standing };
  if (!expiresAt) {
    return refused(
      'lease.unlimited',
      'This environment does not expire.',
      'Shorten its lease to give it an end.',
    );
  }
  const from = laterOf(expiresAt, now);
  const wanted = wantedEnd(lease, rules, move, from);
  if (!wanted) {
    return refused(
      'lease.extension.amount',
      'No rule says by how much this lease is extended at once.',
      'Say by how much, such as 24h, or until when.',
      '/by',
    );
  }
  if (wanted <= from) {
    return refused(
      'lease.extension.not-later',
      `That is not later than ${from.toISOString()}, when it ${from === now ? 'is up' : 'ends'} as it is.`,
      'Choose a later moment; to have it end earlier, shorten it.',
      '/until',
    );
  }
  const latest = latestEnd(lease, rules, now);
  const tooMuch = refuseAmount(lease, rules, { from, wanted, latest });
  if (override && (tooMuch || wanted > latest.at)) {
    return { drafts: [extension(move, wanted, from, 'lease.override', true)] };
  }
  if (tooMuch) return { refused: tooMuch };
  if (wanted <= latest.at) {
    return { drafts: [extension(move, wanted, from, 'lease.extended')] };
  }
  return {
    drafts: [
      extension(move, latest.at, from, 'lease.extended'),
      {
        kind: 'cap',
        actor: move.actor,
        reason: `Asked for was ${wanted.toISOString()}, which is later than ${limitedBy(latest.rule)}`,
        rule: latest.rule,
        expiresAfter: latest.at,
        detail: { wanted: wanted.toISOString() },
      },
    ],
  };
}

/** What would refuse or cut an extension to that moment; undefined: it is within the limits. */
export function limitInTheWay(
  lease: LeaseProjection,
  rules: LeaseRules,
  wanted: Date,
  now: Date,
): Refusal | undefined {
  const from = laterOf(lease.expiresAt ?? now, now);
  const latest = latestEnd(lease, rules, now);
  const tooMuch = refuseAmount(lease, rules, { from, wanted, latest });
  if (tooMuch || wanted <= latest.at) return tooMuch;
  return refusal(
    'lease.maximum.reached',
    `It may not be extended beyond ${latest.at.toISOString()}, the latest that ${limitedBy(latest.rule)}.`,
    BEYOND,
  );
}

/** How far it could be moved now, or why not at all. */
export function describeExtension(
  lease: LeaseProjection,
  rules: LeaseRules,
  now: Date,
): LeaseExtension {
  const { expiresAt, extensionsUsed } = lease;
  const latest = latestEnd(lease, rules, now).at;
  const from = expiresAt && laterOf(expiresAt, now);
  const furthest =
    from && rules.extendBy
      ? earlierOf(addSeconds(from, rules.extendBy.value), latest)
      : latest;
  const least = addSeconds(from ?? now, 1);
  const decision = decideExtend(
    lease,
    rules,
    // At the limit, what the least more would be refused for.
    { actor: '', override: false, until: laterOf(furthest, least) },
    now,
  );
  return {
    usualSeconds: usualStep(rules)?.value,
    left:
      rules.extensions && Math.max(0, rules.extensions.value - extensionsUsed),
    ...(decision.refused
      ? { problem: decision.refused }
      : { until: furthest.toISOString() }),
  };
}

/** What is in the way of any change of the expiry. */
export function refuseStanding({
  stage,
  endedAt,
}: LeaseProjection): Refusal | undefined {
  if (stage === 'ended') {
    return refusal(
      'lease.ended',
      `The environment was destroyed${endedAt ? `, and its lease ended at ${endedAt.toISOString()}` : ''}.`,
      'A destroyed environment stays so; create a new one.',
    );
  }
  if (stage === 'ending') {
    return refusal(
      'lease.ending',
      'The environment is being destroyed.',
      'To keep it, wait for the end of that operation, or cancel it, and remediate what is left.',
    );
  }
  return undefined;
}

interface Latest {
  at: Date;
  rule: string;
}

/** The last moment that an extension may reach: counted from the request, however often it is asked. */
export function latestEnd(
  { grantedAt, maxExpiresAt }: LeaseProjection,
  { max }: LeaseRules,
  now: Date,
): Latest {
  const limits: Latest[] = [
    { at: addSeconds(now, BLUEPRINT_LIMITS.ttlSeconds), rule: 'lease.longest' },
  ];
  if (maxExpiresAt) limits.push({ at: maxExpiresAt, rule: 'lease.granted' });
  if (max)
    limits.push({ at: addSeconds(grantedAt, max.value), rule: max.rule });
  return limits.reduce((least, each) => (each.at <= least.at ? each : least));
}

function refuseAmount(
  lease: LeaseProjection,
  { extensions, extendBy }: LeaseRules,
  { from, wanted, latest }: { from: Date; wanted: Date; latest: Latest },
): Refusal | undefined {
  if (extensions && lease.extensionsUsed >= extensions.value) {
    return refusal(
      'lease.extension.limit',
      extensions.value === 0
        ? `No extension is what ${limitedBy(extensions.rule)}.`
        : `It has been extended ${lease.extensionsUsed} times, and ${extensions.value} is what ${limitedBy(extensions.rule)}.`,
      BEYOND,
    );
  }
  if (from >= latest.at) {
    return refusal(
      'lease.maximum.reached',
      `Its end, ${from.toISOString()}, is the latest that ${limitedBy(latest.rule)}: the maximum counts from ${lease.grantedAt.toISOString()}, when it was asked for.`,
      BEYOND,
    );
  }
  const seconds = (wanted.getTime() - from.getTime()) / 1000;
  if (extendBy && seconds > extendBy.value) {
    return refusal(
      'lease.extension.too-long',
      `${formatDurationSeconds(seconds)} more at once is over the ${formatDurationSeconds(extendBy.value)} that ${limitedBy(extendBy.rule)}.`,
      `Extend it by ${formatDurationSeconds(extendBy.value)} or less. ${BEYOND}`,
    );
  }
  return undefined;
}

function usualStep({
  extendBy,
  default: usual,
}: LeaseRules): LeaseLimit | undefined {
  return extendBy ?? usual;
}

function wantedEnd(
  { maxExpiresAt }: LeaseProjection,
  rules: LeaseRules,
  { until, bySeconds = usualStep(rules)?.value }: Move,
  from: Date,
): Date | undefined {
  if (until) return until;
  return bySeconds === undefined ? maxExpiresAt : addSeconds(from, bySeconds);
}

function extension(
  { actor, reason }: Move,
  end: Date,
  from: Date,
  rule: string,
  override?: true,
): EntryDraft {
  const seconds = (end.getTime() - from.getTime()) / 1000;
  const what = `extended by ${formatDurationSeconds(seconds)}${override ? ' beyond the limits' : ''}`;
  return {
    kind: 'extend',
    actor,
    reason: reason ? `${what}: ${reason}` : what,
    rule,
    expiresAfter: end,
    detail: override ? { override } : {},
  };
}

function refused(...parts: Parameters<typeof refusal>): Decision {
  return { refused: refusal(...parts) };
}
