import { ConflictProblemError, InputProblemError } from '../../errors';

/** 409: somebody was faster, or the clock was set back. */
export class BrakeOverError extends ConflictProblemError {
  constructor() {
    super({
      code: 'lease.brake.over',
      message:
        'That brake needs no word any more: somebody was faster, or it was lifted by itself.',
      remedy: 'Look at the brake as it is now.',
    });
  }
}

/** 409: it has come to hold others than whoever asks has seen. */
export class BrakeChangedError extends ConflictProblemError {
  constructor(options: { seen: number; present: number }) {
    super({
      code: 'lease.brake.changed',
      field: '/revision',
      message: `The brake holds other leases than before: it is at revision ${options.present}, and ${options.seen} was read.`,
      remedy: 'Look at it as it is now, then ask again.',
    });
  }
}

/** 400: nobody can tell until when. */
export class PostponementError extends InputProblemError {
  constructor(by: string) {
    super({
      code: 'lease.brake.amount',
      field: '/by',
      message: `"${by.slice(0, 40)}" is no time to postpone ends by.`,
      remedy: 'Write a duration from 1m to 30d, such as 8h or 2d.',
    });
  }
}
