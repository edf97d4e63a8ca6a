import {
  formatDurationSeconds,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { leaseProblem } from './errors';
import { Decision, refuseStanding } from './extend';
import { LeaseProjection } from './ledger';
import { limitedBy } from './words';

interface Word {
  actor: string;
  reason: string;
}

/**
 * Nothing falls due until then. A hold may outlast the maximum: an incident matters more than a
 * limit, whoever may hold is trusted with it, and it is shown and has an end of its own.
 */
export function decideHold(
  lease: LeaseProjection,
  { holdMax }: LeaseRules,
  { until, ...word }: Word & { until: Date },
  now: Date,
): Decision {
  const standing = refuseStanding(lease);
  if (standing) return { refused: standing };
  if (!lease.expiresAt) {
    return refused(
      'lease.unlimited',
      'This environment does not expire, so there is nothing to hold.',
      'To keep it from being destroyed by hand, protect it.',
    );
  }
  if (until <= now) {
    return refused(
      'lease.hold.past',
      `${until.toISOString()} is over.`,
      'Choose a moment that is to come.',
    );
  }
  const seconds = (until.getTime() - now.getTime()) / 1000;
  if (seconds > holdMax.value) {
    const most = formatDurationSeconds(holdMax.value);
    return refused(
      'lease.hold.too-long',
      `A hold of ${formatDurationSeconds(seconds)} is longer than the ${most} that ${limitedBy(holdMax.rule)}.`,
      `Hold it for ${most} or less; a hold may be renewed.`,
    );
  }
  const detail = { until: until.toISOString() };
  return { drafts: [{ kind: 'hold', ...word, rule: 'lease.held', detail }] };
}

/** What is over by then is due at once. */
export function decideRelease(
  lease: LeaseProjection,
  word: Word,
  now: Date,
): Decision {
  const standing = refuseStanding(lease);
  if (standing) return { refused: standing };
  if (!lease.hold || lease.hold.until <= now) {
    return refused(
      'lease.hold.none',
      'Nobody holds this environment.',
      'Look at its lease as it is now.',
    );
  }
  return {
    drafts: [{ kind: 'release', ...word, rule: 'lease.released', detail: {} }],
  };
}

/** Nobody destroys it until that is lifted, neither by hand nor its lease. */
export function decideProtect(lease: LeaseProjection, word: Word): Decision {
  const standing = refuseStanding(lease);
  if (standing) return { refused: standing };
  if (lease.protection) {
    return refused(
      'lease.protected',
      `It is protected already, by ${lease.protection.by}: ${lease.protection.reason}`,
      'Lift that protection first, if another reason is to stand there.',
    );
  }
  return {
    drafts: [{ kind: 'protect', ...word, rule: 'lease.protected', detail: {} }],
  };
}

export function decideUnprotect(lease: LeaseProjection, word: Word): Decision {
  if (lease.protection) {
    const rule = 'lease.unprotected';
    return { drafts: [{ kind: 'unprotect', ...word, rule, detail: {} }] };
  }
  return refused(
    'lease.protection.none',
    'It is not protected.',
    'Look at its lease as it is now.',
  );
}

function refused(...parts: [string, string, string]): Decision {
  return { refused: leaseProblem(...parts) };
}
