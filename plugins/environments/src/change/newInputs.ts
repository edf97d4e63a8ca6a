import { JsonObject, JsonValue } from '@greenroom/plugin-environments-common';

/** Inputs of a schema that another one did not have, or did not require, by their titles. */
export function newInputs(
  before: JsonObject,
  after: JsonObject,
): { required: string[]; optional: string[] } {
  const known = properties(before);
  const wasRequired = required(before);
  const isRequired = required(after);
  const found = { required: [] as string[], optional: [] as string[] };
  for (const [name, schema] of properties(after)) {
    const title = titleOf(schema) ?? name;
    const needed = isRequired.has(name) && !hasDefault(schema);
    if (needed && !wasRequired.has(name)) found.required.push(title);
    else if (!known.has(name)) found.optional.push(title);
  }
  return found;
}

function properties(schema: JsonObject): Map<string, JsonValue> {
  const { properties: all } = schema;
  return new Map(isObject(all) ? Object.entries(all) : []);
}

function required(schema: JsonObject): Set<JsonValue> {
  return new Set(Array.isArray(schema.required) ? schema.required : []);
}

function titleOf(schema: JsonValue): string | undefined {
  return isObject(schema) && typeof schema.title === 'string'
    ? schema.title
    : undefined;
}

function hasDefault(schema: JsonValue): boolean {
  return isObject(schema) && schema.default !== undefined;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
