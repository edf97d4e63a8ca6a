import { NotFoundProblemError } from './errors';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether it could be an id; others would not even be understood by the database. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** @throws NotFoundProblemError for what can't be the id of anything */
export function requireUuid(id: string): string {
  if (isUuid(id)) return id;
  throw new NotFoundProblemError({
    code: 'request.id',
    message: `"${id}" is not an id.`,
    remedy:
      'Ids look like 7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f; names go to …/by-name/….',
  });
}

/** A query parameter that may be repeated; undefined when it is absent. */
export function listOf<T extends string>(value: unknown): T[] | undefined {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? value : [value]) as T[];
}
