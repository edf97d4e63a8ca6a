import {
  Environment,
  Page,
  Problem,
  ProblemsError,
} from '@greenroom/plugin-environments-common';

export function holds(wanted: string[] | undefined, value: string): boolean {
  return !wanted?.length || wanted.includes(value);
}

export function pageOf<T>(
  all: T[],
  query: { cursor?: string; limit?: number },
): Page<T> {
  const from = Number(query.cursor ?? 0);
  const next = from + (query.limit ?? 50);
  return {
    items: all.slice(from, next),
    total: all.length,
    nextCursor: next < all.length ? String(next) : undefined,
  };
}

export async function found<T>(
  all: T[],
  wanted: (one: T) => boolean,
): Promise<T> {
  const one = all.find(wanted);
  if (!one) {
    throw await refusal(404, [
      { code: 'not-found', message: 'There is no such thing.' },
    ]);
  }
  return one;
}

/** The error that the client throws for a refusal of the server. */
export function refusal(
  status: number,
  problems: Problem[],
): Promise<ProblemsError> {
  const body = {
    error: { name: 'Error', message: problems[0]?.message ?? 'Refused' },
    response: { statusCode: status },
    problems,
  };
  return ProblemsError.fromResponse(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json' },
    }),
  );
}

export function comparing(sort: 'timeLeft' | 'name' | 'createdAt') {
  const key = (one: Environment) => {
    if (sort === 'name') return one.name;
    if (sort === 'createdAt') return one.createdAt;
    return one.state === 'destroyed' || !one.lease.expiresAt
      ? '9999'
      : one.lease.expiresAt;
  };
  return (a: Environment, b: Environment) => key(a).localeCompare(key(b));
}
