import { LeaseRequest, Problem } from '@greenroom/plugin-environments-common';
import { EnvironmentRecord } from '../environments/types';
import {
  ConflictProblemError,
  InputProblemError,
  NotAllowedProblemError,
} from '../errors';

import { Safeguard } from './ledger';

/** Why a lease is not changed as somebody asks; with what to do instead. */
export type Refusal = Problem & { remedy: string };

export function leaseProblem(
  code: string,
  message: string,
  remedy: string,
  field?: string,
): Refusal {
  return { code, message, remedy, ...(field && { field }) };
}

/** What keeps an environment from being destroyed. */
export function protectedProblem(
  { name }: Pick<EnvironmentRecord, 'name'>,
  { by, reason, since }: Safeguard,
): Problem {
  return {
    code: 'environment.protected',
    message: `${name} is protected since ${since.toISOString()} by ${by}: ${reason}`,
    remedy:
      'Have the protection lifted first, by somebody who has the permission environments.environment.protect.',
  };
}

/** 409: nobody destroys it until that is lifted. */
export class EnvironmentProtectedError extends ConflictProblemError {
  constructor(
    environment: Pick<EnvironmentRecord, 'name'>,
    protection: Safeguard,
  ) {
    super(protectedProblem(environment, protection));
  }
}

/** 409: somebody was faster. */
export class LeaseChangedError extends ConflictProblemError {
  constructor(options: { seen: number; present: number }) {
    super({
      code: 'lease.changed',
      field: '/revision',
      message: `The lease has changed since: it is at revision ${options.present}, and ${options.seen} was read.`,
      remedy: 'Look at it as it is now, then ask again.',
    });
  }
}

/** 403: not for owners, but for those whom the operators trust with it. */
export function mayNotProblem(what: string): NotAllowedProblemError {
  return new NotAllowedProblemError({
    code: 'lease.not-allowed',
    message: `You may not ${what}.`,
    remedy: 'Ask the operators of this portal.',
  });
}

/** @throws InputProblemError */
export function requireReason({ reason }: LeaseRequest): string {
  const said = reason?.trim();
  if (said) return said;
  throw new InputProblemError(reasonMissing());
}

export function destroyingProblem({
  name,
}: Pick<EnvironmentRecord, 'name'>): Refusal {
  return leaseProblem(
    'lease.ending',
    `${name} is being destroyed.`,
    'Cancel that operation first, if it should stay.',
  );
}

export function reasonMissing(): Problem {
  return {
    code: 'lease.reason',
    field: '/reason',
    message: 'There is no reason.',
    remedy: 'Say why, for the record.',
  };
}
