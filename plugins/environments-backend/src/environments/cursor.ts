import {
  ENVIRONMENT_SORTS,
  EnvironmentSort,
} from '@greenroom/plugin-environments-common';
import { z } from 'zod';
import { InputProblemError } from '../errors';

/** Where a page ended: the sort key of its last row, as PostgreSQL writes it. */
export interface PageCursor {
  sort: EnvironmentSort;
  order: 'asc' | 'desc';
  rank: number;
  key: string;
  id: string;
}

const cursorSchema = z.object({
  sort: z.enum(ENVIRONMENT_SORTS),
  order: z.enum(['asc', 'desc']),
  rank: z.number().int(),
  key: z.string(),
  id: z.uuid(),
});

export function writeCursor(cursor: PageCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws InputProblemError when the cursor is not one of this list in this order */
export function readCursor(
  text: string,
  expected: Pick<PageCursor, 'sort' | 'order'>,
): PageCursor {
  const cursor = parse(text);
  if (cursor?.sort === expected.sort && cursor.order === expected.order) {
    return cursor;
  }
  throw new InputProblemError({
    code: 'request.cursor',
    field: '/cursor',
    message: 'The cursor does not belong to this list in this order.',
    remedy: 'Begin with the first page, without a cursor.',
  });
}

function parse(text: string): PageCursor | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    );
    return cursorSchema.safeParse(value).data;
  } catch {
    return undefined;
  }
}
