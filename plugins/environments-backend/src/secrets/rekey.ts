import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RekeyProgress,
  RekeyRequest,
  SealedSummary,
  secretsRekeyPermission,
} from '@greenroom/plugin-environments-common';
import { z } from 'zod';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { readCursor, writeCursor } from '../cursor';
import { EnvironmentAccess } from '../environments/access';
import { RekeyKeyMissingError } from './errors';
import { Keyring, SealKeyMissingError } from './keyring';
import { EXAMPLES, SealedSource } from './sealedSource';

/** Places that one request seals again. */
const BATCH = 50;
const placeSchema = z.object({ source: z.int().min(0), after: z.string() });

/**
 * Seals everything again that is not under the first key, so that older keys can be taken away.
 *
 * In small batches, each value in a transaction of its own: operations go on meanwhile, and
 * whatever ends a run midway, the next one finds what is left.
 */
export class Rekey {
  constructor(
    private readonly options: {
      knex: Knex;
      sources: SealedSource[];
      keyring: Keyring;
      access: EnvironmentAccess;
      audit: AuditStore;
      clock: Clock;
    },
  ) {}

  /** By which keys everything is sealed; reads a few bytes of each value. */
  async summary(credentials: BackstageCredentials): Promise<SealedSummary> {
    await this.#require(credentials);
    return this.#summary();
  }

  /**
   * One batch, behind the cursor. Without one it begins, unless something can't be opened: then
   * nothing is changed.
   *
   * @throws RekeyKeyMissingError saying which key is missing, and for what
   */
  async next(
    { cursor }: RekeyRequest,
    credentials: BackstageCredentials,
  ): Promise<RekeyProgress> {
    await this.#require(credentials);
    if (!cursor) await this.#requireKeys();
    const begin = cursor
      ? readCursor(cursor, placeSchema)
      : { source: 0, after: '' };
    const { knex, sources, keyring } = this.options;
    const source = sources[begin.source];
    if (!source) return { resealed: 0 };

    const places = await source.due(knex, {
      head: keyring.firstHead,
      after: begin.after,
      limit: BATCH,
    });
    let resealed = 0;
    for (const place of places) resealed += await this.#reseal(source, place);
    if (resealed > 0) await this.#record(credentials, source, resealed);

    const next =
      places.length < BATCH
        ? { source: begin.source + 1, after: '' }
        : { source: begin.source, after: places.at(-1)! };
    return {
      resealed,
      ...(next.source < sources.length && { nextCursor: writeCursor(next) }),
    };
  }

  async #reseal(source: SealedSource, place: string): Promise<number> {
    const { knex, keyring } = this.options;
    try {
      return await knex.transaction(tx =>
        source.reseal(tx, place, (sealed, purpose) =>
          keyring.needsRekey(sealed)
            ? keyring.reseal(sealed, purpose)
            : undefined,
        ),
      );
    } catch (error) {
      // Of a backend that has not heard of the new keys, since this run began.
      if (!(error instanceof SealKeyMissingError)) throw error;
      const examples = [source.describe(place)];
      throw new RekeyKeyMissingError([
        { key: error.keyId, values: 1, examples },
      ]);
    }
  }

  async #requireKeys(): Promise<void> {
    const { keys } = await this.#summary();
    const missing = keys.filter(({ configured }) => !configured);
    if (missing.length > 0) throw new RekeyKeyMissingError(missing);
  }

  async #summary(): Promise<SealedSummary> {
    const { knex, sources, keyring } = this.options;
    const found = await Promise.all(sources.map(source => source.byKey(knex)));
    const keys = new Map<string, { values: number; examples: string[] }>();
    for (const { key, values, examples } of found.flat()) {
      const known = keys.get(key) ?? { values: 0, examples: [] };
      keys.set(key, {
        values: known.values + values,
        examples: [...known.examples, ...examples].slice(0, 2 * EXAMPLES),
      });
    }
    return {
      firstKey: keyring.firstKey,
      keys: [...keys].map(([key, sealed]) => ({
        key,
        configured: keyring.has(key),
        ...sealed,
      })),
    };
  }

  async #record(
    credentials: BackstageCredentials,
    source: SealedSource,
    resealed: number,
  ): Promise<void> {
    const { knex, access, audit, clock, keyring } = this.options;
    const { actor } = await access.caller(credentials);
    await audit.append(knex, {
      at: clock.now(),
      actor,
      action: 'secrets.resealed',
      details: { what: source.name, values: resealed, key: keyring.firstKey },
    });
  }

  async #require(credentials: BackstageCredentials): Promise<void> {
    await this.options.access.requireBasic(
      secretsRekeyPermission,
      credentials,
      {
        message: 'You may not seal the secrets of all environments again.',
        remedy: 'Ask the operators of this portal.',
      },
    );
  }
}
