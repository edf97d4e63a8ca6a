/** An answer that is no success, in Argo CD's own numbers. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly grpcCode: number,
    message: string,
  ) {
    super(message);
  }
}

export const invalid = (message: string) => new Refusal(400, 3, message);
export const precondition = (message: string) => new Refusal(400, 9, message);
export const denied = (message = 'permission denied') =>
  new Refusal(403, 7, message);
export const notFound = (name: string) =>
  new Refusal(404, 5, `applications.argoproj.io "${name}" not found`);
export const unauthenticated = (message: string) =>
  new Refusal(401, 16, message);
export const unserved = (what: string) =>
  new Refusal(
    501,
    12,
    `${what}: this is a stand-in for Argo CD, for development and demonstration, and does not serve it`,
  );

/** Whatever went wrong, as it is answered. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(500, 2, wordsOf(error));
}

/** What an error says. */
export function wordsOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
