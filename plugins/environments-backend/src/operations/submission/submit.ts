import { Knex } from 'knex';
import {
  JsonObject,
  OperationCause,
  OperationKind,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../../audit/store';
import { Clock } from '../../clock';
import { EnvironmentChanges } from '../../environments/changes';
import { ReadingMandate } from '../../environments/readingMandate';
import { EnvironmentRecord } from '../../environments/types';
import { IdMaker } from '../../ids';
import { EnvironmentBusyError } from '../errors';
import { givesWay } from '../givesWay';
import { OperationPromoter } from './promote';
import { OperationSettler } from './settle';
import { OperationStore } from '../store/operations';
import { OperationRecord } from '../types';

export interface OperationRequest {
  environmentId: string;
  kind: OperationKind;
  /** Entity ref of a person, `service:<subject>` or `system:<part>`. */
  requestedBy: string;
  cause: OperationCause;
  idempotency?: { key: string; digest: string };
  /** For what it reads of other environments; absent: nothing. */
  readingMandate?: ReadingMandate;
  /** End after the plan; nothing is changed. */
  dryRun?: boolean;
  /** Wait between plan and apply until somebody confirms the plan. */
  confirm?: boolean;
  /** What to do while another operation is under way; `refuse` when absent. */
  whenBusy?: 'refuse' | 'queue';
  /** What the environment is to be; as it is when absent. */
  target?: { blueprintVersionId: string; inputs: JsonObject };
}

export interface SubmittedOperation {
  operationId: string;
  /** `pending`: it is behind another one, and there is nobody to ring for yet. */
  state: 'queued' | 'pending';
}

/** Submits operations, for people and for the lease sweep alike. */
export class OperationSubmitter {
  constructor(
    private readonly options: {
      environments: EnvironmentChanges;
      operations: OperationStore;
      promoter: OperationPromoter;
      settler: Pick<OperationSettler, 'settle'>;
      audit: AuditStore;
      clock: Clock;
      ids: IdMaker;
    },
  ) {}

  /**
   * Writes the operation; when nothing is before it, with all its steps, and moves the environment.
   * The caller's transaction holds the environment's lock already, or has just inserted it. Ring the
   * doorbell after commit.
   *
   * @throws EnvironmentBusyError while another operation is under way, unless it may queue or that
   * one gives way
   * @throws ProblemError when it can't begin with the environment as it is; roll back then
   */
  async submit(
    tx: Knex.Transaction,
    request: OperationRequest,
  ): Promise<SubmittedOperation> {
    const { environments, promoter } = this.options;
    const { environmentId } = request;
    const environment = await environments.lock(tx, environmentId);
    const ahead = await this.#ahead(tx, request);
    const operation = await this.#insert(tx, request, environment);
    const operationId = operation.id;
    if (ahead) {
      await promoter.requireUnprotected(tx, operation, environment);
      await promoter.checkReads(tx, operation, environment);
      await environments.tell(tx, environmentId);
      return { operationId, state: 'pending' };
    }
    await promoter.promote(tx, operation, environment);
    // An environment that moves tells of that itself.
    if (request.dryRun) await environments.tell(tx, environmentId);
    return { operationId, state: 'queued' };
  }

  /** What the operation has to wait for, if it may wait at all. */
  async #ahead(
    tx: Knex.Transaction,
    request: OperationRequest,
  ): Promise<OperationRecord | undefined> {
    const { operations } = this.options;
    const { environmentId, whenBusy } = request;
    // Under the environment's lock this answer holds: an operation ends only under it, too.
    const unfinished = await operations.unfinished(tx, environmentId);
    const [first] = unfinished;
    const real = unfinished.find(one => !givesWay(one));
    const busyWith = real ?? (givesWay(request) ? first : undefined);
    if (busyWith && whenBusy !== 'queue') {
      throw new EnvironmentBusyError(busyWith);
    }
    if (!first || !givesWay(first)) return first;
    return this.#makeWay(tx, first, request);
  }

  /** A check ends as soon as it can, and at once where no worker has it. */
  async #makeWay(
    tx: Knex.Transaction,
    check: OperationRecord,
    { requestedBy }: OperationRequest,
  ): Promise<OperationRecord | undefined> {
    const { operations, settler, clock } = this.options;
    if (!check.cancel) {
      await operations.requestCancel(tx, check.id, {
        by: requestedBy,
        at: clock.now(),
        reason: 'it gave way to an operation',
      });
    }
    if (check.state === 'running') return check;
    await settler.settle(tx, check, { state: 'cancelled' });
    return undefined;
  }

  async #insert(
    tx: Knex.Transaction,
    request: OperationRequest,
    environment: EnvironmentRecord,
  ): Promise<OperationRecord> {
    const { operations, audit, clock, ids } = this.options;
    const { environmentId, kind, requestedBy, cause, idempotency } = request;
    const { dryRun = false, confirm = false } = request;
    const { blueprintVersionId, inputs } = request.target ?? environment;
    const id = ids.id();
    const now = clock.now();
    const operation = await operations.insert(tx, {
      id,
      environmentId,
      kind,
      dryRun,
      // A dry run ends with the plan: there is nothing to confirm.
      confirm: confirm && !dryRun,
      blueprintVersionId,
      inputs,
      owner: environment.owner,
      requestedBy,
      requestedAt: now,
      idempotency,
      readingMandate: request.readingMandate,
      cause,
    });
    await audit.append(tx, {
      at: now,
      actor: requestedBy,
      action: `environment.${kind}.requested`,
      environmentId,
      operationId: id,
      details: { ...cause, ...(dryRun && { dryRun }) },
    });
    return operation;
  }
}
