import { createHash } from 'node:crypto';
import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  applyInputs,
  blueprintTtl,
  componentGraph,
  CreateEnvironmentRequest,
  environmentCreatePermission,
  environmentNameProblem,
  freeEnvironmentName,
  JsonObject,
  JsonValue,
  Problem,
  resolveTtl,
} from '@greenroom/plugin-environments-common';
import { BlueprintService, PublishedBlueprint } from '../blueprints/service';
import { Clock } from '../clock';
import { violatesUnique } from '../database';
import { InputProblemError } from '../errors';
import { Outbox } from '../events/outbox';
import { IdMaker } from '../ids';
import { TtlGrant } from '../leases/schedule';
import { LeaseService } from '../leases/service';
import { OperationStore } from '../operations/store/operations';
import { OperationSubmitter } from '../operations/submit';
import { OperationRecord } from '../operations/types';
import { StateService } from '../states/service';
import { Caller, EnvironmentAccess } from './access';
import { IdempotencyKeyReusedError, NameTakenError } from './errors';
import { INITIAL_STATE } from './lifecycle';
import { EnvironmentStore } from './store';

const IDEMPOTENCY_INDEX = 'operations_requested_by_idempotency_key_unique';

/** A request that was checked through and through. */
export interface CheckedRequest {
  caller: Caller;
  name: string;
  owner: string;
  blueprint: PublishedBlueprint;
  /** With the blueprint's defaults. */
  inputs: JsonObject;
  ttl: TtlGrant & { reason: string; rule: string };
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
      blueprints: Pick<BlueprintService, 'getForRequest'>;
      leases: LeaseService;
      states: StateService;
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
    const { access, blueprints } = this.options;
    const caller = await access.caller(credentials);
    await access.requireBasic(environmentCreatePermission, credentials, {
      message: 'You may not create environments.',
      remedy: 'Ask the operators of this portal for the permission.',
    });
    const blueprint = await blueprints.getForRequest({
      name: request.blueprint,
      version: request.version,
    });
    const { inputs, problems } = applyInputs(
      blueprint.document,
      request.inputs,
    );
    const ttl = blueprintTtl(blueprint.document);
    const lease = resolveTtl(ttl, request.ttl);
    const all = [
      environmentNameProblem(request.name),
      ownerProblem(request.owner, caller),
      ...problems,
      ...lease.problems,
    ].filter(problem => problem !== undefined);
    if (all.length > 0) throw new InputProblemError(all);
    return {
      caller,
      name: request.name,
      owner: stringifyEntityRef(parseEntityRef(request.owner)),
      blueprint,
      inputs,
      ttl: {
        seconds: lease.seconds,
        maxSeconds: ttl.maxSeconds,
        warnBeforeSeconds: ttl.warnBeforeSeconds,
        reason: lease.reason,
        rule: request.ttl ? 'ttl.requested' : 'ttl.default',
      },
    };
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
    request: CreateEnvironmentRequest,
    key: string,
    credentials: BackstageCredentials,
  ): Promise<OperationRecord | undefined> {
    const { knex, access, operations } = this.options;
    const { actor } = await access.caller(credentials);
    const earlier = await operations.byIdempotencyKey(knex, actor, key);
    if (earlier && earlier.requestDigest !== digest({ ...request })) {
      throw new IdempotencyKeyReusedError(key);
    }
    return earlier;
  }

  /**
   * Writes environment, components, states, lease and operation, all or nothing.
   *
   * @returns undefined when the name, or the key, was taken since the check
   */
  async write(
    checked: CheckedRequest,
    request: CreateEnvironmentRequest,
    key: string | undefined,
  ): Promise<CreatedEnvironment | undefined> {
    try {
      return await this.options.knex.transaction(tx =>
        this.#write(
          tx,
          checked,
          key ? { key, digest: digest({ ...request }) } : undefined,
        ),
      );
    } catch (error) {
      if (violatesUnique(error, IDEMPOTENCY_INDEX)) return undefined;
      throw error;
    }
  }

  async #write(
    tx: Knex.Transaction,
    { caller, name, owner, blueprint, inputs, ttl }: CheckedRequest,
    idempotency: { key: string; digest: string } | undefined,
  ): Promise<CreatedEnvironment | undefined> {
    const { store, leases, states, submitter, outbox, clock, ids } =
      this.options;
    const environmentId = ids.id();
    const inserted = await store.insert(tx, {
      id: environmentId,
      name,
      owner,
      createdBy: caller.actor,
      type: blueprint.type,
      blueprintVersionId: blueprint.versionId,
      state: INITIAL_STATE,
      inputs,
      outputs: [],
      createdAt: clock.now(),
    });
    if (!inserted) return undefined;

    const components = componentGraph(blueprint.document);
    await store.declareComponents(tx, environmentId, components);
    await states.prepare(
      tx,
      environmentId,
      components.map(component => component.id),
    );
    await leases.grant(tx, { ...ttl, environmentId, actor: caller.actor });
    const operationId = await submitter.submit(tx, {
      environmentId,
      kind: 'create',
      requestedBy: caller.actor,
      cause: { code: 'request', message: `Asked for by ${caller.actor}` },
      idempotency,
    });
    await outbox.add(tx, { environmentId, name, state: INITIAL_STATE });
    return { environmentId, operationId };
  }
}

function ownerProblem(owner: string, caller: Caller): Problem | undefined {
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
      ...problem,
      message: `"${owner}" does not name a user or a group.`,
      remedy: 'Name the owner like group:default/checkout.',
    };
  }
  if (!caller.ownershipRefs || caller.ownershipRefs.includes(ref)) {
    return undefined;
  }
  return {
    ...problem,
    message: `You are not ${ref}, nor a member of it.`,
    remedy: `Choose one of ${caller.ownershipRefs.join(', ')}.`,
  };
}

/** Of what was asked, in whichever order its keys came. */
function digest(request: object): string {
  const text = JSON.stringify(request, (_key, value: JsonValue) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
