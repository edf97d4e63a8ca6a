import { Knex } from 'knex';
import { Transaction } from '../database';
import { StateOrigin, StateVersion, StateVersionRecord } from './types';

interface VersionRow {
  id: string;
  state_id: string;
  environment_id: string;
  component: string;
  serial: string;
  lineage: string;
  size: number;
  resources: number | null;
  operation_id: string | null;
  restored_by: string | null;
  restored_from: string | null;
  restore_reason: string | null;
  created_at: Date;
  current: boolean;
}

/** Versions of states as people ask for them. */
export class StateVersionStore {
  /** Newest first. */
  async page(
    tx: Transaction,
    query: {
      environmentId: string;
      component?: string;
      before?: string;
      limit: number;
    },
  ): Promise<{ items: StateVersionRecord[]; total: number }> {
    const all = () => {
      const versions = this.#versions(tx).where({
        's.environment_id': query.environmentId,
      });
      return query.component
        ? versions.where({ 's.component': query.component })
        : versions;
    };
    const page = all().orderBy('v.id', 'desc').limit(query.limit);
    if (query.before) page.where('v.id', '<', query.before);
    const rows: VersionRow[] = await this.#select(tx, page);
    const counted = await all().count({ total: '*' }).first();
    return { items: rows.map(toRecord), total: Number(counted?.total ?? 0) };
  }

  async find(
    tx: Transaction,
    id: string,
  ): Promise<StateVersionRecord | undefined> {
    const [row]: VersionRow[] = await this.#select(
      tx,
      this.#versions(tx).where({ 'v.id': id }),
    );
    return row && toRecord(row);
  }

  /** Sealed; undefined when the version has been removed. */
  async content(
    tx: Transaction,
    id: string,
  ): Promise<StateVersion['content'] | undefined> {
    const row = await tx('state_versions').where({ id }).first('content');
    return row?.content;
  }

  #versions(tx: Transaction) {
    return tx('state_versions as v').join('states as s', 's.id', 'v.state_id');
  }

  #select(tx: Transaction, versions: Knex.QueryBuilder) {
    return versions.select(
      'v.id',
      'v.state_id',
      's.environment_id',
      's.component',
      'v.serial',
      'v.lineage',
      'v.size',
      'v.resources',
      'v.operation_id',
      'v.restored_by',
      'v.restored_from',
      'v.restore_reason',
      'v.created_at',
      tx.raw(
        'NOT EXISTS (SELECT FROM state_versions n WHERE n.state_id = v.state_id AND n.id > v.id) AS current',
      ),
    );
  }
}

function toRecord(row: VersionRow): StateVersionRecord {
  return {
    id: row.id,
    stateId: row.state_id,
    environmentId: row.environment_id,
    component: row.component,
    serial: Number(row.serial),
    lineage: row.lineage,
    size: row.size,
    resources: row.resources ?? undefined,
    origin: originOf(row),
    createdAt: row.created_at,
    current: row.current,
  };
}

function originOf(row: VersionRow): StateOrigin {
  return row.operation_id
    ? { operationId: row.operation_id }
    : {
        by: row.restored_by!,
        from: row.restored_from!,
        reason: row.restore_reason!,
      };
}
