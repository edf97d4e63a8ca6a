import { JsonObject } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';
import {
  sealedByKey,
  SealedByKey,
  sealedOtherwise,
  SealedSource,
} from '../secrets/sealedSource';
import { resealInputs } from './inputVault';

/** One row for each sealed input, of environments and of their operations. */
const VALUES = `
  SELECT t.environment_id::text AS place, decode(i.value->>'$sealed', 'base64') AS sealed
  FROM (
    SELECT id AS environment_id, inputs FROM environments
    UNION ALL
    SELECT environment_id, inputs FROM operations
  ) t, jsonb_each(t.inputs) i
  WHERE i.value->>'$sealed' IS NOT NULL`;

type Seal = (sealed: Buffer, purpose: string) => Buffer | undefined;

/** Secrets that people gave; a place is the id of an environment. */
export class SealedInputs implements SealedSource {
  readonly name = 'secret inputs';

  async byKey(tx: Transaction): Promise<SealedByKey[]> {
    return sealedByKey(tx, VALUES, place => this.describe(place));
  }

  async due(
    tx: Transaction,
    query: { head: Buffer; after: string; limit: number },
  ): Promise<string[]> {
    return sealedOtherwise(tx, VALUES, query);
  }

  /** All copies of a secret that were equal are equal afterwards. */
  async reseal(tx: Transaction, place: string, seal: Seal): Promise<number> {
    const again = onceEach(seal);
    const environment = await tx('environments')
      .where({ id: place })
      .forUpdate()
      .first('id', 'inputs');
    if (!environment) return 0;
    const operations = await tx('operations')
      .where({ environment_id: place })
      .forUpdate()
      .select('id', 'inputs');
    let values = 0;
    for (const [table, rows] of [
      ['environments', [environment]],
      ['operations', operations],
    ] as const) {
      for (const row of rows) {
        const resealed = resealInputs(place, row.inputs as JsonObject, again);
        if (resealed.values === 0) continue;
        values += resealed.values;
        await tx(table)
          .where({ id: row.id })
          .update({ inputs: JSON.stringify(resealed.inputs) });
      }
    }
    return values;
  }

  describe(place: string): string {
    return `environment ${place}`;
  }
}

function onceEach(seal: Seal): Seal {
  const known = new Map<string, Buffer | undefined>();
  return (sealed, purpose) => {
    const key = sealed.toString('base64');
    if (!known.has(key)) known.set(key, seal(sealed, purpose));
    return known.get(key);
  };
}
