import { JsonObject, JsonValue } from '../json';
import { BlueprintDocument } from './document';
import { readExpression } from './expression';
import { secretInputNames, secretUse } from './secrets';
import { readTemplate } from './template';
import { asObject } from './values';

/**
 * Keys of a component's `with` whose values draw on secret inputs: its driver must treat them as
 * secrets, too.
 *
 * @public
 */
export function secretKeys(
  document: BlueprintDocument,
  componentId: string,
): string[] {
  const { with: given } = document.spec.components[componentId];
  const secrets = secretInputNames(document.spec.inputs);
  return Object.keys(given).filter(
    key => drawnFrom(given[key], given[key], secrets).length > 0,
  );
}

/**
 * Values inside a component's resolved `with` that were made of secret inputs, whatever the
 * expressions made of them.
 *
 * @public
 */
export function secretValues(
  document: BlueprintDocument,
  componentId: string,
  resolved: JsonObject,
): JsonValue[] {
  const { with: given } = document.spec.components[componentId];
  const secrets = secretInputNames(document.spec.inputs);
  return drawnFrom(given, resolved, secrets);
}

/** @param written with its expressions; `resolved` has the same shape, as far as it has none */
function drawnFrom(
  written: JsonValue,
  resolved: JsonValue,
  secrets: ReadonlySet<string>,
): JsonValue[] {
  if (secrets.size === 0) return [];
  if (typeof written === 'string') {
    return drawsOnSecret(written, secrets) ? [resolved] : [];
  }
  if (typeof written !== 'object' || written === null) return [];
  const values = asObject(resolved);
  return Object.entries(written).flatMap(([key, inner]) =>
    drawnFrom(
      inner,
      (Array.isArray(resolved) ? resolved[Number(key)] : values[key]) ?? null,
      secrets,
    ),
  );
}

function drawsOnSecret(text: string, secrets: ReadonlySet<string>): boolean {
  return readTemplate(text).parts.some(
    part =>
      part.kind === 'expression' &&
      secretUse(readExpression(part.source), secrets) !== undefined,
  );
}
