import { CustomErrorBase } from '@backstage/errors';
import {
  AuthenticationProblemError,
  ConflictProblemError,
  InputProblemError,
  NotAllowedProblemError,
} from '../errors';
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
