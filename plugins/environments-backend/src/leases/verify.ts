import { isDeepStrictEqual } from 'node:util';
import { Knex } from 'knex';
import { z } from 'zod';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  JsonValue,
  LeaseDifference,
  LeaseVerification,
  leaseVerifyPermission,
} from '@greenroom/plugin-environments-common';
import { readCursor, writeCursor } from '../cursor';
import { EnvironmentAccess } from '../environments/access';
import { BrokenLedgerError, LeaseProjection, project } from './ledger';
import { LedgerStore } from './ledgerStore';
import { LeaseStore, NamedLease, StoredEntry } from './store';

/** Leases at once; their ledgers are a few thousand entries at most. */
const BATCH = 200;

const PLACE = z.object({ id: z.string().uuid() });

/** Folds every ledger once more, and compares what comes out with what the sweeps go by. */
export class LeaseVerifier {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      store: LeaseStore;
      ledger: LedgerStore;
    },
  ) {}

  /** Checks some leases, from where the last answer ended; there is no more without `nextCursor`. */
  async next(
    { cursor }: { cursor?: string },
    credentials: BackstageCredentials,
  ): Promise<LeaseVerification> {
    const { knex, access, store, ledger } = this.options;
    await access.requireBasic(leaseVerifyPermission, credentials, {
      message: 'You may not check the leases of all environments.',
      remedy: 'Ask the operators of this portal.',
    });
    const after = cursor ? readCursor(cursor, PLACE).id : undefined;
    // Both as of one moment: an entry that is written meanwhile is no difference.
    const { leases, ledgers } = await knex.transaction(
      async tx => {
        const batch = await store.page(tx, { after, limit: BATCH });
        const ids = batch.map(({ environmentId }) => environmentId);
        return { leases: batch, ledgers: await ledger.ledgers(tx, ids) };
      },
      { isolationLevel: 'repeatable read', readOnly: true },
    );
    const last = leases.at(-1);
    return {
      checked: leases.length,
      differing: leases.flatMap(lease => {
        const entries = ledgers.get(lease.environmentId) ?? [];
        return compare(lease, entries);
      }),
      nextCursor:
        last && leases.length === BATCH
          ? writeCursor({ id: last.environmentId })
          : undefined,
    };
  }
}

function compare(
  { environmentId, environmentName, lease }: NamedLease,
  entries: StoredEntry[],
): LeaseDifference[] {
  const named = { environmentId, environmentName };
  try {
    const fields = differences(lease, project(entries));
    return fields.length > 0 ? [{ ...named, fields }] : [];
  } catch (error) {
    if (!(error instanceof BrokenLedgerError)) throw error;
    return [{ ...named, fields: [], broken: error.message }];
  }
}

function differences(
  lease: LeaseProjection,
  ledger: LeaseProjection,
): LeaseDifference['fields'] {
  const [present, folded] = [toJson(lease), toJson(ledger)];
  const names = new Set([...Object.keys(present), ...Object.keys(folded)]);
  return [...names]
    .filter(name => !isDeepStrictEqual(present[name], folded[name]))
    .sort()
    .map(field => ({ field, lease: present[field], ledger: folded[field] }));
}

/** Without what is undefined, and moments as text. */
function toJson(lease: LeaseProjection): Record<string, JsonValue> {
  return JSON.parse(JSON.stringify(lease));
}
