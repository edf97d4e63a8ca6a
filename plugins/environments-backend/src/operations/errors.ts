import { CustomErrorBase } from '@backstage/errors';
import {
  LogRemoval,
  OperationKind,
  Problem,
} from '@greenroom/plugin-environments-common';
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

/** Somebody wants the operation to stop: what is under way is interrupted, and it ends. */
export class OperationCancelledError extends CustomErrorBase {
  name = 'OperationCancelledError' as const;

  constructor(readonly reason?: string) {
    super(
      reason
        ? `The operation is being cancelled: ${reason}`
        : 'The operation is being cancelled',
    );
  }
}

const DOING_WORDS: Record<OperationKind, string> = {
  create: 'it is being created',
  update: 'it is being updated',
  upgrade: 'it is being upgraded',
  pause: 'it is being paused',
  resume: 'it is being resumed',
  remediate: 'it is being made again as it was declared',
  adopt: 'it is being brought in line with what is there',
  destroy: 'it is being destroyed',
};

/** 409: one operation at a time has an environment. */
export class EnvironmentBusyError extends ConflictProblemError {
  constructor(
    readonly operation: OperationRecord,
    remedy = 'Wait until that operation has ended or cancel it, or ask for this one to be queued behind it.',
  ) {
    super({
      code: 'environment.busy',
      message: `The environment is busy with operation ${operation.number}: ${DOING_WORDS[operation.kind]}, asked for by ${operation.requestedBy}.`,
      remedy,
      operationId: operation.id,
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

/** 404: it was there, and is gone on purpose. */
export class LogRemovedError extends NotFoundProblemError {
  constructor({ number }: OperationRecord, { at, keptFor }: LogRemoval) {
    super({
      code: 'operation.log-removed',
      message: `The log of operation ${number} was kept for ${keptFor} and then removed, at ${at}.`,
      remedy:
        'What the operation did is still on its record; how long logs are kept is set by environments.retention.logs.',
    });
  }
}

/** 409: whoever confirms has read another plan than the one that waits. */
export class PlanChangedError extends ConflictProblemError {
  constructor({ id, number }: OperationRecord, presentHash: string) {
    super({
      code: 'operation.plan-changed',
      message: `Operation ${number} now waits with another plan, ${presentHash}.`,
      remedy: 'Read the present plan, then confirm that one.',
      field: '/planHash',
      operationId: id,
    });
  }
}

/** 409: what a component has made can be removed by the driver that made it alone. */
export class DriverChangedError extends ConflictProblemError {
  constructor(
    changes: { component: string; madeBy: string; wanted: string }[],
  ) {
    super(
      changes.map(({ component, madeBy, wanted }) => ({
        code: 'component.driver-changed',
        component,
        message: `${component} was made by the driver "${madeBy}", and this blueprint version gives it to "${wanted}".`,
        remedy: `Give the component another id in the blueprint: then ${component} is removed by "${madeBy}", and the new one made by "${wanted}".`,
      })),
    );
  }
}

/** 409: the blueprint says of no component what a pause would change in it. */
export class NothingToPauseError extends ConflictProblemError {
  constructor() {
    super({
      code: 'environment.nothing-to-pause',
      message:
        'Nothing of this environment can be paused: no component that exists has a "pause" in its blueprint.',
      remedy:
        'Destroy the environment while it is not needed, or ask the author of the blueprint for a "pause".',
    });
  }
}

/** 409, or the end of an operation that was behind another one. */
export class EnvironmentMovedOnError extends ConflictProblemError {
  constructor() {
    super({
      code: 'operation.outdated',
      message:
        'The environment has got another blueprint version since this update was asked for.',
      remedy: 'Look at its inputs as they are now, then ask again.',
    });
  }
}

/** Of an environment that is destroyed: those that have values of its outputs go on without it. */
export function readByOthersProblem(readers: number): Problem {
  const others =
    readers === 1 ? 'Another environment has' : `${readers} others have`;
  return {
    code: 'environment.read-by-others',
    message: `${others} values of its outputs. They stay there, and no change goes through there until they are read from elsewhere.`,
    remedy: 'Look at those first; the environment names them (readBy).',
  };
}

export function cancelledProblem({
  id,
  cancel,
}: Pick<OperationRecord, 'id' | 'cancel'>): Problem {
  const by = cancel ? ` by ${cancel.by}` : '';
  const why = cancel?.reason ? `: ${cancel.reason}` : '';
  return {
    code: 'operation.cancelled',
    message: `Cancelled${by}${why}.`.replace(/\.\.$/, '.'),
    remedy: 'Try it again, or destroy the environment.',
    operationId: id,
  };
}

export function confirmationExpiredProblem(until: Date): Problem {
  return {
    code: 'operation.confirmation-expired',
    message: `Nobody confirmed the plan until ${until.toISOString()}.`,
    remedy: 'Try it again; the plan is then made anew.',
  };
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
    remedy: `Try the operation again; if it happens again, operators find the cause in the log under operation ${step.operationId}.`,
  };
}

/** The same for an error outside of any step. */
export function unexpectedOperationProblem(operationId: string): Problem {
  return {
    code: 'operation.unexpected',
    message: 'The operation ended by an error that Greenroom did not expect.',
    remedy: `Try the operation again; if it happens again, operators find the cause in the log under operation ${operationId}.`,
  };
}
