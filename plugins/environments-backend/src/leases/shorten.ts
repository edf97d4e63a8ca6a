import {
  formatDurationSeconds,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { addSeconds } from '../clock';
import { leaseProblem } from './errors';
import { Decision, Move, refuseStanding } from './extend';
import { LeaseProjection } from './ledger';
import { limitedBy } from './words';

/** Moves the expiry to earlier; of what does not expire, gives it one. No extension comes back by it. */
export function decideShorten(
  lease: LeaseProjection,
  { min }: LeaseRules,
  { bySeconds, until, reason, actor }: Move,
  now: Date,
): Decision {
  const { expiresAt, grantedAt, stage } = lease;
  const standing = refuseStanding(lease);
  if (standing) return { refused: standing };
  if (stage === 'grace') {
    return refused(
      'lease.grace',
      'Its time is up: it is paused, and destroyed after its grace.',
      'Destroy it, if it should go now.',
    );
  }
  const end =
    until ??
    (expiresAt && bySeconds !== undefined
      ? addSeconds(expiresAt, -bySeconds)
      : undefined);
  if (!end) {
    return refused(
      'lease.shorten.amount',
      'It is not said when it should end.',
      'Say until when, or, of what expires, by how much.',
    );
  }
  if (end <= now) {
    return refused(
      'lease.shorten.past',
      `${end.toISOString()} is over.`,
      'Choose a moment that is to come; to have it end now, destroy it.',
    );
  }
  if (expiresAt && end >= expiresAt) {
    return refused(
      'lease.shorten.not-earlier',
      `That is not earlier than ${expiresAt.toISOString()}, when it ends as it is.`,
      'Choose an earlier moment; to have it end later, extend it.',
    );
  }
  if (min && end < addSeconds(grantedAt, min.value)) {
    return refused(
      'lease.shorten.too-short',
      `It would live shorter than the ${formatDurationSeconds(min.value)} that ${limitedBy(min.rule)}.`,
      'Choose a later moment; to have it end now, destroy it.',
    );
  }
  const what = `shortened to ${end.toISOString()}`;
  return {
    drafts: [
      {
        kind: 'shorten',
        actor,
        reason: reason ? `${what}: ${reason}` : what,
        rule: 'lease.shortened',
        expiresAfter: end,
        detail: {},
      },
    ],
  };
}

function refused(
  ...[code, message, remedy]: [string, string, string]
): Decision {
  return { refused: leaseProblem(code, message, remedy, '/until') };
}
