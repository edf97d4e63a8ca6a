import { Page } from '@greenroom/plugin-environments-common';
import { writeCursor } from './cursor';

const DEFAULT_LIMIT = 50;

/** One page of a list, with the number of all that the list has and the way to the next page. */
export async function readPage<Row, Item>(options: {
  limit: number | undefined;
  /** Up to that many rows, from where the page begins. */
  rows: (limit: number) => Promise<Row[]>;
  total: () => Promise<number>;
  item: (row: Row) => Item | Promise<Item>;
  /** Where the next page begins when this row is the last of this one. */
  place: (row: Row) => object;
}): Promise<Page<Item>> {
  const { limit = DEFAULT_LIMIT, item, place } = options;
  const [rows, total] = await Promise.all([
    // One more than asked for tells whether there is a next page.
    options.rows(limit + 1),
    options.total(),
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await Promise.all(page.map(item)),
    total,
    nextCursor:
      rows.length > limit && last ? writeCursor(place(last)) : undefined,
  };
}
