import { Problem } from '@greenroom/plugin-environments-common';
import { ConflictProblemError, NotAllowedProblemError } from '../errors';

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
