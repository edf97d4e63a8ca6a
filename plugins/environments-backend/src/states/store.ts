import { Transaction } from '../database';
import {
  HeldLock,
  LockInfo,
  NewStateVersion,
  StateGrant,
  StateVersion,
} from './types';

interface StateRow {
  id: string;
  environment_id: string;
  component: string;
  lock: LockInfo | null;
  lock_operation_id: string | null;
  lock_fence: string | null;
}

/** States, their versions, and the tokens that open them. */
export class StateStore {
  async insert(
    tx: Transaction,
    environmentId: string,
    states: { id: string; component: string }[],
  ): Promise<void> {
    if (states.length === 0) return;
    await tx('states')
      .insert(
        states.map(({ id, component }) => ({
          id,
          environment_id: environmentId,
          component,
        })),
      )
      .onConflict(['environment_id', 'component'])
      .ignore();
  }

  async idOf(
    tx: Transaction,
    environmentId: string,
    component: string,
  ): Promise<string> {
    const row = await tx<StateRow>('states')
      .where({ environment_id: environmentId, component })
      .first('id');
    if (!row) throw new Error(`Component ${component} has no state`);
    return row.id;
  }

  async insertToken(
    tx: Transaction,
    tokenHash: string,
    grant: StateGrant,
  ): Promise<void> {
    await tx('state_tokens')
      .insert({
        token_hash: tokenHash,
        state_id: grant.stateId,
        operation_id: grant.operationId,
        fence: grant.fence,
      })
      // The one of a try whose answer got lost.
      .onConflict(['operation_id', 'state_id', 'fence'])
      .merge();
  }

  async findToken(
    tx: Transaction,
    tokenHash: string,
  ): Promise<StateGrant | undefined> {
    const row = await tx('state_tokens')
      .where({ token_hash: tokenHash })
      .first();
    return (
      row && {
        stateId: row.state_id,
        operationId: row.operation_id,
        fence: Number(row.fence),
      }
    );
  }

  async deleteTokens(tx: Transaction, operationId: string): Promise<void> {
    await tx('state_tokens').where({ operation_id: operationId }).delete();
  }

  /** The lock on a state; the row stays locked until the transaction ends. */
  async lockForUpdate(
    tx: Transaction,
    stateId: string,
  ): Promise<HeldLock | undefined> {
    const row = await tx<StateRow>('states')
      .where({ id: stateId })
      .forUpdate()
      .first();
    if (!row?.lock) return undefined;
    return {
      info: row.lock,
      operationId: row.lock_operation_id!,
      fence: Number(row.lock_fence),
    };
  }

  async setLock(
    tx: Transaction,
    stateId: string,
    lock: HeldLock | undefined,
  ): Promise<void> {
    await tx('states')
      .where({ id: stateId })
      .update({
        lock: lock ? JSON.stringify(lock.info) : null,
        lock_operation_id: lock?.operationId ?? null,
        lock_fence: lock?.fence ?? null,
      });
  }

  /** Those that tools of one operation hold. */
  async removeLocks(
    tx: Transaction,
    operation: { id: string; environmentId: string },
  ): Promise<void> {
    await tx('states')
      .where({
        environment_id: operation.environmentId,
        lock_operation_id: operation.id,
      })
      .update({ lock: null, lock_operation_id: null, lock_fence: null });
  }

  async latest(
    tx: Transaction,
    stateId: string,
  ): Promise<StateVersion | undefined> {
    const row = await tx('state_versions')
      .where({ state_id: stateId })
      .orderBy('id', 'desc')
      .first('id', 'serial', 'lineage', 'content');
    return row && { ...row, serial: Number(row.serial) };
  }

  async insertVersion(
    tx: Transaction,
    version: NewStateVersion,
  ): Promise<string> {
    const { origin } = version;
    const [row] = await tx('state_versions')
      .insert({
        state_id: version.stateId,
        serial: version.serial,
        lineage: version.lineage,
        content: version.content,
        size: version.size,
        resources: version.resources,
        created_at: version.at,
        ...('operationId' in origin
          ? { operation_id: origin.operationId }
          : {
              restored_by: origin.by,
              restored_from: origin.from,
              restore_reason: origin.reason,
            }),
      })
      .returning('id');
    return row.id;
  }

  /** Removes all but the newest versions, of which there is at least one. */
  async prune(tx: Transaction, stateId: string, keep: number): Promise<void> {
    await tx('state_versions')
      .where({ state_id: stateId })
      .where(
        'id',
        '<',
        tx('state_versions')
          .where({ state_id: stateId })
          .orderBy('id', 'desc')
          .offset(keep - 1)
          .limit(1)
          .select('id'),
      )
      .delete();
  }

  /**
   * States of environments that are gone for long, with their versions and tokens.
   *
   * @returns how many were removed; fewer than the limit when none is left
   */
  async removeDestroyed(
    tx: Transaction,
    query: { destroyedBefore: Date; limit: number },
  ): Promise<number> {
    const due = tx('states as s')
      .join('environments as e', 'e.id', 's.environment_id')
      .where('e.destroyed_at', '<', query.destroyedBefore)
      .orderBy('e.destroyed_at')
      .limit(query.limit)
      .select('s.id')
      .forUpdate('s')
      .skipLocked();
    return tx('states').whereIn('id', due).delete();
  }
}
