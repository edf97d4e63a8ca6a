import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  Environment,
  EnvironmentCounts,
  EnvironmentResource,
  EnvironmentSummary,
  ListEnvironmentsQuery,
  Page,
} from '@greenroom/plugin-environments-common';
import { ActivityService } from '../activity/service';
import { addSeconds, Clock } from '../clock';
import { readCursor } from '../cursor';
import { idempotencyOf } from '../operations/api/idempotency';
import { ScheduleService } from '../schedules/service';
import { OperationReader } from '../operations/api/reader';
import { ReadStore } from '../operations/store/reads';
import { readPage } from '../page';
import { TeardownChecks } from '../teardown/check/service';
import { toTeardownCheck } from '../teardown/check/view';
import { toEnvironmentWatcher, WatcherStore } from '../watching/store';
import { EnvironmentAccess } from './access';
import { CheckedRequest, EnvironmentCreator } from './create';
import { EnvironmentNotFoundError } from './errors';
import { EnvironmentList, pageCursorSchema } from './list';
import { inputsOf } from './inputVault';
import { requireLabelSelectors } from './labelled';
import { knownResources } from './knownResources';
import { EnvironmentStore } from './store';
import { toSummary } from './summary';
import { EnvironmentRecord } from './types';

/** Of the environments that read one, how many are named. */
const READERS_NAMED = 20;

/** What people and other plugins may ask of environments; decides whether they may. */
export class EnvironmentService {
  constructor(
    private readonly options: {
      knex: Knex;
      store: EnvironmentStore;
      list: EnvironmentList;
      access: EnvironmentAccess;
      creator: EnvironmentCreator;
      reader: OperationReader;
      schedules: Pick<ScheduleService, 'get'>;
      activity: Pick<ActivityService, 'get'>;
      checks: Pick<TeardownChecks, 'find'>;
      watchers: Pick<WatcherStore, 'of'>;
      readStore: ReadStore;
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
    const { sort = 'timeLeft', order = 'asc', limit } = query;
    requireLabelSelectors(query.label, '/label');
    const request = {
      ...query,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
      sort,
      order,
      cursor: query.cursor
        ? readCursor(query.cursor, pageCursorSchema(sort, order))
        : undefined,
    };
    return readPage({
      limit,
      rows: most => list.page({ ...request, limit: most }),
      total: () => list.total(request),
      item: toSummary,
      place: ({ rank, key, id }) => ({ sort, order, rank, key, id }),
    });
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
    return this.#detail(await this.#readable(id, credentials), credentials);
  }

  /** The living environment of that name, else the one destroyed last. */
  async getByName(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const { knex, store, access } = this.options;
    const environment = await store.findByName(knex, name);
    if (!environment || environment.trial) {
      throw new EnvironmentNotFoundError(name);
    }
    await access.requireRead(credentials, environment);
    return this.#detail(environment, credentials);
  }

  async resources(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentResource[]> {
    const { knex, store } = this.options;
    const environment = await this.#readable(id, credentials);
    const components = await store.components(knex, environment.id);
    return components.flatMap(component =>
      knownResources(component).map(resource => ({
        component: component.id,
        ...resource,
      })),
    );
  }

  /** Leaves nothing behind when it throws. The same key and request again give the same answer. */
  async create(
    request: CreateEnvironmentRequest,
    credentials: BackstageCredentials,
    idempotencyKey?: string,
  ): Promise<CreateEnvironmentResponse> {
    const { creator, onSubmitted } = this.options;
    const { dryRun = false, plan = false, confirm = false } = request;
    const idempotency = idempotencyOf(idempotencyKey, request);
    const earlier = await creator.findRepeated(idempotency, credentials);
    if (earlier) return this.#created(earlier, credentials);

    const checked = await creator.check(request, credentials);
    if (dryRun) await creator.requireFreeName(checked.name, credentials);
    if (dryRun && !plan) return this.#wouldBe(checked);
    const options = { idempotency, trial: dryRun, confirm };
    const created = await creator.write(checked, options);
    if (!created) {
      const winner = await creator.findRepeated(idempotency, credentials);
      if (winner) return this.#created(winner, credentials);
      await creator.requireFreeName(checked.name, credentials);
      // The one in the way is gone already.
      return this.create(request, credentials, idempotencyKey);
    }
    await onSubmitted([created.operationId]);
    const { environmentId, operationId: id } = created;
    const answer = await this.#created({ environmentId, id }, credentials);
    return dryRun ? { ...this.#wouldBe(checked), ...answer } : answer;
  }

  async #readable(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentRecord> {
    const { knex, store, access } = this.options;
    const environment = await store.find(knex, id);
    if (!environment || environment.trial) {
      throw new EnvironmentNotFoundError(id);
    }
    await access.requireRead(credentials, environment);
    return environment;
  }

  async #readBy(
    { id }: EnvironmentRecord,
    credentials: BackstageCredentials,
  ): Promise<Environment['readBy']> {
    const { knex, access, readStore } = this.options;
    const count = await readStore.countReaders(knex, id);
    if (count === 0) return undefined;
    const environments = await readStore.readers(knex, id, {
      visible: await access.visible(credentials),
      limit: READERS_NAMED,
    });
    return { environments, others: count - environments.length };
  }

  async #detail(
    environment: EnvironmentRecord,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const { knex, store, list, reader, watchers } = this.options;
    const { schedules, activity, checks } = this.options;
    const { destroyedAt } = environment;
    // Its state before all else, so that whoever waits for one finds what came with it.
    const row = await list.one(environment.id);
    const [record, components, latestOperation, watching, readBy, ...due] =
      await Promise.all([
        store.find(knex, environment.id),
        store.components(knex, environment.id),
        reader.latest(environment),
        watchers.of(knex, environment.id),
        this.#readBy(environment, credentials),
        // It goes with the next look at it; until then it wants nothing any more.
        destroyedAt ? undefined : schedules.get(knex, environment.id),
        destroyedAt ? undefined : activity.get(knex, environment),
        destroyedAt ? undefined : checks.find(knex, environment.id),
      ]);
    const [schedule, idle, check] = due;
    if (!row || !record) throw new EnvironmentNotFoundError(environment.id);
    return {
      ...toSummary(row),
      ...inputsOf(record),
      outputs: record.outputs,
      components: components.map(component => ({
        id: component.id,
        driver: component.driver,
        state: component.state,
        resources: knownResources(component).length,
        uses: component.uses,
      })),
      latestOperation,
      schedule,
      idle,
      teardownCheck: check && toTeardownCheck(check),
      watchers:
        watching.length > 0 ? watching.map(toEnvironmentWatcher) : undefined,
      readBy,
    };
  }

  /** What a create has made; of a trial, its operation alone. */
  async #created(
    { environmentId, id }: { environmentId: string; id: string },
    credentials: BackstageCredentials,
  ): Promise<CreateEnvironmentResponse> {
    const { knex, store, creator, reader, access } = this.options;
    const record = await store.find(knex, environmentId);
    if (!record) throw new EnvironmentNotFoundError(environmentId);
    const may = await access.rights(credentials, record);
    const operation = await reader.readById(id, record, may);
    const { blueprint, inputs, secretInputs } = operation;
    const given = { blueprint, inputs, secretInputs };
    const warnings = await creator.warnings(record.blueprintVersionId);
    if (record.trial) return { operation, ...given, warnings };
    const environment = await this.#detail(record, credentials);
    const { cost } = environment;
    const { expiresAt } = environment.lease;
    return { environment, operation, expiresAt, cost, ...given, warnings };
  }

  #wouldBe({ blueprint, inputs, ttl, cost }: CheckedRequest) {
    const { name, title, version, entityRef, warnings } = blueprint;
    const expiresAt =
      ttl.seconds === undefined
        ? undefined
        : addSeconds(this.options.clock.now(), ttl.seconds).toISOString();
    return {
      expiresAt,
      cost,
      blueprint: { name, title, version, entityRef },
      ...inputsOf({ inputs }),
      warnings: warnings.length > 0 ? warnings : undefined,
    };
  }
}
