import { ConflictProblemError, NotFoundProblemError } from '../errors';

/** 404: also told to those who may not know of it. */
export class EnvironmentNotFoundError extends NotFoundProblemError {
  constructor(idOrName: string) {
    super({
      code: 'environment.not-found',
      message: `There is no environment ${idOrName}, or you may not see it.`,
      remedy: 'Look for it in the list of environments.',
    });
  }
}

/** 409: names are unique among environments that are not destroyed. */
export class NameTakenError extends ConflictProblemError {
  constructor(options: { name: string; owner?: string; suggestion: string }) {
    const { name, owner, suggestion } = options;
    super({
      code: 'environment.name.taken',
      field: '/name',
      message: owner
        ? `An environment named ${name} exists already; it belongs to ${owner}.`
        : `An environment named ${name} exists already.`,
      remedy: `Take another name, for example ${suggestion}.`,
    });
  }
}

/** 409: nothing of it is changed any more. */
export class DestroyedStaysError extends ConflictProblemError {
  constructor(name: string) {
    super({
      code: 'environment.destroyed',
      message: `Environment ${name} is destroyed, and stays as it was.`,
      remedy: 'Change the one that has its name now, or create a new one.',
    });
  }
}

/** 409: one key stands for one request. */
export class IdempotencyKeyReusedError extends ConflictProblemError {
  constructor(key: string) {
    super({
      code: 'request.idempotency-key.reused',
      message: `The Idempotency-Key "${key}" came before with another request.`,
      remedy: 'Send a new key with every new request.',
    });
  }
}
