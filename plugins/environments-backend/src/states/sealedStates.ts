import { Transaction } from '../database';
import {
  EXAMPLES,
  SealedByKey,
  SealedSource,
  sqlKeyId,
} from '../secrets/sealedSource';
import { statePurpose } from './service';

/** Every kept version of every state; a place is the id of a version. */
export class SealedStates implements SealedSource {
  readonly name = 'versions of states';

  async byKey(tx: Transaction): Promise<SealedByKey[]> {
    const { rows } = await tx.raw(
      `SELECT ${sqlKeyId('v.content')} AS key, count(*)::int AS values,
         (array_agg(v.id::text ORDER BY v.id))[1:${EXAMPLES}] AS examples
       FROM state_versions v GROUP BY 1`,
    );
    return rows.map((row: SealedByKey) => ({
      ...row,
      examples: row.examples.map(id => this.describe(id)),
    }));
  }

  async due(
    tx: Transaction,
    query: { head: Buffer; after: string; limit: number },
  ): Promise<string[]> {
    return tx('state_versions')
      .where('id', '>', query.after || '0')
      .whereRaw('substring(content from 1 for ?) <> ?', [
        query.head.length,
        query.head,
      ])
      .orderBy('id')
      .limit(query.limit)
      .pluck('id');
  }

  async reseal(
    tx: Transaction,
    id: string,
    seal: (sealed: Buffer, purpose: string) => Buffer | undefined,
  ): Promise<number> {
    const row = await tx('state_versions')
      .where({ id })
      .forUpdate()
      .first('state_id', 'content');
    const content = row && seal(row.content, statePurpose(row.state_id));
    if (!content) return 0;
    return tx('state_versions').where({ id }).update({ content });
  }

  describe(id: string): string {
    return `version ${id} of a state`;
  }
}
