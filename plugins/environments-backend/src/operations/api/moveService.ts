import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CancelOperationRequest,
  ConfirmOperationRequest,
  JsonObject,
  Operation,
  RepeatOperationRequest,
  TakeOverRequest,
} from '@greenroom/plugin-environments-common';
import { AuditStore } from '../../audit/store';
import { BlueprintService } from '../../blueprints/service';
import { Clock } from '../../clock';
import { EnvironmentAccess } from '../../environments/access';
import { ReadingMandate } from '../../environments/readingMandate';
import { EnvironmentReads } from '../../environments/reads';
import { EnvironmentStore } from '../../environments/store';
import { EnvironmentRecord } from '../../environments/types';
import { ConflictProblemError } from '../../errors';
import { confirmationExpiredProblem, PlanChangedError } from '../errors';
import { OperationFinder } from './finder';
import {
  MoveFacts,
  refuseCancel,
  refuseConfirm,
  refuseRetry,
  refuseRollbackTo,
  refuseTakeOver,
  rollbackKind,
} from './moves';
import { operationPlanHash } from '../steps/planHash';
import {
  findRepeated,
  Idempotency,
  idempotencyOf,
  isKeyTaken,
} from './idempotency';
import { OperationReader } from './reader';
import { requireMove } from './refusal';
import { OperationSettler } from '../submission/settle';
import { HistoryStore } from '../store/history';
import { OperationStore } from '../store/operations';
import { StepStore } from '../store/steps';
import { OperationRequest, OperationSubmitter } from '../submission/submit';
import { OperationRecord } from '../types';

/** A move under the lock of its environment: what it depends on stays true until it is made. */
interface Scene extends MoveFacts {
  operation: OperationRecord;
  environment: EnvironmentRecord;
  actor: string;
}

/** How an operation is asked for once more. */
interface Repeat {
  request: RepeatOperationRequest;
  idempotency?: Idempotency;
  readingMandate?: ReadingMandate;
}

/** What a move has come to. */
interface Moved {
  /** The operation to show. */
  operationId: string;
  /** Operations that a worker has something to do for now. */
  ring: string[];
}

/** What people do about operations that exist. Whether they may is decided by `moves.ts`. */
export class OperationMoves {
  constructor(
    private readonly options: {
      knex: Knex;
      finder: OperationFinder;
      access: EnvironmentAccess;
      environmentStore: EnvironmentStore;
      operations: OperationStore;
      steps: StepStore;
      history: HistoryStore;
      blueprints: Pick<BlueprintService, 'getById'>;
      reads: EnvironmentReads;
      submitter: OperationSubmitter;
      settler: OperationSettler;
      audit: AuditStore;
      reader: OperationReader;
      /** After a commit that left work to do. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
      clock: Clock;
    },
  ) {}

  /**
   * An operation that nobody works on ends at once. One that runs is interrupted by its worker,
   * or ended by the next that takes it up.
   */
  async cancel(
    id: string,
    { reason }: CancelOperationRequest,
    credentials: BackstageCredentials,
  ): Promise<Operation> {
    const { operations, settler, clock } = this.options;
    return this.#move(id, credentials, async (tx, scene) => {
      requireMove(refuseCancel(scene));
      const { operation, actor } = scene;
      const cancel = { by: actor, at: clock.now(), reason };
      await operations.requestCancel(tx, id, cancel);
      await this.#audit(tx, scene, 'operation.cancel.requested', { reason });
      if (operation.state === 'running') {
        return { operationId: id, ring: [id] };
      }
      const ring = await settler.settle(tx, { id }, { state: 'cancelled' });
      return { operationId: id, ring };
    });
  }

  /** @throws PlanChangedError when it is another plan that waits */
  async confirm(
    id: string,
    { planHash }: ConfirmOperationRequest,
    credentials: BackstageCredentials,
  ): Promise<Operation> {
    const { operations, steps, clock } = this.options;
    return this.#move(id, credentials, async (tx, scene) => {
      requireMove(refuseConfirm(scene));
      const { operation, actor } = scene;
      const until = operation.confirmation?.until;
      if (until && until <= clock.now()) {
        throw new ConflictProblemError(confirmationExpiredProblem(until));
      }
      const current = operationPlanHash(await steps.ofOperation(tx, id));
      if (current !== planHash) throw new PlanChangedError(operation, current);
      await steps.confirmPlans(tx, id);
      await operations.confirm(tx, id, { by: actor, at: clock.now() });
      await this.#audit(tx, scene, 'operation.confirmed', { planHash });
      return { operationId: id, ring: [id] };
    });
  }

  /** The same again; what was made already is found unchanged. */
  async retry(
    id: string,
    request: RepeatOperationRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<Operation> {
    const asked = { operationId: id, move: 'retry', ...request };
    const idempotency = idempotencyOf(idempotencyKey, asked);
    const repeat = { request, idempotency };
    return this.#repeat(id, credentials, repeat, async (tx, scene, how) => {
      requireMove(refuseRetry(scene));
      const { operation } = scene;
      return this.#submit(tx, scene, how, {
        kind: operation.kind,
        target: operation,
        cause: {
          code: 'retry',
          message: request.reason ?? `Operation ${operation.number} again`,
          operationId: id,
        },
      });
    });
  }

  /** Back to the version and the inputs that the environment had after this operation. */
  async rollBackTo(
    id: string,
    request: RepeatOperationRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<Operation> {
    const asked = { operationId: id, move: 'roll-back-to', ...request };
    const idempotency = idempotencyOf(idempotencyKey, asked);
    const repeat = { request, idempotency };
    return this.#repeat(id, credentials, repeat, async (tx, scene, how) => {
      const { operation } = scene;
      requireMove(refuseRollbackTo(operation, scene));
      return this.#submit(tx, scene, how, {
        kind: rollbackKind(operation, scene),
        target: operation,
        cause: {
          code: 'rollback',
          message: request.reason ?? `Back to operation ${operation.number}`,
          operationId: id,
        },
      });
    });
  }

  /** From now on the worker that had it can write nothing any more, whatever it still does. */
  async takeOver(
    id: string,
    { reason }: TakeOverRequest,
    credentials: BackstageCredentials,
  ): Promise<Operation> {
    const { operations } = this.options;
    return this.#move(id, credentials, async (tx, scene) => {
      requireMove(refuseTakeOver(scene));
      await operations.takeAway(tx, id);
      const { worker } = scene.operation;
      await this.#audit(tx, scene, 'operation.taken-over', { reason, worker });
      return { operationId: id, ring: [id] };
    });
  }

  /**
   * A move that makes another operation. A key that was heard before gives what it had made then,
   * although by now the same move would be refused.
   */
  async #repeat(
    id: string,
    credentials: BackstageCredentials,
    { request, idempotency }: Pick<Repeat, 'request' | 'idempotency'>,
    make: (
      tx: Knex.Transaction,
      scene: Scene,
      repeat: Repeat,
    ) => Promise<Moved>,
  ): Promise<Operation> {
    const { operations } = this.options;
    const readingMandate = await this.#readingMandate(id, credentials);
    const repeat = { request, idempotency, readingMandate };
    const once = () =>
      this.#move(id, credentials, async (tx, scene) => {
        const { actor } = scene;
        const earlier = await findRepeated(tx, operations, actor, idempotency);
        return earlier
          ? { operationId: earlier.id, ring: [] }
          : make(tx, scene, repeat);
      });
    try {
      return await once();
    } catch (error) {
      // Only a request about another environment, whose lock is another, can have been faster.
      if (!isKeyTaken(error)) throw error;
      return once();
    }
  }

  async #move(
    id: string,
    credentials: BackstageCredentials,
    make: (tx: Knex.Transaction, scene: Scene) => Promise<Moved>,
  ): Promise<Operation> {
    const { knex, finder, access, onSubmitted, reader } = this.options;
    const { environment } = await finder.find(id, credentials);
    const { actor } = await access.caller(credentials);
    const may = await access.rights(credentials, environment);
    const moved = await knex.transaction(async tx => {
      const facts = await this.#facts(tx, environment.id, id);
      return make(tx, { ...facts, may, actor });
    });
    await onSubmitted(moved.ring);
    return reader.readById(moved.operationId, environment, may);
  }

  /** Locks the environment first and then the operation, as everybody does. */
  async #facts(tx: Knex.Transaction, environmentId: string, id: string) {
    const { environmentStore, operations, history } = this.options;
    const environment = await environmentStore.lock(tx, environmentId);
    const operation = await operations.lock(tx, id);
    if (!environment || !operation) {
      throw new Error(`Operation ${id} is gone while somebody moves it`);
    }
    const around = await history.around(tx, operation);
    return { ...around, operation, environment };
  }

  /** What the caller may see, where what is repeated reads other environments. */
  async #readingMandate(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<ReadingMandate | undefined> {
    const { finder, blueprints, reads } = this.options;
    const { operation } = await finder.find(id, credentials);
    const { kind, blueprintVersionId } = operation;
    const { document } = await blueprints.getById(blueprintVersionId);
    return reads.mandateFor({ kind, document }, credentials);
  }

  async #submit(
    tx: Knex.Transaction,
    { environment, actor }: Scene,
    { request, idempotency, readingMandate }: Repeat,
    {
      kind,
      target,
      cause,
    }: Pick<OperationRequest, 'kind' | 'cause'> & {
      target: OperationRecord;
    },
  ): Promise<Moved> {
    const { blueprintVersionId, inputs } = target;
    const { dryRun, confirm } = request;
    const { operationId } = await this.options.submitter.submit(tx, {
      environmentId: environment.id,
      kind,
      requestedBy: actor,
      cause,
      idempotency,
      readingMandate,
      dryRun,
      confirm,
      target: { blueprintVersionId, inputs },
    });
    return { operationId, ring: [operationId] };
  }

  async #audit(
    tx: Knex.Transaction,
    { environment, operation, actor }: Scene,
    action: string,
    details: Record<string, string | undefined>,
  ): Promise<void> {
    const { audit, clock } = this.options;
    await audit.append(tx, {
      at: clock.now(),
      actor,
      action,
      environmentId: environment.id,
      operationId: operation.id,
      details: details as JsonObject,
    });
  }
}
