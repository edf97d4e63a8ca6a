import { isDeepStrictEqual } from 'node:util';
import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  BlueprintDocument,
  environmentDestroyPermission,
  environmentUpdatePermission,
  Operation,
  OperationCause,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../../blueprints/service';
import { Transaction } from '../../database';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentNotFoundError } from '../../environments/errors';
import { InputVault } from '../../environments/inputVault';
import { ReadingMandate } from '../../environments/readingMandate';
import { EnvironmentReads } from '../../environments/reads';
import { EnvironmentStore } from '../../environments/store';
import { EnvironmentRecord } from '../../environments/types';
import {
  findRepeated,
  Idempotency,
  idempotencyOf,
  isKeyTaken,
} from './idempotency';
import { OperationReader } from './reader';
import { HistoryStore } from '../store/history';
import { OperationStore } from '../store/operations';
import { OperationSubmitter, SubmittedOperation } from '../submission/submit';
import { checkTarget, Target } from './target';

interface KnownRequest {
  environment: EnvironmentRecord;
  actor: string;
  request: SubmitOperationRequest;
  idempotency?: Idempotency;
  /** That somebody asked for it, when absent. */
  cause?: OperationCause;
  guard?: Guard;
  /** What they may see, where an operation of that blueprint reads other environments. */
  mandate: (document: BlueprintDocument) => Promise<ReadingMandate | undefined>;
}

/** Says by throwing what is in the way; the environment is locked, so its answer stays true. */
export type Guard = (tx: Knex.Transaction) => Promise<void>;

/** Requests of people and other plugins for changes of environments that exist: one way for all kinds. */
export class OperationRequests {
  constructor(
    private readonly options: {
      knex: Knex;
      environmentStore: EnvironmentStore;
      operations: OperationStore;
      history: HistoryStore;
      access: EnvironmentAccess;
      blueprints: Pick<BlueprintService, 'getById' | 'getForRequest'>;
      inputVault: InputVault;
      reads: EnvironmentReads;
      submitter: OperationSubmitter;
      reader: OperationReader;
      /** After a commit that left work to do. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
    },
  ) {}

  /**
   * Leaves nothing behind when it throws. The same key and request again give the same operation.
   *
   * @throws EnvironmentBusyError while another operation is under way, unless it may wait for that
   */
  async submit(
    environmentId: string,
    request: SubmitOperationRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<Operation> {
    const { knex, access, reads, reader, onSubmitted } = this.options;
    const environment = await this.#existing(knex, environmentId);
    await access.require(
      request.kind === 'destroy'
        ? environmentDestroyPermission
        : environmentUpdatePermission,
      credentials,
      environment,
    );
    const { actor } = await access.caller(credentials);
    const { operationId, ring } = await this.#submit({
      environment,
      actor,
      request,
      idempotency: idempotencyOf(idempotencyKey, { environmentId, ...request }),
      mandate: document =>
        reads.mandateFor({ kind: request.kind, document }, credentials),
    });
    await onSubmitted(ring);
    const may = await access.rights(credentials, environment);
    return reader.readById(operationId, environment, may);
  }

  /**
   * The same for somebody who is not there: whoever calls sees to it that they may, by the guard.
   *
   * @returns id of the operation
   */
  async submitFor(
    actor: string,
    environmentId: string,
    options: {
      request: SubmitOperationRequest;
      idempotencyKey: string;
      cause: OperationCause;
      guard: Guard;
      /** What they may see, as it was when they were there. */
      readingMandate: ReadingMandate;
    },
  ): Promise<string> {
    const { knex, onSubmitted } = this.options;
    const { request, idempotencyKey, cause, guard, readingMandate } = options;
    const { operationId, ring } = await this.#submit({
      environment: await this.#existing(knex, environmentId),
      actor,
      request,
      idempotency: idempotencyOf(idempotencyKey, { environmentId, ...request }),
      cause,
      guard,
      mandate: async () => readingMandate,
    });
    await onSubmitted(ring);
    return operationId;
  }

  /** What was asked for under that key, if anything was. */
  async findSubmitted(
    actor: string,
    idempotencyKey: string,
  ): Promise<string | undefined> {
    const { knex, operations } = this.options;
    const found = await operations.byIdempotencyKey(
      knex,
      actor,
      idempotencyKey,
    );
    return found?.id;
  }

  /**
   * What is asked for is checked before the environment is locked, since that reads blueprints.
   * When the environment has become another one meanwhile, it is checked once more.
   */
  async #submit(
    known: KnownRequest,
  ): Promise<{ operationId: string; ring: string[] }> {
    const { knex, operations, blueprints, inputVault } = this.options;
    const { environment, actor, request, idempotency } = known;
    for (;;) {
      const earlier = await findRepeated(knex, operations, actor, idempotency);
      if (earlier) return { operationId: earlier.id, ring: [] };
      const present = await this.#present(knex, environment.id);
      const target = await checkTarget(request, {
        environment,
        present,
        blueprints,
        inputVault,
      });
      const { blueprintVersionId } = target ?? present;
      const { document } = await blueprints.getById(blueprintVersionId);
      const mandate = await known.mandate(document);
      const submitted = await this.#write(known, present, target, mandate);
      if (submitted) {
        const { operationId, state } = submitted;
        return { operationId, ring: state === 'queued' ? [operationId] : [] };
      }
    }
  }

  /** @returns undefined when the key, or the environment, is not what it was at the check */
  async #write(
    { environment, actor, request, idempotency, cause, guard }: KnownRequest,
    present: Target,
    target: Target | undefined,
    readingMandate: ReadingMandate | undefined,
  ): Promise<SubmittedOperation | undefined> {
    const { knex, environmentStore, operations, submitter } = this.options;
    const { kind, dryRun, confirm, whenBusy, reason } = request;
    try {
      return await knex.transaction(async tx => {
        await environmentStore.lock(tx, environment.id);
        const now = await this.#present(tx, environment.id);
        if (!isDeepStrictEqual(now, present)) return undefined;
        if (await findRepeated(tx, operations, actor, idempotency)) {
          return undefined;
        }
        await guard?.(tx);
        return submitter.submit(tx, {
          environmentId: environment.id,
          kind,
          requestedBy: actor,
          cause: cause ?? {
            code: 'request',
            message: reason ?? `Asked for by ${actor}`,
          },
          idempotency,
          dryRun,
          confirm,
          whenBusy,
          target,
          readingMandate,
        });
      });
    } catch (error) {
      if (isKeyTaken(error)) return undefined;
      throw error;
    }
  }

  /** What the environment is, or is going to be once all that was asked for before is done. */
  async #present(tx: Transaction, environmentId: string): Promise<Target> {
    const { history } = this.options;
    const { blueprintVersionId, inputs } =
      (await history.lastIntent(tx, environmentId)) ??
      (await this.#existing(tx, environmentId));
    return { blueprintVersionId, inputs };
  }

  async #existing(tx: Transaction, id: string): Promise<EnvironmentRecord> {
    const environment = await this.options.environmentStore.find(tx, id);
    if (!environment || environment.trial) {
      throw new EnvironmentNotFoundError(id);
    }
    return environment;
  }
}
