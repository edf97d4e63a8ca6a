import { CustomErrorBase } from '@backstage/errors';
import {
  AuthenticationProblemError,
  ConflictProblemError,
  InputProblemError,
  NotAllowedProblemError,
  NotFoundProblemError,
  TooLargeProblemError,
} from '../errors';
import { OperationRecord } from '../operations/types';
import { LockInfo } from './types';

export class StateTokenError extends AuthenticationProblemError {
  constructor() {
    super({
      code: 'state.token.unknown',
      message: 'This user name and password open no state.',
      remedy:
        'States are opened by the operations of their environment alone, each with a password of its own.',
    });
  }
}

/** A process of an older claim, or of an operation that has ended, woke up late. */
export class StateClaimLostError extends NotAllowedProblemError {
  constructor() {
    super({
      code: 'state.claim.lost',
      message:
        'Another worker has taken this operation over, or it has ended: nothing was read or written.',
      remedy: 'End this process; what it did is found by the one that goes on.',
    });
  }
}

/** 423: answered with the holder's own words, as the protocol wants it. */
export class StateLockedError extends CustomErrorBase {
  name = 'StateLockedError' as const;

  constructor(readonly holder: LockInfo) {
    super(`The state is locked by ${holder.ID}`);
  }
}

export class StateLockMismatchError extends ConflictProblemError {
  constructor(given: string | undefined, held: string | undefined) {
    super({
      code: 'state.lock.mismatch',
      message: `The lock ${given ?? '(none)'} is not the one that is held: ${held ?? 'the state is not locked'}.`,
      remedy: 'Take the lock before writing, and give its ID.',
    });
  }
}

export class StateMovedError extends ConflictProblemError {
  constructor(message: string) {
    super({
      code: 'state.moved',
      message,
      remedy: 'Read the state again and begin from there.',
    });
  }
}

export class StateBodyError extends InputProblemError {
  constructor(message: string) {
    super({
      code: 'state.body.invalid',
      message,
      remedy: 'Send what Terraform or OpenTofu send.',
    });
  }
}

/** 413: what is never stored is never half stored either; the tool keeps it in its work folder. */
export class StateTooLargeError extends TooLargeProblemError {
  constructor(megabytes: number) {
    super({
      code: 'state.too-large',
      message: `The state is larger than ${megabytes} MB, which is the most that is taken here.`,
      remedy:
        'Split the component into several, or let the operators raise environments.states.maxMegabytes.',
    });
  }
}

/** 404: also told to those who may not know of its environment. */
export class StateVersionNotFoundError extends NotFoundProblemError {
  constructor(id: string) {
    super({
      code: 'state.version.not-found',
      message: `There is no version ${id} of a state, or you may not see it.`,
      remedy:
        'Look for it among the state versions of its environment; older ones may have been removed.',
    });
  }
}

/** 409: whoever is at work would be undone, or would undo. */
export class StateInUseError extends ConflictProblemError {
  constructor({ id, number, kind, state }: OperationRecord) {
    super({
      code: 'state.in-use',
      message: `Operation ${number} (${kind}) is ${state}, and has this state.`,
      remedy: 'Wait until it has ended or cancel it, then restore again.',
      operationId: id,
    });
  }
}

/** 409: a state that speaks of what is proven to be gone misleads whoever reads it. */
export class StateOfDestroyedError extends ConflictProblemError {
  constructor(environment: string) {
    super({
      code: 'state.environment-destroyed',
      message: `${environment} is destroyed: nothing will ever read this state again.`,
      remedy: 'Download the version instead, if it is needed elsewhere.',
    });
  }
}

/** 409: the newest is the newest already. */
export class StateVersionCurrentError extends ConflictProblemError {
  constructor(serial: number) {
    super({
      code: 'state.version.current',
      message: `Serial ${serial} is the current version already.`,
      remedy: 'Choose an older one.',
    });
  }
}
