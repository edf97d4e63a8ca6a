import { JsonObject, JsonValue } from '../json';

/**
 * A JSON value as CEL has it. CEL knows whole numbers (bigint here) from others; JSON does not,
 * so the schema says which a number is, and without one its value does.
 */
export function toCel(value: JsonValue, schema?: JsonValue): unknown {
  const { type, items, properties } = asObject(schema);
  if (typeof value === 'number') {
    return type !== 'number' && Number.isSafeInteger(value)
      ? BigInt(value)
      : value;
  }
  if (Array.isArray(value)) return value.map(item => toCel(item, items));
  if (value !== null && typeof value === 'object') {
    const known = asObject(properties);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        toCel(inner, Object.hasOwn(known, key) ? known[key] : undefined),
      ]),
    );
  }
  return value;
}

/** A CEL value as JSON. @throws RangeError when JSON has no such value, saying why */
export function fromCel(value: unknown): JsonValue {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      if (!Number.isFinite(value)) {
        throw new RangeError(
          `The result is ${value}, which is no JSON number.`,
        );
      }
      return value;
    case 'bigint':
      if (!Number.isSafeInteger(Number(value))) {
        throw new RangeError(
          'The result is a whole number beyond 2^53, which JSON would round.',
        );
      }
      return Number(value);
    case 'object':
      return fromCelObject(value);
    default:
      throw new RangeError(`The result is a ${typeof value}, not a value.`);
  }
}

function fromCelObject(value: object | null): JsonValue {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(fromCel);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) {
    return fromEntries([...value].map(([key, inner]) => [String(key), inner]));
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    return fromEntries(Object.entries(value));
  }
  throw new RangeError(
    'The result is neither text, number, boolean, list nor map; turn it into text by string().',
  );
}

function fromEntries(entries: [string, unknown][]): JsonObject {
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, fromCel(inner)]),
  );
}

/** What a value looks like inside a text. @throws RangeError when it has no such look */
export function toText(value: JsonValue): string {
  if (value === null || typeof value === 'object') {
    const what =
      value === null ? 'null' : `a ${Array.isArray(value) ? 'list' : 'map'}`;
    throw new RangeError(
      `The result is ${what}, which cannot stand inside text.`,
    );
  }
  return String(value);
}

export function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
