import { Problem } from '@greenroom/plugin-environments-common';
import { UpgradeCandidate } from '../environments/candidates';

/** What an environment was like when it was selected. */
export interface Selected {
  fromVersionId: string;
  seenOperation: number;
}

/** Why an environment is no candidate as it stands; undefined when it is one. */
export function standingProblem(
  { name, state, busy, expiresAt, lastWarningAt }: UpgradeCandidate,
  now: Date,
): Problem | undefined {
  if (busy) {
    return {
      code: 'fleet.environment.busy',
      message: `Something else is under way on ${name}.`,
      remedy: 'Upgrade it once that has ended.',
    };
  }
  if (state !== 'running') {
    return {
      code: `fleet.environment.${state === 'paused' ? 'paused' : 'not-running'}`,
      message: `${name} is ${state}.`,
      remedy:
        state === 'paused'
          ? 'Resume it, and upgrade it then.'
          : 'Make it whole again, and upgrade it then.',
    };
  }
  const expiring = lastWarningAt ?? expiresAt;
  if (expiring && expiring <= now) {
    return {
      code: 'fleet.environment.expiring',
      message: `${name} is about to expire.`,
      remedy: 'Extend it and upgrade it then, or let it go.',
    };
  }
  return undefined;
}

/** Whether somebody has done anything to it since; then it is theirs to say what it should be. */
export function changedSince(
  { name, versionId, newestOperation }: UpgradeCandidate,
  selected: Selected,
): Problem | undefined {
  if (
    versionId === selected.fromVersionId &&
    newestOperation === selected.seenOperation
  ) {
    return undefined;
  }
  return {
    code: 'fleet.environment.changed',
    message: `${name} was changed after it was selected: it is at operation ${newestOperation}, and was at ${selected.seenOperation}.`,
    remedy: 'Look at what was done, and upgrade it on its own.',
  };
}

export function goneProblem(): Problem {
  return {
    code: 'fleet.environment.gone',
    message: 'It is destroyed.',
    remedy: 'There is nothing to upgrade.',
  };
}

export function notAllowedProblem(actor: string, candidate: UpgradeCandidate) {
  return {
    code: 'fleet.environment.not-allowed',
    message: `${actor} may not change ${candidate.name}; it belongs to ${candidate.owner}.`,
    remedy: `Ask ${candidate.owner}.`,
  };
}

export function driftedProblem(): Problem {
  return {
    code: 'fleet.environment.drifted',
    message:
      'It is not what its present version declares: the plan of the check says what differs.',
    remedy:
      'Remediate it, or adopt what is there, and upgrade it then; nothing of it was changed.',
  };
}
