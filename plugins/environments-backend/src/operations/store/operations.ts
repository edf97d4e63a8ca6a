import {
  JsonObject,
  OperationCause,
  OperationKind,
  OperationState,
  Problem,
} from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { ReadingMandate } from '../../environments/readingMandate';
import { isForReal } from '../givesWay';
import { ACTIVE_STATES, UNFINISHED_STATES } from '../machine/lifecycle';
import { OperationRecord } from '../types';

export interface OperationRow {
  id: string;
  environment_id: string;
  number: number;
  kind: OperationKind;
  dry_run: boolean;
  state: OperationState;
  blueprint_version_id: string;
  inputs: JsonObject;
  owner_ref: string;
  drivers: string[];
  requested_by: string;
  requested_at: Date;
  idempotency_key: string | null;
  request_digest: string | null;
  reading_mandate: ReadingMandate | null;
  cause: OperationCause;
  confirm: boolean;
  confirm_until: Date | null;
  plan_hash: string | null;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  cancel_requested_at: Date | null;
  cancel_requested_by: string | null;
  cancel_reason: string | null;
  started_at: Date | null;
  finished_at: Date | null;
  problem: Problem | null;
  claim_worker: string | null;
  claim_fence: string;
  claim_until: Date | null;
}

export interface NewOperation {
  id: string;
  environmentId: string;
  kind: OperationKind;
  dryRun: boolean;
  confirm: boolean;
  blueprintVersionId: string;
  inputs: JsonObject;
  owner: string;
  requestedBy: string;
  requestedAt: Date;
  idempotency?: { key: string; digest: string };
  readingMandate?: ReadingMandate;
  cause: OperationCause;
}

/**
 * The operations themselves; claims, steps, logs and lists have stores of their own. Whoever
 * changes one holds the lock of its environment, and has looked at its state under that lock.
 */
export class OperationStore {
  /** Pending, behind all others of its environment; the caller's lock keeps its number free. */
  async insert(
    tx: Transaction,
    operation: NewOperation,
  ): Promise<OperationRecord> {
    const environmentId = operation.environmentId;
    const rows: OperationRow[] = await tx('operations')
      .insert({
        id: operation.id,
        environment_id: environmentId,
        number: tx('operations')
          .where({ environment_id: environmentId })
          .select(tx.raw('COALESCE(max(number), 0) + 1')),
        kind: operation.kind,
        dry_run: operation.dryRun,
        confirm: operation.confirm,
        state: 'pending',
        blueprint_version_id: operation.blueprintVersionId,
        inputs: JSON.stringify(operation.inputs),
        owner_ref: operation.owner,
        requested_by: operation.requestedBy,
        requested_at: operation.requestedAt,
        idempotency_key: operation.idempotency?.key,
        request_digest: operation.idempotency?.digest,
        reading_mandate:
          operation.readingMandate && JSON.stringify(operation.readingMandate),
        cause: JSON.stringify(operation.cause),
      })
      .returning('*');
    return toRecord(rows[0]);
  }

  async find(
    tx: Transaction,
    id: string,
  ): Promise<OperationRecord | undefined> {
    const row = await tx<OperationRow>('operations').where({ id }).first();
    return row && toRecord(row);
  }

  async findAll(tx: Transaction, ids: string[]): Promise<OperationRecord[]> {
    const rows = await tx<OperationRow>('operations').whereIn('id', ids);
    return rows.map(toRecord);
  }

  /** One that nobody else changes until the transaction ends; its environment is locked before. */
  async lock(
    tx: Transaction,
    id: string,
  ): Promise<OperationRecord | undefined> {
    const row = await tx<OperationRow>('operations')
      .where({ id })
      .forUpdate()
      .first();
    return row && toRecord(row);
  }

  /** The one that has the environment. */
  async active(
    tx: Transaction,
    environmentId: string,
  ): Promise<OperationRecord | undefined> {
    const row = await tx<OperationRow>('operations')
      .where({ environment_id: environmentId })
      .whereIn('state', ACTIVE_STATES)
      .first();
    return row && toRecord(row);
  }

  /** The one that has the environment, then those behind it in their order. */
  async unfinished(
    tx: Transaction,
    environmentId: string,
  ): Promise<OperationRecord[]> {
    const rows = await tx<OperationRow>('operations')
      .where({ environment_id: environmentId })
      .whereIn('state', UNFINISHED_STATES)
      .orderBy('number');
    return rows.map(toRecord);
  }

  /** The first of those that wait behind others. */
  async nextPending(
    tx: Transaction,
    environmentId: string,
  ): Promise<OperationRecord | undefined> {
    const row = await tx<OperationRow>('operations')
      .where({ environment_id: environmentId, state: 'pending' })
      .orderBy('number')
      .first();
    return row && toRecord(row);
  }

  /** The newest of some kinds, whatever became of it; dry runs don't count. */
  async latestId(
    tx: Transaction,
    environmentId: string,
    kinds: OperationKind[],
  ): Promise<string | undefined> {
    const row = await tx<OperationRow>('operations')
      .where({ environment_id: environmentId, dry_run: false })
      .whereIn('kind', kinds)
      .orderBy('number', 'desc')
      .first('id');
    return row?.id;
  }

  async byIdempotencyKey(
    tx: Transaction,
    requestedBy: string,
    key: string,
  ): Promise<OperationRecord | undefined> {
    const row = await tx<OperationRow>('operations')
      .where({ requested_by: requestedBy, idempotency_key: key })
      .first();
    return row && toRecord(row);
  }

  /** How many checks are under way, and whether anything that is for real waits for a worker. */
  async load(tx: Transaction): Promise<{ checks: number; waiting: boolean }> {
    const [row] = await tx('operations as o')
      .whereIn('o.state', UNFINISHED_STATES)
      .select(
        tx.raw(`count(*) FILTER (WHERE NOT ${isForReal('o')})::int AS checks`),
        tx.raw(
          `COALESCE(bool_or(${isForReal('o')} AND o.state = 'queued'), false) AS waiting`,
        ),
      );
    return row;
  }

  /** Operations that waited in vain for somebody to confirm their plan, oldest first. */
  async unconfirmed(tx: Transaction, now: Date): Promise<string[]> {
    return tx<OperationRow>('operations')
      .where({ state: 'waiting' })
      .where('confirm_until', '<=', now)
      .orderBy('confirm_until')
      .pluck('id');
  }

  /** It has its environment from now on, and is to make of it what is said here. */
  async promote(
    tx: Transaction,
    id: string,
    target: Pick<NewOperation, 'blueprintVersionId' | 'inputs'> & {
      drivers: string[];
    },
  ): Promise<void> {
    await tx('operations')
      .where({ id })
      .update({
        state: 'queued',
        blueprint_version_id: target.blueprintVersionId,
        inputs: JSON.stringify(target.inputs),
        drivers: JSON.stringify(target.drivers),
      });
  }

  /** Within a fenced transaction: nobody works on it before the plan is confirmed. */
  async wait(
    tx: Transaction,
    id: string,
    { planHash, until }: { planHash: string; until: Date },
  ): Promise<void> {
    await tx('operations').where({ id }).update({
      state: 'waiting',
      plan_hash: planHash,
      confirm_until: until,
      claim_worker: null,
      claim_until: null,
    });
  }

  async confirm(
    tx: Transaction,
    id: string,
    { by, at }: { by: string; at: Date },
  ): Promise<void> {
    await tx('operations').where({ id }).update({
      state: 'queued',
      confirmed_by: by,
      confirmed_at: at,
      confirm_until: null,
    });
  }

  async requestCancel(
    tx: Transaction,
    id: string,
    { by, at, reason }: { by: string; at: Date; reason?: string },
  ): Promise<void> {
    await tx('operations').where({ id }).update({
      cancel_requested_by: by,
      cancel_requested_at: at,
      cancel_reason: reason,
    });
  }

  /** Shuts out whoever holds it, and lets another worker take it at once. */
  async takeAway(tx: Transaction, id: string): Promise<void> {
    await tx('operations')
      .where({ id })
      .update({
        claim_fence: tx.raw('claim_fence + 1'),
        claim_worker: null,
        claim_until: null,
      });
  }

  /** The end of the operation, and of its claim. */
  async finish(
    tx: Transaction,
    id: string,
    end: { state: OperationState; problem?: Problem; at: Date },
  ): Promise<void> {
    await tx('operations')
      .where({ id })
      .update({
        state: end.state,
        problem: end.problem ? JSON.stringify(end.problem) : null,
        finished_at: end.at,
        confirm_until: null,
        claim_worker: null,
        claim_until: null,
      });
  }
}

export function toRecord(row: OperationRow): OperationRecord {
  return {
    id: row.id,
    environmentId: row.environment_id,
    number: row.number,
    kind: row.kind,
    dryRun: row.dry_run,
    state: row.state,
    blueprintVersionId: row.blueprint_version_id,
    inputs: row.inputs,
    owner: row.owner_ref,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    requestDigest: row.request_digest ?? undefined,
    readingMandate: row.reading_mandate ?? undefined,
    cause: row.cause,
    confirmation: row.confirm
      ? {
          planHash: row.plan_hash ?? undefined,
          until: row.confirm_until ?? undefined,
          confirmedBy: row.confirmed_by ?? undefined,
          confirmedAt: row.confirmed_at ?? undefined,
        }
      : undefined,
    cancel:
      row.cancel_requested_at && row.cancel_requested_by
        ? {
            by: row.cancel_requested_by,
            at: row.cancel_requested_at,
            reason: row.cancel_reason ?? undefined,
          }
        : undefined,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    problem: row.problem ?? undefined,
    worker: row.claim_worker ?? undefined,
  };
}
