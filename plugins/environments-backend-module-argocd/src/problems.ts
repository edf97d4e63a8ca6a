import {
  ArgocdConflictError,
  ArgocdError,
  ArgocdUnreachableError,
} from '@greenroom/plugin-argocd-node';
import { Problem } from '@greenroom/plugin-environments-common';
import {
  DriverAbortedError,
  DriverError,
} from '@greenroom/plugin-environments-node';

/** A failure of one component, in words. */
export function failure(
  component: string,
  problem: Omit<Problem, 'component'>,
  cause?: Error,
): DriverError {
  return new DriverError({ ...problem, component }, { cause });
}

/**
 * Calls Argo CD for an operation on the application of a component.
 *
 * @param otherwise - what is said when Argo CD is at work on it already
 */
export async function unlessBusy<T>(
  component: string,
  call: () => Promise<T>,
  otherwise: Pick<Problem, 'message' | 'remedy'>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isBusy =
      error instanceof ArgocdConflictError &&
      error.reason === 'operationRunning';
    if (!isBusy) throw error;
    throw failure(component, { code: error.code, ...otherwise }, error);
  }
}

/** What a driver throws for what the client throws; everything else stays as it is. */
export function driverFailure(
  error: unknown,
  { component, signal }: { component?: string; signal?: AbortSignal },
): unknown {
  if (error instanceof DriverError || error instanceof DriverAbortedError)
    return error;
  if (signal?.aborted)
    return new DriverAbortedError(
      component === undefined
        ? 'The look at Argo CD was aborted'
        : `The work on component "${component}" was aborted`,
    );
  if (!(error instanceof ArgocdError)) return error;
  const problem = problemOf(error);
  const remedy =
    error instanceof ArgocdUnreachableError
      ? `${error.remedy}. What was begun there goes on by itself; once Argo CD answers, try again: the next attempt takes up what is there`
      : error.remedy;
  return new DriverError(
    { ...problem, remedy, ...(component !== undefined && { component }) },
    { cause: error },
  );
}

/** What the client says, as a problem. */
export function problemOf({ code, message, remedy }: ArgocdError): Problem {
  // The client puts the remedy behind its message.
  return { code, message: message.split(`. ${remedy}`)[0], remedy };
}
