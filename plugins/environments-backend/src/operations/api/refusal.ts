import { ConflictProblemError, NotAllowedProblemError } from '../../errors';

/** Why a move can't be made now. */
export interface Refusal {
  /** Stable, for programs. */
  code: string;
  /** A sentence for whoever wants to make it. */
  reason: string;
  remedy: string;
  /** The operation that is in the way. */
  operationId?: string;
  /** It is the caller who may not, whatever the state of things. */
  forbidden?: true;
}

/** @throws ProblemError that says why, when there is a refusal */
export function requireMove(refusal: Refusal | undefined): void {
  if (!refusal) return;
  const { code, reason, remedy, operationId, forbidden } = refusal;
  const problem = { code, message: reason, remedy, operationId };
  throw forbidden
    ? new NotAllowedProblemError(problem)
    : new ConflictProblemError(problem);
}

export const ENDED: Refusal = {
  code: 'operation.ended',
  reason: 'It has ended.',
  remedy: 'Nothing is to be done.',
};

export const NOT_ENDED: Refusal = {
  code: 'operation.not-ended',
  reason: 'It has not ended yet.',
  remedy: 'Wait until it has ended, or cancel it.',
};

export const DRY_RUN: Refusal = {
  code: 'operation.dry-run',
  reason: 'It was a dry run, which changes nothing.',
  remedy: 'Ask for a new operation.',
};

export const DESTROYED: Refusal = {
  code: 'environment.destroyed',
  reason: 'The environment is destroyed.',
  remedy: 'Create a new one.',
};
