import {
  BlueprintIdle,
  EnvironmentState,
  formatDurationSeconds,
  LeaseRules,
  mayBegin,
} from '@greenroom/plugin-environments-common';
import { addSeconds, earlierOf, laterOf } from '../clock';
import { latestEnd } from '../leases/extend';
import { LeaseProjection } from '../leases/ledger';

/** A signal is noted down at most this often: what was seen counts until then. */
export const NOTED_SECONDS = 60;

/** A probe that has not answered for so many of its turns says nothing of that time. */
const TURNS_MISSED = 3;

/** An end moves by use only by so much at once, or by a tenth of the bump: ledgers are for reading. */
const LEAST_BUMP_SECONDS = 300;

/** What was seen of the use of an environment, and where. */
export interface Seen {
  signal: string;
  at: Date;
}

/** What a probe knows. */
export interface ProbeFacts {
  name: string;
  everySeconds: number;
  /** Its last answer; absent: there was none. */
  answeredAt?: Date;
  /** Since when all its answers have been that nobody uses it. */
  quietSince?: Date;
}

/** What is known of an environment when it is asked whether somebody uses it. */
export interface IdleFacts {
  idle: BlueprintIdle;
  /** Since when it is on as it is, and the portal was there to see use. */
  since: Date;
  /** The last that was seen. */
  seen?: Seen;
  probes: ProbeFacts[];
  state: EnvironmentState;
  /** Some component of it does something when it is paused. */
  pausable: boolean;
  lease: LeaseProjection;
}

export type IdleDecision =
  /** Nothing follows before it is on again. */
  | { move: 'none' }
  /** It does not count as idle before then. */
  | { move: 'wait'; until: Date }
  /** It would, and stays as it is. */
  | { move: 'stay'; why: string }
  | { move: 'pause' }
  | { move: 'end'; endsAt: Date };

/** Nothing was seen since then. */
export function quietSince({ since, seen, probes }: IdleFacts): Date {
  const moments = [
    ...(seen ? [addSeconds(seen.at, NOTED_SECONDS)] : []),
    ...probes.flatMap(probe => (probe.quietSince ? [probe.quietSince] : [])),
  ];
  return moments.reduce(laterOf, since);
}

/** What is done about an environment of which nothing was seen. What is not known is never taken for idle. */
export function decideIdle(facts: IdleFacts, now: Date): IdleDecision {
  const { idle, state, lease } = facts;
  if (state === 'paused' || state === 'destroyed') return { move: 'none' };
  const until = addSeconds(quietSince(facts), idle.afterSeconds);
  if (until > now) return { move: 'wait', until };
  const why = whyStays(facts, now);
  if (why) return { move: 'stay', why };
  if (idle.then === 'pause') return { move: 'pause' };
  const endsAt = addSeconds(now, idle.graceSeconds ?? 0);
  return lease.expiresAt && lease.expiresAt <= endsAt
    ? { move: 'stay', why: 'its lease ends sooner anyway' }
    : { move: 'end', endsAt };
}

/** What keeps an environment as it is, used or not; undefined: nothing does. */
export function whyStays(
  { idle, state, pausable, probes, lease }: IdleFacts,
  now: Date,
): string | undefined {
  const { stage, hold, protection } = lease;
  if (stage !== 'running') return 'its time is up';
  if (protection) return 'it is protected';
  if (hold && hold.until > now) return 'it is held';
  const silent = probes.filter(probe => isSilent(probe, now));
  if (silent.length > 0) {
    return `nobody knows: no answer of the probe ${silent.map(({ name }) => name).join(', ')}`;
  }
  if (idle.then === 'destroy') return undefined;
  if (!pausable) return 'none of its components can be paused';
  return mayBegin(state, 'pause') ? undefined : `it is ${state}`;
}

function isSilent({ answeredAt, everySeconds }: ProbeFacts, now: Date) {
  return (
    !answeredAt || addSeconds(answeredAt, silenceSeconds(everySeconds)) < now
  );
}

/** What a probe was told: that it is used, or not, or when it was used last. */
export type Answer = boolean | Date;

/**
 * What a probe knows after one answer more. Where it had been silent for too long, that it is not
 * used now says nothing of that time.
 */
export function withAnswer(
  probe: ProbeFacts,
  answer: Answer,
  now: Date,
): ProbeFacts {
  const quietBefore = isSilent(probe, now) ? undefined : probe.quietSince;
  const quiet = answer === true ? now : (quietBefore ?? now);
  return {
    ...probe,
    answeredAt: now,
    quietSince: answer instanceof Date ? earlierOf(answer, now) : quiet,
  };
}

/** After so long without an answer, nobody knows what was meanwhile. */
export function silenceSeconds(everySeconds: number): number {
  return TURNS_MISSED * everySeconds;
}

/** An end that came of nobody using an environment, and what it took the place of. */
export interface IdleEnding {
  quietSince: Date;
  expiresAt: Date;
  before: { expiresAt?: Date; reason: string };
}

/** Where use moves the end of a lease to; absent from `expiresAt`: it does not expire. */
export interface Bump {
  rule: 'idle.bump' | 'idle.after';
  reason: string;
  expiresAt?: Date;
}

/**
 * What follows from use for the end of a lease: an end that came of idleness is taken back, and by
 * a `bump` the environment has at least so long from then, within the maximum. An end that a person
 * has chosen to be early stays.
 */
export function decideBump(
  facts: IdleFacts & { ending?: IdleEnding; rules: LeaseRules },
  now: Date,
): Bump | undefined {
  const { idle, lease, ending } = facts;
  const { expiresAt } = lease;
  if (lease.stage !== 'running' || !expiresAt) return undefined;
  const bumped = bumpedEnd(facts, now);
  if (
    ending &&
    stands(ending, lease) &&
    quietSince(facts) > ending.quietSince
  ) {
    const { before } = ending;
    return {
      rule: 'idle.after',
      reason: `${before.reason}; it was idle for a while, and is used again`,
      expiresAt:
        bumped && before.expiresAt
          ? laterOf(bumped, before.expiresAt)
          : before.expiresAt,
    };
  }
  if (!bumped || lease.rule === 'lease.shortened') return undefined;
  if (bumped < addSeconds(expiresAt, leastMove(idle))) return undefined;
  return {
    rule: 'idle.bump',
    reason: `used, which keeps it for ${formatDurationSeconds(idle.bumpSeconds!)}`,
    expiresAt: bumped,
  };
}

/** Use from then on may move the end of the lease; undefined: none does. */
export function heedFrom(
  { idle, lease }: Pick<IdleFacts, 'idle' | 'lease'>,
  ending: IdleEnding | undefined,
): Date | undefined {
  if (lease.stage !== 'running') return undefined;
  if (ending && stands(ending, lease)) {
    return addSeconds(ending.quietSince, -NOTED_SECONDS);
  }
  if (!lease.expiresAt || !idle.bumpSeconds) return undefined;
  return addSeconds(lease.expiresAt, leastMove(idle) - idle.bumpSeconds);
}

/** Whether the end of the lease is the one that came of idleness: nobody has moved it since. */
export function stands(ending: IdleEnding, { expiresAt }: LeaseProjection) {
  return expiresAt?.getTime() === ending.expiresAt.getTime();
}

function bumpedEnd(
  { idle, seen, lease, rules }: Parameters<typeof decideBump>[0],
  now: Date,
): Date | undefined {
  if (idle.bumpSeconds === undefined || !seen) return undefined;
  const wanted = addSeconds(seen.at, idle.bumpSeconds);
  const { at: latest } = latestEnd(lease, rules, now);
  return earlierOf(wanted, latest);
}

function leastMove({ bumpSeconds = 0 }: BlueprintIdle): number {
  return Math.max(LEAST_BUMP_SECONDS, bumpSeconds / 10);
}
