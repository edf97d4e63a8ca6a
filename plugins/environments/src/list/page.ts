export const PAGE_SIZE = 50;

/** Which page of a list is shown. */
export interface PagePlace {
  /** Where this page begins; absent on the first. */
  cursor?: string;
  /** How many rows come before this page. */
  offset: number;
}

export const FIRST_PAGE: PagePlace = { cursor: undefined, offset: 0 };

/** Reads the page from an address; an offset without a cursor means nothing. */
export function readPage(parameters: URLSearchParams): PagePlace {
  const cursor = parameters.get('cursor') ?? undefined;
  const offset = Number(parameters.get('from') ?? 1) - 1;
  return {
    cursor,
    offset: cursor && Number.isInteger(offset) && offset > 0 ? offset : 0,
  };
}

export function writePage(parameters: URLSearchParams, place: PagePlace): void {
  if (!place.cursor) return;
  parameters.set('cursor', place.cursor);
  parameters.set('from', String(place.offset + 1));
}

/** The value of an address that is known, else the usual one. */
export function oneOf<T extends string>(
  known: readonly T[],
  value: string | null,
  usual: T,
): T {
  return known.find(one => one === value) ?? usual;
}

/** The values of an address that are known. */
export function allOf<T extends string>(
  known: readonly T[],
  values: string[],
): T[] {
  return values.flatMap(value => known.find(one => one === value) ?? []);
}
