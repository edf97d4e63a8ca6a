import { JsonObject } from '@greenroom/plugin-environments-common';
import { Transaction } from '../../database';
import { ReadRecord } from '../../environments/reads';

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
    return rows.map(row => ({
      environmentId: row.environment_id,
      name: row.name,
      outputs: row.outputs,
    }));
  }
}
