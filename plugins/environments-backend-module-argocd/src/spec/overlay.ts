import { JsonObject, JsonValue } from '@greenroom/plugin-environments-common';

export function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lays one map over another, key by key; whatever is no map in both is replaced. */
export function overlaid(usual: JsonObject, over: JsonObject): JsonObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const below: JsonValue | undefined = Object.hasOwn(usual, key)
      ? usual[key]
      : undefined;
    return [key, isMap(below) && isMap(value) ? overlaid(below, value) : value];
  });
  return { ...usual, ...Object.fromEntries(entries) };
}
