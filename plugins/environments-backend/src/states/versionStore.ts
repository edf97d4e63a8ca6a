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

interface OfEnvironment {
  environmentId: string;
  component?: string;
}

/** Versions of states as people ask for them. */
export class StateVersionStore {
  /** Newest first. */
  async page(
    tx: Transaction,
    of: OfEnvironment,
    place: { before?: string; limit: number },
  ): Promise<StateVersionRecord[]> {
    const page = this.#of(tx, of).orderBy('v.id', 'desc').limit(place.limit);
    if (place.before) page.where('v.id', '<', place.before);
    const rows: VersionRow[] = await this.#select(tx, page);
    return rows.map(toRecord);
  }

  async total(tx: Transaction, of: OfEnvironment): Promise<number> {
    const counted = await this.#of(tx, of).count({ total: '*' }).first();
    return Number(counted?.total ?? 0);
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

  #of(tx: Transaction, { environmentId, component }: OfEnvironment) {
    const versions = this.#versions(tx).where({
      's.environment_id': environmentId,
    });
    return component ? versions.where({ 's.component': component }) : versions;
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
