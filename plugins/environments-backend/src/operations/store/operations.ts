import {
  JsonObject,
  OperationCause,
  OperationKind,
  OperationState,
  Problem,
} from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { ACTIVE_STATES } from '../lifecycle';
import { OperationRecord } from '../types';

export interface OperationRow {
  id: string;
  environment_id: string;
  number: number;
  kind: OperationKind;
  state: OperationState;
  blueprint_version_id: string;
  inputs: JsonObject;
  requested_by: string;
  requested_at: Date;
  idempotency_key: string | null;
  request_digest: string | null;
  cause: OperationCause;
  started_at: Date | null;
  finished_at: Date | null;
  problem: Problem | null;
}

export interface NewOperation {
  id: string;
  environmentId: string;
  kind: OperationKind;
  blueprintVersionId: string;
  inputs: JsonObject;
  requestedBy: string;
  requestedAt: Date;
  idempotency?: { key: string; digest: string };
  cause: OperationCause;
}

/** The operations themselves; claims, steps and logs have stores of their own. */
export class OperationStore {
  /** The caller holds the environment's lock, so the number stays free. */
  async insert(tx: Transaction, operation: NewOperation): Promise<void> {
    const environmentId = operation.environmentId;
    await tx('operations').insert({
      id: operation.id,
      environment_id: environmentId,
      number: tx('operations')
        .where({ environment_id: environmentId })
        .select(tx.raw('COALESCE(max(number), 0) + 1')),
      kind: operation.kind,
      state: 'queued',
      blueprint_version_id: operation.blueprintVersionId,
      inputs: JSON.stringify(operation.inputs),
      requested_by: operation.requestedBy,
      requested_at: operation.requestedAt,
      idempotency_key: operation.idempotency?.key,
      request_digest: operation.idempotency?.digest,
      cause: JSON.stringify(operation.cause),
    });
  }

  async find(
    tx: Transaction,
    id: string,
  ): Promise<OperationRecord | undefined> {
    const row = await tx<OperationRow>('operations').where({ id }).first();
    return row && toRecord(row);
  }

  /** Newest first. */
  async ofEnvironment(
    tx: Transaction,
    environmentId: string,
  ): Promise<OperationRecord[]> {
    const rows = await tx<OperationRow>('operations')
      .where({ environment_id: environmentId })
      .orderBy('number', 'desc');
    return rows.map(toRecord);
  }

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

  /** Operations that nobody works on, oldest first. */
  async unclaimed(tx: Transaction, limit: number): Promise<string[]> {
    return tx<OperationRow>('operations')
      .whereIn('state', ACTIVE_STATES)
      .whereRaw('(claim_until IS NULL OR claim_until < clock_timestamp())')
      .orderBy('requested_at')
      .limit(limit)
      .pluck('id');
  }

  /** Within a fenced transaction: the end of the operation, and of its claim. */
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
        claim_worker: null,
        claim_until: null,
      });
  }
}

function toRecord(row: OperationRow): OperationRecord {
  return {
    id: row.id,
    environmentId: row.environment_id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    blueprintVersionId: row.blueprint_version_id,
    inputs: row.inputs,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    requestDigest: row.request_digest ?? undefined,
    cause: row.cause,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    problem: row.problem ?? undefined,
  };
}
