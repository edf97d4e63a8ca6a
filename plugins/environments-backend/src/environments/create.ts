import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  applyInputs,
  blueprintPublishPermission,
  ComponentNode,
  CreateEnvironmentRequest,
  environmentCreatePermission,
  environmentNameProblem,
  EstimatedCost,
  freeEnvironmentName,
  JsonObject,
  labelCountProblem,
  labelProblems,
  Labels,
  Problem,
} from '@greenroom/plugin-environments-common';
import { ActivityService } from '../activity/service';
import { BlueprintService, PublishedBlueprint } from '../blueprints/service';
import { Clock } from '../clock';
import { InputProblemError } from '../errors';
import { Outbox } from '../events/outbox';
import { ScheduleService } from '../schedules/service';
import { IdMaker } from '../ids';
import { decideGrant } from '../leases/grant';
import { spreadOf } from '../leases/jitter';
import { LeaseService, TtlGrant } from '../leases/service';
import { declarationOf } from '../operations/submission/declaration';
import {
  findRepeated,
  Idempotency,
  isKeyTaken,
} from '../operations/api/idempotency';
import { OperationStore } from '../operations/store/operations';
import { OperationSubmitter } from '../operations/submission/submit';
import { OperationRecord } from '../operations/types';
import { Caller, EnvironmentAccess } from './access';
import { NameTakenError } from './errors';
import { InputVault } from './inputVault';
import { INITIAL_STATE } from './lifecycle';
import { ReadingMandate } from './readingMandate';
import { EnvironmentReads, ReadRequest } from './reads';
import { EnvironmentStore } from './store';

/** A request that was checked through and through. */
export interface CheckedRequest {
  /** Of the environment that is to be. */
  id: string;
  caller: Caller;
  name: string;
  owner: string;
  labels: Labels;
  blueprint: PublishedBlueprint;
  /** With the blueprint's defaults; secrets are sealed. */
  inputs: JsonObject;
  /** Those that it is to have with these inputs, in the order of the graph. */
  components: ComponentNode[];
  cost?: EstimatedCost;
  ttl: TtlGrant & { reason: string; rule: string };
  /** For what it reads of other environments; absent: nothing. */
  readingMandate?: ReadingMandate;
}

export interface WriteOptions {
  idempotency?: Idempotency;
  /** For its plan alone: it never comes to be. */
  trial: boolean;
  /** Wait between plan and apply until somebody confirms the plan. */
  confirm: boolean;
}

export interface CreatedEnvironment {
  environmentId: string;
  operationId: string;
}

/** Checks requests for new environments, and makes their records. */
export class EnvironmentCreator {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      store: EnvironmentStore;
      blueprints: Pick<BlueprintService, 'getById' | 'getForRequest'>;
      leases: LeaseService;
      schedules: Pick<ScheduleService, 'begin'>;
      activity: Pick<ActivityService, 'begin'>;
      inputVault: InputVault;
      reads: EnvironmentReads;
      operations: OperationStore;
      submitter: OperationSubmitter;
      outbox: Outbox;
      clock: Clock;
      ids: IdMaker;
    },
  ) {}

  /**
   * Everything that can be known before making anything, with all that is wrong at once.
   *
   * @throws ProblemError
   */
  async check(
    request: CreateEnvironmentRequest,
    credentials: BackstageCredentials,
  ): Promise<CheckedRequest> {
    const { access, blueprints, inputVault, ids } = this.options;
    const caller = await access.caller(credentials);
    await access.requireBasic(environmentCreatePermission, credentials, {
      message: 'You may not create environments.',
      remedy: 'Ask the operators of this portal for the permission.',
    });
    const blueprint = await blueprints.getForRequest({
      name: request.blueprint,
      version: request.version,
      // Nothing comes to be of a dry run, so authors may try what they have not published.
      drafts:
        request.dryRun &&
        (await access.mayBasic(blueprintPublishPermission, credentials)),
    });
    const applied = applyInputs(blueprint.document, request.inputs);
    const owner = readOwner(request.owner, caller);
    const { type, name } = blueprint;
    const subject = { type, owner: owner.ref, blueprint: name };
    const terms = this.options.leases.terms(blueprint.document, subject);
    const id = ids.id();
    const { problems, ...lease } = decideGrant(
      terms.rules,
      request.ttl,
      spreadOf(id),
    );
    const { labels = {} } = request;
    const all = [
      environmentNameProblem(request.name),
      owner.problem,
      ...labelProblems(labels),
      labelCountProblem(labels),
      ...applied.problems,
      ...problems,
    ].filter(problem => problem !== undefined);
    if (all.length > 0) throw new InputProblemError(all);
    const environment = {
      id,
      name: request.name,
      owner: owner.ref,
      type,
    };
    const inputs = inputVault.seal(
      environment.id,
      blueprint.document.spec.inputs,
      applied.inputs,
    );
    const readingMandate = await this.#requireReads(
      { environment, blueprint, inputs },
      credentials,
    );
    const { components, cost } = declarationOf(environment, blueprint, inputs);
    return {
      ...environment,
      caller,
      labels,
      blueprint,
      inputs,
      readingMandate,
      components,
      cost,
      ttl: { ...terms, ...lease, maxSeconds: terms.rules.max?.value },
    };
  }

  /** @throws InputProblemError when the caller can't read what the expressions read */
  async #requireReads(
    request: Pick<ReadRequest, 'environment' | 'blueprint' | 'inputs'>,
    credentials: BackstageCredentials,
  ): Promise<ReadingMandate | undefined> {
    const { knex, reads } = this.options;
    const { document } = request.blueprint;
    const kind = 'create';
    const mandate = await reads.mandateFor({ kind, document }, credentials);
    if (mandate) await reads.read(knex, { ...request, kind }, mandate);
    return mandate;
  }

  /** What whoever asked for an environment of that version should know; absent: nothing. */
  async warnings(versionId: string): Promise<Problem[] | undefined> {
    const { warnings } = await this.options.blueprints.getById(versionId);
    return warnings.length > 0 ? warnings : undefined;
  }

  /** @throws NameTakenError */
  async requireFreeName(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { knex, store, access } = this.options;
    const holder = await store.findByName(knex, name);
    if (!holder || holder.destroyedAt) return;
    const visible = await access.mayRead(credentials, holder);
    // Enough of the name's beginning to meet every candidate, which may be cut for its number.
    const taken = await store.namesLike(knex, name.slice(0, 30));
    throw new NameTakenError({
      name,
      owner: visible ? holder.owner : undefined,
      suggestion: freeEnvironmentName(name, taken),
    });
  }

  /**
   * What an earlier request with this key made; undefined when there was none.
   *
   * @throws IdempotencyKeyReusedError when that was another request
   */
  async findRepeated(
    idempotency: Idempotency | undefined,
    credentials: BackstageCredentials,
  ): Promise<OperationRecord | undefined> {
    const { knex, access, operations } = this.options;
    const { actor } = await access.caller(credentials);
    return findRepeated(knex, operations, actor, idempotency);
  }

  /**
   * Writes environment, components, lease and operation, all or nothing. Of a trial there is
   * no more than its operation needs: it has no name to hold, no lease to end, and nobody is told.
   *
   * @returns undefined when the name, or the key, was taken since the check
   */
  async write(
    checked: CheckedRequest,
    options: WriteOptions,
  ): Promise<CreatedEnvironment | undefined> {
    try {
      return await this.options.knex.transaction(tx =>
        this.#write(tx, checked, options),
      );
    } catch (error) {
      if (isKeyTaken(error)) return undefined;
      throw error;
    }
  }

  async #write(
    tx: Knex.Transaction,
    checked: CheckedRequest,
    { idempotency, trial, confirm }: WriteOptions,
  ): Promise<CreatedEnvironment | undefined> {
    const { store, submitter, clock } = this.options;
    const { id, caller, blueprint, inputs, readingMandate } = checked;
    const now = clock.now();
    const inserted = await store.insert(tx, {
      id,
      name: checked.name,
      owner: checked.owner,
      createdBy: caller.actor,
      type: blueprint.type,
      blueprintVersionId: blueprint.versionId,
      state: trial ? 'destroyed' : INITIAL_STATE,
      destroyedAt: trial ? now : undefined,
      trial,
      labels: checked.labels,
      inputs,
      outputs: [],
      cost: checked.cost,
      createdAt: now,
    });
    if (!inserted) return undefined;

    if (!trial) await this.#furnish(tx, checked);
    const { operationId } = await submitter.submit(tx, {
      environmentId: id,
      kind: 'create',
      requestedBy: caller.actor,
      cause: { code: 'request', message: `Asked for by ${caller.actor}` },
      idempotency,
      readingMandate,
      dryRun: trial,
      confirm,
      target: { blueprintVersionId: blueprint.versionId, inputs },
    });
    return { environmentId: id, operationId };
  }

  /** What an environment has from its first moment on. */
  async #furnish(
    tx: Knex.Transaction,
    { id, name, caller, components, ttl }: CheckedRequest,
  ): Promise<void> {
    const { store, leases, schedules, activity, outbox } = this.options;
    await store.declareComponents(tx, id, components);
    await leases.grant(tx, { ...ttl, environmentId: id, actor: caller.actor });
    await schedules.begin(tx, id);
    await activity.begin(tx, id);
    await outbox.add(tx, { environmentId: id, name, state: INITIAL_STATE });
  }
}

/** The owner's ref as it is compared, and what is wrong with it. */
function readOwner(
  owner: string,
  caller: Caller,
): { ref: string; problem?: Problem } {
  const problem = { code: 'environment.owner', field: '/owner' };
  let ref: string;
  try {
    const parsed = parseEntityRef(owner);
    ref = stringifyEntityRef(parsed);
    if (!['user', 'group'].includes(parsed.kind.toLowerCase())) {
      throw new Error('neither user nor group');
    }
  } catch {
    return {
      ref: owner,
      problem: {
        ...problem,
        message: `"${owner}" does not name a user or a group.`,
        remedy: 'Name the owner like group:default/checkout.',
      },
    };
  }
  if (!caller.ownershipRefs || caller.ownershipRefs.includes(ref)) {
    return { ref };
  }
  return {
    ref,
    problem: {
      ...problem,
      message: `You are not ${ref}, nor a member of it.`,
      remedy: `Choose one of ${caller.ownershipRefs.join(', ')}.`,
    },
  };
}
