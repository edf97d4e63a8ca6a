import { CustomErrorBase } from '@backstage/errors';
import { OperationKind, Problem } from '@greenroom/plugin-environments-common';
import { ConflictProblemError, NotFoundProblemError } from '../errors';
import { Claim, OperationRecord } from './types';

/** Another worker holds the operation now: whatever this one still does must leave no trace. */
export class ClaimLostError extends CustomErrorBase {
  name = 'ClaimLostError' as const;

  constructor(readonly claim: Claim) {
    super(
      `The claim ${claim.fence} on operation ${claim.operationId} is lost; another worker has it, or it has ended`,
    );
  }
}

/** The process is going down: the operation is left for another worker. */
export class WorkerStoppingError extends CustomErrorBase {
  name = 'WorkerStoppingError' as const;
}

/** 409: one operation at a time changes an environment. */
export class EnvironmentBusyError extends ConflictProblemError {
  constructor(readonly operation: OperationRecord) {
    super({
      code: 'environment.busy',
      message: `The environment is busy with operation ${operation.id}: ${wordFor(operation.kind)}, asked for by ${operation.requestedBy}.`,
      remedy: 'Wait until that operation has ended, then ask again.',
    });
  }
}

/** 404: also told to those who may not know of its environment. */
export class OperationNotFoundError extends NotFoundProblemError {
  constructor(id: string) {
    super({
      code: 'operation.not-found',
      message: `There is no operation ${id}, or you may not see it.`,
      remedy: 'Look for it among the operations of its environment.',
    });
  }
}

/** The cause stays in the log: its text may hold what users must not see. */
export function unexpectedStepProblem(step: {
  operationId: string;
  component: string;
  action: string;
}): Problem {
  return {
    code: 'operation.unexpected',
    component: step.component,
    message: `The ${step.action} of ${step.component} ended by an error that Greenroom did not expect.`,
    remedy: `Destroy the environment and create it again; if it happens again, operators find the cause in the log under operation ${step.operationId}.`,
  };
}

/** The same for an error outside of any step. */
export function unexpectedOperationProblem(operationId: string): Problem {
  return {
    code: 'operation.unexpected',
    message: 'The operation ended by an error that Greenroom did not expect.',
    remedy: `Destroy the environment and create it again; if it happens again, operators find the cause in the log under operation ${operationId}.`,
  };
}

function wordFor(kind: OperationKind): string {
  return kind === 'create' ? 'it is being created' : 'it is being destroyed';
}
