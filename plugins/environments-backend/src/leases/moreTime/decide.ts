import {
  BLUEPRINT_LIMITS,
  formatDurationSeconds,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { addSeconds, laterOf } from '../../clock';
import { leaseProblem } from '../errors';
import { Decision, decideExtend, limitInTheWay, Move } from '../extend';
import { LeaseProjection } from '../ledger';
import { LEASE_ACTOR } from '../service';
import { EntryDraft } from '../entry';
import { NewTimeRequest, TimeRequest } from './request';

/** What a request for more time comes to: it is written down, or refused. */
export type AskDecision =
  | {
      drafts: EntryDraft[];
      asked: Pick<NewTimeRequest, 'wantedEnd' | 'limit'>;
      refused?: undefined;
    }
  | Extract<Decision, { refused: object }>;

interface Asking extends Move {
  /** Of the request. */
  id: string;
  reason: string;
}

interface Word {
  actor: string;
  reason: string;
}

/** Moves nothing: it is for what an extension would be refused, or cut. */
export function decideAsk(
  lease: LeaseProjection,
  rules: LeaseRules,
  asking: Asking,
  waiting: TimeRequest | undefined,
  now: Date,
): AskDecision {
  // As if it were approved at once: what is refused then need not be asked.
  const granted = decideExtend(
    lease,
    rules,
    { ...asking, override: true },
    now,
  );
  if (granted.refused) return granted;
  const wantedEnd = granted.drafts[0].expiresAfter!;
  if (waiting) {
    return refused(
      'lease.more-time.waiting',
      `${waiting.askedBy} asked for more time until ${waiting.wantedEnd.toISOString()} at ${waiting.askedAt.toISOString()}, and waits for the answer: ${waiting.reason}`,
      'Wait for it too, or have that withdrawn by whoever asked, and ask for what is needed now.',
    );
  }
  const { ttlSeconds } = BLUEPRINT_LIMITS;
  if (wantedEnd > addSeconds(now, ttlSeconds)) {
    return refused(
      'lease.more-time.too-far',
      `${wantedEnd.toISOString()} is more than ${formatDurationSeconds(ttlSeconds)} away, the longest that any environment is given.`,
      'Ask for less; it may be asked for again.',
      '/until',
    );
  }
  const limit = limitInTheWay(lease, rules, wantedEnd, now);
  if (!limit) {
    return refused(
      'lease.more-time.not-needed',
      `${wantedEnd.toISOString()} is within the limits of this lease: nobody needs to be asked.`,
      'Extend it instead.',
    );
  }
  const { code, message } = limit;
  const wanted = wantedEnd.toISOString();
  return {
    asked: { wantedEnd, limit: { code, message } },
    drafts: [
      {
        kind: 'ask',
        actor: asking.actor,
        reason: `asked for more time until ${wanted}: ${asking.reason}`,
        rule: code,
        detail: { request: asking.id, wanted },
      },
    ],
  };
}

/** The extension beyond the limits that was asked for, and that counts as none. */
export function decideApprove(
  lease: LeaseProjection,
  rules: LeaseRules,
  request: TimeRequest,
  { actor, reason }: Pick<Word, 'actor'> & { reason?: string },
  now: Date,
): Decision {
  const standing = refuseAnswered(request) ?? refuseOver(lease, request, now);
  if (standing) return { refused: standing };
  const { id, askedBy, wantedEnd } = request;
  const why = `${askedBy} had asked for it: ${request.reason}`;
  const decision = decideExtend(
    lease,
    rules,
    {
      actor,
      override: true,
      until: wantedEnd,
      reason: reason ? `${why}; ${reason}` : why,
    },
    now,
  );
  if (decision.refused) return decision;
  const [extension] = decision.drafts;
  return {
    drafts: [
      {
        ...extension,
        kind: 'extend',
        rule: 'lease.approved',
        detail: { override: true, request: id, askedBy },
      },
    ],
  };
}

export function decideDecline(request: TimeRequest, word: Word): Decision {
  const answered = refuseAnswered(request);
  if (answered) return { refused: answered };
  const { id, askedBy, wantedEnd } = request;
  return {
    drafts: [
      {
        kind: 'decline',
        actor: word.actor,
        reason: `declined what ${askedBy} had asked for, ${wantedEnd.toISOString()}: ${word.reason}`,
        rule: 'lease.declined',
        detail: { request: id },
      },
    ],
  };
}

export function decideWithdraw(
  request: TimeRequest,
  { actor, reason }: Pick<Word, 'actor'> & { reason?: string },
): Decision {
  const answered = refuseAnswered(request);
  if (answered) return { refused: answered };
  const what = `asks no more for ${request.wantedEnd.toISOString()}`;
  return {
    drafts: [
      {
        kind: 'withdraw',
        actor,
        reason: reason ? `${what}: ${reason}` : what,
        rule: 'lease.withdrawn',
        detail: { request: request.id },
      },
    ],
  };
}

/** Nobody needs to answer it any more. */
export function lapseEntry({ id }: TimeRequest, why: string): EntryDraft {
  return {
    kind: 'lapse',
    actor: LEASE_ACTOR,
    reason: `What was asked for is not needed any more: ${why}`,
    rule: 'lease.lapsed',
    detail: { request: id },
  };
}

/** Why there is nothing left to answer; undefined: there is. */
export function whyOver(
  { stage, expiresAt }: LeaseProjection,
  { wantedEnd }: Pick<TimeRequest, 'wantedEnd'>,
  now: Date,
): string | undefined {
  if (stage === 'ended') return 'the environment was destroyed.';
  if (stage === 'ending') return 'the environment is being destroyed.';
  const from = laterOf(expiresAt ?? now, now);
  if (wantedEnd > from) return undefined;
  return expiresAt && expiresAt >= wantedEnd
    ? `it ends at ${expiresAt.toISOString()} anyway.`
    : 'that end is over.';
}

function refuseOver(lease: LeaseProjection, request: TimeRequest, now: Date) {
  const why = whyOver(lease, request, now);
  return (
    why &&
    leaseProblem(
      'lease.more-time.over',
      `What ${request.askedBy} asked for, ${request.wantedEnd.toISOString()}, can't be approved any more: ${why}`,
      'Look at the lease as it is now.',
    )
  );
}

function refuseAnswered({ state, answer }: TimeRequest) {
  if (!answer) return undefined;
  return leaseProblem(
    'lease.more-time.answered',
    `${answer.by} was faster: it was ${state} at ${answer.at.toISOString()}. ${answer.reason}`,
    'Look at the lease as it is now.',
  );
}

function refused(...parts: Parameters<typeof leaseProblem>) {
  return { refused: leaseProblem(...parts) };
}
