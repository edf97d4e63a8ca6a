import {
  BlueprintDocument,
  JsonObject,
  keysFromOutputs,
  secretKeys,
} from '@greenroom/plugin-environments-common';
import { ComponentRecord } from '../environments/types';

/** Parts what a component was given into what may leave the portal and what may not. */
export function withholdSecrets(
  document: BlueprintDocument,
  componentId: string,
  given: JsonObject,
  others: Pick<ComponentRecord, 'id' | 'outputs'>[],
): { with: JsonObject; withheld: string[] } {
  const outputs = new Map(others.map(other => [other.id, other.outputs]));
  const secrets = new Set([
    ...secretKeys(document, componentId),
    // Of an output that is not there any more nobody knows whether it was one.
    ...keysFromOutputs(
      document,
      componentId,
      (component, output) =>
        outputs.get(component)?.[output]?.sensitive !== false,
    ),
  ]);
  const entries = Object.entries(given);
  return {
    with: Object.fromEntries(entries.filter(([key]) => !secrets.has(key))),
    withheld: entries.map(([key]) => key).filter(key => secrets.has(key)),
  };
}
