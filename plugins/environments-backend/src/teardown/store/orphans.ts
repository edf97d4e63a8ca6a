import { Transaction } from '../../database';
import { Leftover, TeardownRecord } from '../types';

/** Rows per statement. */
const BATCH = 500;
/** What tells one orphan from another. */
const ONE_EACH =
  "(environment_id, component, address, COALESCE(external_id, ''))";

/** The ledger of what teardowns could not remove. */
export class OrphanStore {
  /** Enters what is not open yet; what was gone and is there again counts from now on anew. */
  async open(
    tx: Transaction,
    teardown: TeardownRecord,
    orphans: (Leftover & { id: string })[],
  ): Promise<void> {
    for (let at = 0; at < orphans.length; at += BATCH) {
      await tx('orphans')
        .insert(
          orphans.slice(at, at + BATCH).map(orphan => ({
            id: orphan.id,
            environment_id: teardown.environmentId,
            component: orphan.component,
            driver: orphan.driver,
            address: orphan.address,
            type: orphan.type,
            external_id: orphan.externalId ?? null,
            blueprint_version_id: orphan.blueprintVersionId ?? null,
            state: 'open',
            since: teardown.since,
            ...attemptOf(teardown),
          })),
        )
        .onConflict(tx.raw(ONE_EACH))
        .merge({
          state: 'open',
          driver: tx.raw('excluded.driver'),
          type: tx.raw('excluded.type'),
          blueprint_version_id: tx.raw('excluded.blueprint_version_id'),
          since: tx.raw(
            "CASE WHEN orphans.state = 'open' THEN orphans.since ELSE excluded.since END",
          ),
          ended_at: null,
        });
    }
  }

  /** Another attempt has failed, also for what it did not come to. */
  async noteAttempt(tx: Transaction, teardown: TeardownRecord): Promise<void> {
    await openOf(tx, teardown.environmentId).update(attemptOf(teardown));
  }

  /** @param components those that are proven to be gone; all of them when absent */
  async gone(
    tx: Transaction,
    environmentId: string,
    at: Date,
    components?: string[],
  ): Promise<void> {
    const open = openOf(tx, environmentId);
    if (components) open.whereIn('component', components);
    await open.update({ state: 'gone', ended_at: at });
  }

  /** @returns how many */
  async forget(
    tx: Transaction,
    environmentId: string,
    { by, reason, at }: { by: string; reason: string; at: Date },
  ): Promise<number> {
    return openOf(tx, environmentId).update({
      state: 'forgotten',
      ended_at: at,
      forgotten_by: by,
      forgotten_reason: reason,
    });
  }

  /** They are none: the environment lives on with them. */
  async withdraw(tx: Transaction, environmentId: string): Promise<void> {
    await openOf(tx, environmentId).delete();
  }
}

function openOf(tx: Transaction, environmentId: string) {
  return tx('orphans').where({ environment_id: environmentId, state: 'open' });
}

function attemptOf(teardown: TeardownRecord) {
  return {
    attempts: teardown.failures,
    last_problem: JSON.stringify(teardown.lastProblem),
    operation_id: teardown.operationId ?? null,
  };
}
