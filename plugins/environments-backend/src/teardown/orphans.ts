import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  FailedTeardown,
  ListOrphansQuery,
  Orphan,
  Page,
} from '@greenroom/plugin-environments-common';
import { readCursor, writeCursor } from '../cursor';
import { EnvironmentAccess } from '../environments/access';
import {
  Listed,
  OrphanList,
  OrphanListRequest,
  OrphanPageRequest,
  sinceCursorSchema,
} from './list';

const DEFAULT_LIMIT = 50;

/** What teardowns could not remove, for its readers: whoever may see an environment may see that. */
export class OrphanService {
  constructor(
    private readonly options: { list: OrphanList; access: EnvironmentAccess },
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

  async #page<T>(
    { cursor, limit = DEFAULT_LIMIT, ...filters }: ListOrphansQuery,
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
    const [rows, total] = await Promise.all([
      read.page({
        ...request,
        // One more than asked for tells whether there is a next page.
        limit: limit + 1,
        cursor: cursor ? readCursor(cursor, sinceCursorSchema) : undefined,
      }),
      read.total(request),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ item }) => item),
      total,
      nextCursor:
        rows.length > limit && last ? writeCursor(last.cursor) : undefined,
    };
  }
}
