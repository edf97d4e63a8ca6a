import { JsonObject, JsonValue } from '../../json';
import { escapePointer } from '../pointer';
import { DocumentPath } from '../locator';
import { BlueprintChange } from './types';

/** One place in which two values differ. */
export interface Difference {
  path: DocumentPath;
  before?: JsonValue;
  after?: JsonValue;
}

/**
 * Where two values differ. Maps are compared key by key, in whichever order their keys are;
 * everything else, lists too, differs as a whole.
 */
export function differences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: DocumentPath = [],
): Difference[] {
  if (isMap(before) && isMap(after)) {
    return keysOf(before, after).flatMap(key =>
      differences(own(before, key), own(after, key), [...path, key]),
    );
  }
  return isSame(before, after) ? [] : [{ path, before, after }];
}

/** Keys of both, those of the first in front. */
export function keysOf(before: JsonObject, after: JsonObject): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

/** What a map says itself: authors may name an input `constructor`. */
export function own(map: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

export function isSame(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): boolean {
  if (Array.isArray(before) && Array.isArray(after)) {
    return (
      before.length === after.length &&
      before.every((item, index) => isSame(item, after[index]))
    );
  }
  if (isMap(before) && isMap(after)) {
    return keysOf(before, after).every(key =>
      isSame(own(before, key), own(after, key)),
    );
  }
  return before === after;
}

export function isMap(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A difference as the report tells it. */
export function changeOf(
  kind: BlueprintChange['kind'],
  { path, before, after }: Difference,
  breaking = false,
): BlueprintChange {
  return {
    kind,
    path: path.map(step => `/${escapePointer(String(step))}`).join(''),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    breaking,
  };
}
