import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  LogLine,
  LogPage,
  Operation,
  OperationState,
} from '@greenroom/plugin-environments-common';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentRecord } from '../environments/types';
import { OperationNotFoundError } from './errors';
import { isActive } from './lifecycle';
import { LogFeed } from './logFeed';
import { OperationReader } from './reader';
import { LogStore } from './store/logs';
import { OperationStore } from './store/operations';
import { OperationRecord } from './types';

/** Operations for their readers: whoever may see an environment may see what is done to it. */
export class OperationService {
  constructor(
    private readonly options: {
      knex: Knex;
      operations: OperationStore;
      logs: LogStore;
      feed: LogFeed;
      reader: OperationReader;
      environments: EnvironmentChanges;
      access: EnvironmentAccess;
    },
  ) {}

  async get(id: string, credentials: BackstageCredentials): Promise<Operation> {
    const { operation, environment } = await this.#readable(id, credentials);
    return this.options.reader.read(operation, environment);
  }

  async logs(
    id: string,
    query: { after: string; limit: number },
    credentials: BackstageCredentials,
  ): Promise<LogPage> {
    const { knex, logs } = this.options;
    // The state is read before the lines: once it is final, no line comes after them.
    const { operation } = await this.#readable(id, credentials);
    const items = await logs.page(knex, { operationId: id, ...query });
    return {
      items,
      complete: !isActive(operation.state) && items.length < query.limit,
    };
  }

  async followLogs(
    id: string,
    after: string,
    credentials: BackstageCredentials,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<LogLine[], OperationState>> {
    await this.#readable(id, credentials);
    return this.options.feed.follow(id, after, signal);
  }

  async #readable(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ operation: OperationRecord; environment: EnvironmentRecord }> {
    const { knex, operations, environments, access } = this.options;
    const operation = await operations.find(knex, id);
    if (!operation) throw new OperationNotFoundError(id);
    const environment = await environments.get(knex, operation.environmentId);
    if (!(await access.mayRead(credentials, environment))) {
      throw new OperationNotFoundError(id);
    }
    return { operation, environment };
  }
}
