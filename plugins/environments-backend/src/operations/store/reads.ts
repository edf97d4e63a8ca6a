import {
  EnvironmentReader,
  JsonObject,
} from '@greenroom/plugin-environments-common';
import { Knex } from 'knex';
import { Transaction } from '../../database';
import { Visible } from '../../environments/access';
import { ReadRecord } from '../../environments/reads';
import { applyVisible } from '../../environments/visible';
import { DECLARING } from '../submission/declaration';

interface ReadRow {
  operation_id: string;
  environment_id: string;
  name: string;
  outputs: JsonObject;
}

/** What operations have read of other environments. */
export class ReadStore {
  async insert(
    tx: Transaction,
    operationId: string,
    reads: ReadRecord[],
  ): Promise<void> {
    if (reads.length === 0) return;
    await tx('operation_reads').insert(
      reads.map(({ environmentId, name, outputs }) => ({
        operation_id: operationId,
        environment_id: environmentId,
        name,
        outputs: JSON.stringify(outputs),
      })),
    );
  }

  async ofOperation(
    tx: Transaction,
    operationId: string,
  ): Promise<ReadRecord[]> {
    const rows = await tx<ReadRow>('operation_reads')
      .where({ operation_id: operationId })
      .orderBy('name');
    return rows.map(toRecord);
  }

  /** The values that an environment has, each as it was read last by what succeeded. */
  async present(tx: Transaction, environmentId: string): Promise<ReadRecord[]> {
    const rows: ReadRow[] = await tx('operation_reads as r')
      .join('operations as o', 'o.id', 'r.operation_id')
      .where({ 'o.environment_id': environmentId, 'o.dry_run': false })
      .where({ 'o.state': 'succeeded' })
      .whereIn('o.kind', [...DECLARING])
      .distinctOn('r.name')
      .orderBy([{ column: 'r.name' }, { column: 'o.number', order: 'desc' }])
      .select('r.*');
    return rows.map(toRecord);
  }

  /** How many living environments have values of that one, by their latest operations. */
  async countReaders(tx: Transaction, environmentId: string): Promise<number> {
    const [{ count }] = await this.#readers(tx, environmentId).count();
    return Number(count);
  }

  /** Those of them that may be seen, in the order of their names. */
  async readers(
    tx: Transaction,
    environmentId: string,
    { visible, limit }: { visible: Visible; limit: number },
  ): Promise<EnvironmentReader[]> {
    const query = this.#readers(tx, environmentId)
      .select('e.id', 'e.name')
      .orderByRaw('e.name COLLATE "C"')
      .limit(limit);
    applyVisible(query, visible);
    return query;
  }

  /** What a later success has not read again is not in the environment any more. */
  #readers(tx: Transaction, environmentId: string): Knex.QueryBuilder {
    const reading = tx('operation_reads as r')
      .join('operations as o', 'o.id', 'r.operation_id')
      .where({ 'r.environment_id': environmentId, 'o.dry_run': false })
      .whereNotExists(
        tx('operations as later')
          .whereRaw('later.environment_id = o.environment_id')
          .whereRaw('later.number > o.number')
          .where({ 'later.dry_run': false, 'later.state': 'succeeded' })
          .whereIn('later.kind', [...DECLARING]),
      )
      .select('o.environment_id');
    return tx('environments as e')
      .whereIn('e.id', reading)
      .whereNot('e.id', environmentId)
      .whereNull('e.destroyed_at');
  }
}

function toRecord(row: ReadRow): ReadRecord {
  return {
    environmentId: row.environment_id,
    name: row.name,
    outputs: row.outputs,
  };
}
