import { ConflictProblemError, NotAllowedProblemError } from '../errors';

/** 403: a service reads no messages. */
export function notAPerson(actor: string): NotAllowedProblemError {
  return new NotAllowedProblemError({
    code: 'watcher.person',
    message: `${actor} is no person, and only people watch environments.`,
    remedy: 'Sign in as yourself, or read what happens over the API.',
  });
}

/** 409: each of them gets every message. */
export function tooManyWatchers(most: number): ConflictProblemError {
  return new ConflictProblemError({
    code: 'watcher.limit',
    message: `${most} people watch this environment, and more may not.`,
    remedy: 'Ask one of them to stop, or to pass on what they are told.',
  });
}
