import { ConflictProblemError } from '../errors';

/** 409: only what was tried to be removed, and could not, may be forgotten. */
export class NothingToForgetError extends ConflictProblemError {
  constructor({ name, state }: { name: string; state: string }) {
    super({
      code: 'environment.forget.not-failed',
      message: `No teardown of ${name} has failed; it is ${state}.`,
      remedy:
        state === 'destroyed'
          ? 'There is nothing to do.'
          : 'Destroy it. It may be forgotten once that has failed.',
    });
  }
}
