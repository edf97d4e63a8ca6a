import { Transaction } from '../database';
import { givenPurpose } from '../operations/run/givenVault';
import {
  sealedByKey,
  SealedByKey,
  sealedOtherwise,
  SealedSource,
} from '../secrets/sealedSource';
import { outputPurpose, StoredOutputs } from './outputs';

/** One row for each sealed value of a component: what it was given, and each sensitive output. */
const VALUES = `
  SELECT environment_id || '/' || component AS place, with_sealed AS sealed
  FROM environment_components WHERE with_sealed IS NOT NULL
  UNION ALL
  SELECT c.environment_id || '/' || c.component, decode(o.value->>'sealed', 'base64')
  FROM environment_components c, jsonb_each(c.outputs) o
  WHERE o.value->>'sealed' IS NOT NULL`;

type Seal = (sealed: Buffer, purpose: string) => Buffer | undefined;

/** What components were given and gave; a place is `<environment's id>/<component>`. */
export class SealedComponents implements SealedSource {
  readonly name = 'inputs and outputs of components';

  async byKey(tx: Transaction): Promise<SealedByKey[]> {
    return sealedByKey(tx, VALUES, place => this.describe(place));
  }

  async due(
    tx: Transaction,
    query: { head: Buffer; after: string; limit: number },
  ): Promise<string[]> {
    return sealedOtherwise(tx, VALUES, query);
  }

  async reseal(tx: Transaction, place: string, seal: Seal): Promise<number> {
    const [environmentId, component] = placeOf(place);
    const row = await tx('environment_components')
      .where({ environment_id: environmentId, component })
      .forUpdate()
      .first('with_sealed', 'outputs');
    if (!row) return 0;
    const given =
      row.with_sealed &&
      seal(row.with_sealed, givenPurpose(environmentId, component));
    const outputs = resealOutputs(row.outputs, (sealed, name) =>
      seal(sealed, outputPurpose(environmentId, component, name)),
    );
    const values = outputs.values + (given ? 1 : 0);
    if (values > 0) {
      await tx('environment_components')
        .where({ environment_id: environmentId, component })
        .update({
          ...(given && { with_sealed: given }),
          outputs: JSON.stringify(outputs.stored),
        });
    }
    return values;
  }

  describe(place: string): string {
    const [environmentId, component] = placeOf(place);
    return `component ${component} of environment ${environmentId}`;
  }
}

function resealOutputs(
  stored: StoredOutputs,
  seal: (sealed: Buffer, name: string) => Buffer | undefined,
): { stored: StoredOutputs; values: number } {
  const resealed = Object.entries(stored).flatMap(([name, output]) => {
    const sealed =
      output.sensitive && seal(Buffer.from(output.sealed, 'base64'), name);
    return sealed
      ? [
          [
            name,
            { sensitive: true, sealed: sealed.toString('base64') },
          ] as const,
        ]
      : [];
  });
  return {
    stored: { ...stored, ...Object.fromEntries(resealed) },
    values: resealed.length,
  };
}

/** Ids of components hold no slash. */
function placeOf(place: string): [environmentId: string, component: string] {
  const [environmentId, component] = place.split('/');
  return [environmentId, component];
}
