import { Knex } from 'knex';
import { FailingTeardownCheck } from '@greenroom/plugin-environments-common';
import {
  afterPlace,
  keyOf,
  Listed,
  narrow,
  OrphanListRequest,
  OrphanPageRequest,
} from '../list';
import { toCheckRecord } from './store';
import { toTeardownCheck } from './view';

type FailingRow = Parameters<typeof toCheckRecord>[0] & {
  environment_name: string;
  owner_ref: string;
  due_at: Date | null;
  /** Of the cursor. */
  key: string;
};

/** Teardowns that would fail, as far as the caller may see the environments; the longest first. */
export class FailingCheckList {
  constructor(private readonly knex: Knex) {}

  async page(
    request: OrphanPageRequest,
  ): Promise<Listed<FailingTeardownCheck>[]> {
    const query = this.#failing(request)
      .join('leases as l', 'l.environment_id', 'c.environment_id')
      .select(
        'c.*',
        'e.name as environment_name',
        'e.owner_ref',
        'l.due_at',
        this.knex.raw(keyOf('c.failing_since')),
      );
    const rows: FailingRow[] = await afterPlace(
      query,
      request,
      'c.failing_since',
      'c.environment_id',
    );
    return rows.map(row => ({
      item: {
        ...toTeardownCheck(toCheckRecord(row)),
        environmentId: row.environment_id,
        environmentName: row.environment_name,
        owner: row.owner_ref,
        dueAt: row.due_at?.toISOString(),
      },
      cursor: { since: row.key, id: row.environment_id },
    }));
  }

  async total(request: OrphanListRequest): Promise<number> {
    const row = await this.#failing(request).count({ count: '*' }).first();
    return Number(row?.count);
  }

  #failing(request: OrphanListRequest): Knex.QueryBuilder {
    const query = this.knex('teardown_checks as c')
      .join('environments as e', 'e.id', 'c.environment_id')
      .whereNotNull('c.failing_since')
      .whereNull('e.destroyed_at');
    if (request.search) {
      query.whereRaw('strpos(e.name, ?) > 0', [
        request.search.trim().toLowerCase(),
      ]);
    }
    return narrow(query, request);
  }
}
