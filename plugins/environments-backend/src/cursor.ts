import { z } from 'zod';
import { InputProblemError } from './errors';

/** Where a page ended, as callers carry it to the next one: they need not understand it. */
export function writeCursor(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws InputProblemError when the cursor is none of the list whose places have this shape */
export function readCursor<T>(text: string, place: z.ZodType<T>): T {
  const cursor = place.safeParse(parse(text)).data;
  if (cursor !== undefined) return cursor;
  throw new InputProblemError({
    code: 'request.cursor',
    field: '/cursor',
    message: 'The cursor does not belong to this list in this order.',
    remedy: 'Begin with the first page, without a cursor.',
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
