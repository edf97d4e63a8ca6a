import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  DestroyEnvironmentRequest,
  Environment,
  environmentDestroyPermission,
  EnvironmentCounts,
  EnvironmentResource,
  EnvironmentSummary,
  ListEnvironmentsQuery,
  Operation,
  OperationSummary,
  Page,
} from '@greenroom/plugin-environments-common';
import { addSeconds, Clock } from '../clock';
import { OperationReader } from '../operations/reader';
import { OperationSubmitter } from '../operations/submit';
import { EnvironmentAccess } from './access';
import { CheckedRequest, EnvironmentCreator } from './create';
import { readCursor, writeCursor } from './cursor';
import { EnvironmentNotFoundError } from './errors';
import { EnvironmentList } from './list';
import { EnvironmentStore } from './store';
import { toSummary } from './summary';
import { EnvironmentRecord } from './types';

const DEFAULT_LIMIT = 50;

/** What people and other plugins may ask of environments; decides whether they may. */
export class EnvironmentService {
  constructor(
    private readonly options: {
      knex: Knex;
      store: EnvironmentStore;
      list: EnvironmentList;
      access: EnvironmentAccess;
      creator: EnvironmentCreator;
      submitter: OperationSubmitter;
      reader: OperationReader;
      /** After a commit that left work to do. */
      onSubmitted: (operationIds: string[]) => Promise<void>;
      clock: Clock;
    },
  ) {}

  async list(
    query: ListEnvironmentsQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<EnvironmentSummary>> {
    const { access, list } = this.options;
    const { sort = 'timeLeft', order = 'asc', limit = DEFAULT_LIMIT } = query;
    const request = {
      ...query,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
      sort,
      order,
      limit,
      cursor: query.cursor
        ? readCursor(query.cursor, { sort, order })
        : undefined,
    };
    const [rows, total] = await Promise.all([
      // One more than asked for tells whether there is a next page.
      list.page({ ...request, limit: limit + 1 }),
      list.total(request),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toSummary),
      total,
      nextCursor:
        rows.length > limit && last
          ? writeCursor({ sort, order, ...last })
          : undefined,
    };
  }

  async counts(credentials: BackstageCredentials): Promise<EnvironmentCounts> {
    const { access, list, clock } = this.options;
    const caller = await access.caller(credentials);
    const visible = await access.visible(credentials);
    return list.counts(caller, visible, clock.now());
  }

  async get(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    return this.#detail(await this.#readable(id, credentials));
  }

  /** The living environment of that name, else the one destroyed last. */
  async getByName(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const { knex, store, access } = this.options;
    const environment = await store.findByName(knex, name);
    if (!environment) throw new EnvironmentNotFoundError(name);
    await access.requireRead(credentials, environment);
    return this.#detail(environment);
  }

  async resources(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentResource[]> {
    const { knex, store } = this.options;
    const environment = await this.#readable(id, credentials);
    const components = await store.components(knex, environment.id);
    return components.flatMap(component =>
      component.resources.map(resource => ({
        component: component.id,
        ...resource,
      })),
    );
  }

  async operations(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<OperationSummary[]> {
    const environment = await this.#readable(id, credentials);
    return this.options.reader.summaries(environment);
  }

  /** Leaves nothing behind when it throws. The same key and request again give the same answer. */
  async create(
    request: CreateEnvironmentRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<CreateEnvironmentResponse> {
    const { creator, onSubmitted } = this.options;
    const repeated = () =>
      idempotencyKey
        ? creator.findRepeated(request, idempotencyKey, credentials)
        : undefined;
    const earlier = await repeated();
    if (earlier) return this.#created(earlier.environmentId, earlier.id);

    const checked = await creator.check(request, credentials);
    if (request.dryRun) {
      await creator.requireFreeName(checked.name, credentials);
      return this.#dryRun(checked);
    }
    const created = await creator.write(checked, request, idempotencyKey);
    if (!created) {
      const winner = await repeated();
      if (winner) return this.#created(winner.environmentId, winner.id);
      await creator.requireFreeName(checked.name, credentials);
      // The one in the way is gone already.
      return this.create(request, credentials, idempotencyKey);
    }
    await onSubmitted([created.operationId]);
    return this.#created(created.environmentId, created.operationId);
  }

  /**
   * @throws EnvironmentBusyError while another operation runs
   */
  async destroy(
    id: string,
    request: DestroyEnvironmentRequest,
    credentials: BackstageCredentials,
  ): Promise<Operation> {
    const { knex, store, access, submitter, onSubmitted, reader } =
      this.options;
    const environment = await this.#readable(id, credentials);
    await access.require(
      environmentDestroyPermission,
      credentials,
      environment,
    );
    const { actor } = await access.caller(credentials);
    const operationId = await knex.transaction(async tx => {
      await store.lock(tx, id);
      return submitter.submit(tx, {
        environmentId: id,
        kind: 'destroy',
        requestedBy: actor,
        cause: {
          code: 'request',
          message: request.reason ?? `Asked for by ${actor}`,
        },
      });
    });
    await onSubmitted([operationId]);
    return reader.readById(operationId, environment);
  }

  async #readable(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentRecord> {
    const { knex, store, access } = this.options;
    const environment = await store.find(knex, id);
    if (!environment) throw new EnvironmentNotFoundError(id);
    await access.requireRead(credentials, environment);
    return environment;
  }

  async #detail(environment: EnvironmentRecord): Promise<Environment> {
    const { knex, store, list, reader } = this.options;
    const [row, components, operations] = await Promise.all([
      list.one(environment.id),
      store.components(knex, environment.id),
      reader.summaries(environment),
    ]);
    if (!row) throw new EnvironmentNotFoundError(environment.id);
    return {
      ...toSummary(row),
      inputs: environment.inputs,
      outputs: environment.outputs,
      components: components.map(({ id, driver, state, resources, uses }) => ({
        id,
        driver,
        state,
        resources: resources.length,
        uses,
      })),
      latestOperation: operations[0],
    };
  }

  async #created(
    environmentId: string,
    operationId: string,
  ): Promise<CreateEnvironmentResponse> {
    const { knex, store, reader } = this.options;
    const record = await store.find(knex, environmentId);
    if (!record) throw new EnvironmentNotFoundError(environmentId);
    const environment = await this.#detail(record);
    return {
      environment,
      operation: await reader.readById(operationId, record),
      expiresAt: environment.lease.expiresAt,
      blueprint: environment.blueprint,
      inputs: environment.inputs,
    };
  }

  #dryRun({ blueprint, inputs, ttl }: CheckedRequest) {
    const { name, title, version, entityRef } = blueprint;
    const expiresAt =
      ttl.seconds === undefined
        ? undefined
        : addSeconds(this.options.clock.now(), ttl.seconds).toISOString();
    return {
      expiresAt,
      blueprint: { name, title, version, entityRef },
      inputs,
    };
  }
}
