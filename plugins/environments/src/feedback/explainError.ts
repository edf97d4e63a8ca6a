import { ProblemsError } from '@greenroom/plugin-environments-common';
import { momentsInWords } from '../time/format';

/** An error in words: what is wrong and what to do. */
export interface Explanation {
  message: string;
  remedy: string;
  /** Asking again may help. */
  retry: boolean;
}

/** @param what - what was being done, to begin a sentence with: `The environments could not be read` */
export function explainError(error: unknown, what: string): Explanation {
  if (error instanceof ProblemsError) {
    const here = { now: Date.now() };
    const remedies = error.problems.flatMap(({ remedy }) =>
      remedy ? momentsInWords(remedy, here) : [],
    );
    const said = momentsInWords(
      error.problems.map(({ message }) => message).join(' ') || error.message,
      here,
    );
    if (error.status === 401) {
      return {
        message: `${what}: your session has ended.`,
        remedy: 'Sign in again.',
        retry: true,
      };
    }
    if (error.status === 403) {
      return {
        message: `${what}: you are not permitted to do this.`,
        remedy:
          remedies.join(' ') || 'Ask the operators of the portal for access.',
        retry: false,
      };
    }
    // What another system does not answer for now is said in words of its own.
    const told = error.status === 503 && error.problems.length > 0;
    if (error.status >= 500 && !told) {
      return {
        message: `${what}: the server failed.`,
        remedy: 'Retry in a moment. If it lasts, tell the operators.',
        retry: true,
      };
    }
    return {
      message: `${what}: ${lowerFirst(said)}`,
      remedy: remedies.join(' '),
      retry: true,
    };
  }
  return {
    message: `${what}: the server could not be reached.`,
    remedy: 'Check your connection, then retry.',
    retry: true,
  };
}

/** Joins a sentence to another with a colon; names in capitals, or of two words, stay as they are. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]+\b(?! [A-Z])/.test(text)
    ? text[0].toLowerCase() + text.slice(1)
    : text;
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ProblemsError && error.status === 404;
}
