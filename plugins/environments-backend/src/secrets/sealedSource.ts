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
