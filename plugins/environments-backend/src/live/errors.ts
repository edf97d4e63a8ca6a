import { ComponentRecord, EnvironmentRecord } from '../environments/types';
import {
  ConflictProblemError,
  NotFoundProblemError,
  UnavailableProblemError,
} from '../errors';
import { EnvironmentBusyError } from '../operations/errors';
import { OperationRecord } from '../operations/types';

/** 404: the environment has no component of that name. */
export class NoSuchComponentError extends NotFoundProblemError {
  constructor(
    { name }: EnvironmentRecord,
    component: string,
    components: Pick<ComponentRecord, 'id'>[],
  ) {
    const names = components.map(({ id }) => id).join(', ');
    super({
      code: 'component.unknown',
      message: `Environment ${name} has no component "${component}"; it has ${names}.`,
      remedy: 'Name one of these.',
    });
  }
}

/** 404: its system knows nothing of it, or it was never made. */
export class NotThereError extends NotFoundProblemError {
  constructor(component: string) {
    super({
      code: 'live.not-there',
      component,
      message: `Nothing of ${component} is there.`,
      remedy:
        'See among the operations of the environment whether it was made, or removed since.',
    });
  }
}

/** 409: no system looks after it between operations. */
export class NothingLooksAfterError extends ConflictProblemError {
  constructor({ id, driver }: Pick<ComponentRecord, 'id' | 'driver'>) {
    super({
      code: 'live.unseen',
      component: id,
      message: `Nothing is seen of ${id} between operations: its driver "${driver}" has no system that looks after it.`,
      remedy:
        'Plan an operation to see how it stands, and remediate the environment to make it as it was declared.',
    });
  }
}

/** 409: what is paused must not be woken by this way. */
export class PausedStaysError extends ConflictProblemError {
  constructor(name: string) {
    super({
      code: 'live.paused',
      message: `${name} is paused, and what ran before would wake it.`,
      remedy: 'Resume the environment first.',
    });
  }
}

/** 409: the same as for operations, though this can't wait behind another one. */
export function busyWith(operation: OperationRecord): EnvironmentBusyError {
  return new EnvironmentBusyError(
    operation,
    'Wait until that operation has ended, or cancel it; then ask again.',
  );
}

/** 503: nobody knows whether it was heard. */
export class SystemSilentError extends UnavailableProblemError {
  constructor(driver: string, seconds: number) {
    super({
      code: 'live.silent',
      message: `The system behind the driver "${driver}" has not answered within ${seconds} s.`,
      remedy:
        'Try again later. What was asked of it may still be done, so look first how the component stands.',
    });
  }
}

/** 503: the system says why it can't tell. */
export class SystemProblemError extends UnavailableProblemError {}

/** 409: the system does not do what it is asked for, and says why. */
export class SystemRefusedError extends ConflictProblemError {}
