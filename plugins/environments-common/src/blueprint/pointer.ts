import { JsonObject, JsonValue } from '../json';

/** Escapes of JSON Pointer (RFC 6901), for one step of it. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapePointer(name: string): string {
  return name.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What a pointer (RFC 6901) leads to; undefined: nothing is there. */
export function valueAt(
  value: JsonValue,
  pointer: string,
): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const step of pointer.split('/').slice(1).map(unescapePointer)) {
    if (typeof found !== 'object' || found === null) return undefined;
    if (!Object.hasOwn(found, step)) return undefined;
    found = (found as JsonObject)[step];
  }
  return found;
}
