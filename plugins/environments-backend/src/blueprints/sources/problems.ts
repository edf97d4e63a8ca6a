import { isError } from '@backstage/errors';
import { InputProblemError } from '../../errors';

/** No source is read from there: the configuration does not let it, or nothing reads such addresses. */
export function refused(what: string, remedy: string): InputProblemError {
  return new InputProblemError({
    code: 'blueprint.source.refused',
    message: `${what}.`,
    remedy,
  });
}

/** There is nothing at that address. */
export function missing(what: string, remedy: string): InputProblemError {
  return new InputProblemError({
    code: 'blueprint.source.missing',
    message: `${what}.`,
    remedy,
  });
}

/** The host is right and did not give it. */
export function unreadable(what: string, cause: unknown): InputProblemError {
  const reason = isError(cause) ? cause.message : String(cause);
  return new InputProblemError(
    {
      code: 'blueprint.source.unreadable',
      message: `${what} could not be read: ${reason.replace(/\.$/, '')}.`,
      remedy:
        'See whether its host can be reached from this portal, and publish again.',
    },
    isError(cause) ? (cause as Error) : undefined,
  );
}
