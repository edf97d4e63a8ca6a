import { JsonObject, JsonValue } from '../json';
import { asObject } from './values';

/** Where a schema may keep what its `$ref`s stand for. */
export const DEFINITIONS = ['definitions', '$defs'] as const;

const LOCAL = /^#\/(definitions|\$defs)\/([^/~%]+)$/;

/** The way from the root to what the `$ref` of a schema names; empty when it has none. */
export function referencePath(schema: JsonObject): string[] {
  return LOCAL.exec(String(schema.$ref))?.slice(1) ?? [];
}

/** What the `$ref` of a schema stands for; undefined when it has none that can be followed. */
export function localTarget(
  schema: JsonObject,
  root: JsonObject,
): JsonValue | undefined {
  const [place, name] = referencePath(schema);
  if (place === undefined) return undefined;
  const definitions = asObject(root[place]);
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}
