import { ConflictProblemError } from '../errors';

/** 409: nothing of it was made, or nothing is left. */
export class NothingToEjectError extends ConflictProblemError {
  constructor(environment: string) {
    super({
      code: 'environment.eject.nothing',
      message: `Nothing of ${environment} is there to be taken out.`,
      remedy:
        'Take out an environment that has been made; the files of its blueprint alone are at its version.',
    });
  }
}
