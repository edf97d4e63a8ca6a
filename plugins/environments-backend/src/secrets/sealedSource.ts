import { Transaction } from '../database';

/** What one key has sealed of a source. */
export interface SealedByKey {
  key: string;
  values: number;
  /** Where some of them are, in words. */
  examples: string[];
}

/** Sealed values of one room, which alone knows where they are. */
export interface SealedSource {
  /** In words: `versions of states`. */
  name: string;
  byKey(tx: Transaction): Promise<SealedByKey[]>;
  /** Places behind `after`, in order, with values that don't begin with `head`. */
  due(
    tx: Transaction,
    query: { head: Buffer; after: string; limit: number },
  ): Promise<string[]>;
  /**
   * Seals again what needs it at one place, while nobody else changes it.
   *
   * @returns how many values; 0 when there is nothing any more
   */
  reseal(
    tx: Transaction,
    place: string,
    seal: (sealed: Buffer, purpose: string) => Buffer | undefined,
  ): Promise<number>;
  /** A place in words. */
  describe(place: string): string;
}

/** The id of the key in front of a sealed value; reads its first bytes alone. */
export function sqlKeyId(sealed: string): string {
  return `convert_from(substring(${sealed} from 3 for get_byte(substring(${sealed} from 1 for 2), 1)), 'UTF8')`;
}

/** How many examples an answer names. */
export const EXAMPLES = 3;

/**
 * By which keys values are sealed.
 *
 * @param values - SQL that gives rows of `place` (text) and `sealed` (bytea)
 */
export async function sealedByKey(
  tx: Transaction,
  values: string,
  describe: (place: string) => string,
): Promise<SealedByKey[]> {
  const { rows } = await tx.raw(
    `SELECT ${sqlKeyId('v.sealed')} AS key, count(*)::int AS values,
       (array_agg(DISTINCT v.place))[1:${EXAMPLES}] AS examples
     FROM (${values}) v GROUP BY 1`,
  );
  return rows.map((row: SealedByKey) => ({
    ...row,
    examples: row.examples.map(describe),
  }));
}

/** Places of such values that are not sealed by the first key, in order. */
export async function sealedOtherwise(
  tx: Transaction,
  values: string,
  query: { head: Buffer; after: string; limit: number },
): Promise<string[]> {
  const { rows } = await tx.raw(
    `SELECT DISTINCT v.place COLLATE "C" AS place
     FROM (${values}) v
     WHERE substring(v.sealed from 1 for :length) <> :head
       AND v.place COLLATE "C" > :after
     ORDER BY place LIMIT :limit`,
    { ...query, length: query.head.length },
  );
  return rows.map(({ place }: { place: string }) => place);
}
