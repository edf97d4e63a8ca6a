import { ProblemsError } from '@greenroom/plugin-environments-common';

/** What a command ends with, for scripts. */
export const EXIT = {
  done: 0,
  /** The portal refused, or what was waited for went wrong. */
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  unreachable: 4,
} as const;

/** An end that has its own words and its own exit code. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    readonly exitCode: number = EXIT.failed,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

export class SignInError extends CommandError {
  constructor(message: string, remedy: string) {
    super(message, remedy, EXIT.notSignedIn);
  }
}

export class UnreachableError extends CommandError {
  constructor(url: string, cause: unknown) {
    super(
      `${url} can't be reached.`,
      'Start the portal by ./greenroom start, or set GREENROOM_URL to the address of another.',
      EXIT.unreachable,
      cause,
    );
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode;
  const isUnknown = error instanceof ProblemsError && error.status === 401;
  return isUnknown ? EXIT.notSignedIn : EXIT.failed;
}

/** What went wrong, and behind an arrow what to do about it. */
export function describeFailure(error: unknown): string[] {
  if (error instanceof CommandError) {
    return [error.message, `  → ${error.remedy}`];
  }
  if (error instanceof ProblemsError && error.problems.length > 0) {
    return error.problems.flatMap(({ message, remedy }) =>
      remedy ? [message, `  → ${remedy}`] : [message],
    );
  }
  return [error instanceof Error ? error.message : String(error)];
}
