import { setTimeout as wait } from 'node:timers/promises';
import {
  AuthService,
  DiscoveryService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import {
  Environment,
  ENVIRONMENT_KIND,
  EnvironmentsClient,
  ProblemsError,
} from '@greenroom/plugin-environments-common';
import { environmentEntity } from './entity';

/** Never changes: the catalog keeps apart by it who may write which entity. */
const LOCATION_KEY = 'environments';

/** What the environments plugin publishes after each change; more than the name is not needed. */
const TOPIC = 'environments.changed';

const PAGE = 100;
/** Environments read at once in a full reconcile. */
const READERS = 4;
/** The environments plugin may start after the catalog. */
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

export interface EnvironmentsProviderOptions {
  discovery: DiscoveryService;
  auth: AuthService;
  events: EventsService;
  scheduler: SchedulerService;
  logger: LoggerService;
  /** Aborts when the process goes down. */
  shutdown: AbortSignal;
}

/**
 * Keeps living environments in the catalog: one by one as they change, all of them now and then
 * for what was missed. Everything is read from the environments API, nothing from the catalog.
 */
export class EnvironmentsProvider implements EntityProvider {
  readonly #client: EnvironmentsClient;
  #connection?: EntityProviderConnection;
  /** One mutation after the other: a list read before a change must not be written after it. */
  #last: Promise<void> = Promise.resolve();
  #recovering?: Promise<void>;

  constructor(private readonly options: EnvironmentsProviderOptions) {
    const { auth, discovery } = options;
    this.#client = new EnvironmentsClient({
      discoveryApi: discovery,
      fetchApi: {
        fetch: async (input, init) => {
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf: await auth.getOwnServiceCredentials(),
            targetPluginId: 'environments',
          });
          const headers = new Headers(init?.headers);
          headers.set('Authorization', `Bearer ${token}`);
          return fetch(input, { ...init, headers });
        },
      },
    });
  }

  getProviderName(): string {
    return 'environments';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    const { events, scheduler } = this.options;
    this.#connection = connection;
    await events.subscribe({
      id: 'environments-catalog-provider',
      topics: [TOPIC],
      onEvent: async ({ eventPayload }) => {
        const { name } = eventPayload as { name: string };
        await this.update(name);
      },
    });
    await scheduler.scheduleTask({
      id: 'environments-catalog-reconcile',
      scope: 'global',
      frequency: { minutes: 10 },
      initialDelay: { minutes: 10 },
      timeout: { minutes: 10 },
      fn: () => this.reconcile(),
    });
    this.#recover();
  }

  /** Brings one environment to what it is now, whichever change was told and in which order. */
  async update(name: string): Promise<void> {
    try {
      await this.#inTurn(async connection => {
        const environment = await this.#find(name);
        const isLiving = environment && environment.state !== 'destroyed';
        await connection.applyMutation({
          type: 'delta',
          added: isLiving ? [deferred(environment)] : [],
          removed: isLiving
            ? []
            : [{ entityRef: refOf(name), locationKey: LOCATION_KEY }],
        });
      });
    } catch (error) {
      this.options.logger.warn(
        `Could not bring environment ${name} into the catalog; all are read again`,
        toError(error),
      );
      this.#recover();
    }
  }

  /** Brings the catalog to exactly the living environments. */
  async reconcile(): Promise<void> {
    await this.#inTurn(async connection => {
      const entities = await this.#readAll();
      await connection.applyMutation({ type: 'full', entities });
    });
  }

  /** Reconciles in the background until it went well once. */
  #recover(): void {
    this.#recovering ??= this.#reconcileUntilDone().finally(() => {
      this.#recovering = undefined;
    });
  }

  async #reconcileUntilDone(): Promise<void> {
    const { logger, shutdown } = this.options;
    for (let pause = FIRST_RETRY_MS; !shutdown.aborted; pause *= 2) {
      try {
        await this.reconcile();
        return;
      } catch (error) {
        const retryMs = Math.min(pause, LAST_RETRY_MS);
        logger.info(
          `Environments could not be read for the catalog; next try in ${retryMs / 1000} s: ${toError(error).message}`,
        );
        await wait(retryMs, undefined, { signal: shutdown }).catch(() => {});
      }
    }
  }

  async #inTurn(
    work: (connection: EntityProviderConnection) => Promise<void>,
  ): Promise<void> {
    const connection = this.#connection;
    if (!connection) throw new Error('The catalog is not connected yet');
    const mine = this.#last.then(() => work(connection));
    this.#last = mine.catch(() => {});
    await mine;
  }

  async #find(name: string): Promise<Environment | undefined> {
    try {
      return await this.#client.getEnvironmentByName(name);
    } catch (error) {
      if (error instanceof ProblemsError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async #readAll(): Promise<DeferredEntity[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#client.listEnvironments({
        scope: 'all',
        sort: 'createdAt',
        order: 'asc',
        limit: PAGE,
        cursor,
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);

    const entities: DeferredEntity[] = [];
    const read = async () => {
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
        const environment = await this.#client.getEnvironment(id);
        if (environment.state !== 'destroyed') {
          entities.push(deferred(environment));
        }
      }
    };
    await Promise.all(Array.from({ length: READERS }, read));
    return entities;
  }
}

function deferred(environment: Environment): DeferredEntity {
  return { entity: environmentEntity(environment), locationKey: LOCATION_KEY };
}

function refOf(name: string): string {
  return stringifyEntityRef({ kind: ENVIRONMENT_KIND, name });
}
