import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  FailedTeardown,
  FailingTeardownCheck,
  ListOrphansQuery,
  Orphan,
  Page,
} from '@greenroom/plugin-environments-common';
import { readCursor } from '../cursor';
import { EnvironmentAccess } from '../environments/access';
import { readPage } from '../page';
import { FailingCheckList } from './check/list';
import {
  Listed,
  OrphanList,
  OrphanListRequest,
  OrphanPageRequest,
  sinceCursorSchema,
} from './list';

/** What teardowns could not remove, for its readers: whoever may see an environment may see that. */
export class OrphanService {
  constructor(
    private readonly options: {
      list: OrphanList;
      checks: FailingCheckList;
      access: EnvironmentAccess;
    },
  ) {}

  async list(
    query: ListOrphansQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<Orphan>> {
    const { list } = this.options;
    return this.#page(query, credentials, {
      page: request => list.orphans(request),
      total: request => list.orphanTotal(request),
    });
  }

  async listFailedTeardowns(
    query: ListOrphansQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<FailedTeardown>> {
    const { list } = this.options;
    return this.#page(query, credentials, {
      page: request => list.teardowns(request),
      total: request => list.teardownTotal(request),
    });
  }

  /** Teardowns that would fail, by the last dry run of each. */
  async listFailingChecks(
    query: ListOrphansQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<FailingTeardownCheck>> {
    const { checks } = this.options;
    return this.#page(query, credentials, {
      page: request => checks.page(request),
      total: request => checks.total(request),
    });
  }

  async #page<T>(
    { cursor, limit, ...filters }: ListOrphansQuery,
    credentials: BackstageCredentials,
    read: {
      page: (request: OrphanPageRequest) => Promise<Listed<T>[]>;
      total: (request: OrphanListRequest) => Promise<number>;
    },
  ): Promise<Page<T>> {
    const { access } = this.options;
    const request = {
      ...filters,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
    };
    const from = cursor ? readCursor(cursor, sinceCursorSchema) : undefined;
    return readPage({
      limit,
      rows: most => read.page({ ...request, limit: most, cursor: from }),
      total: () => read.total(request),
      item: row => row.item,
      place: row => row.cursor,
    });
  }
}
