import {
  AttributeChange,
  JsonObject,
  JsonValue,
} from '@greenroom/plugin-environments-common';

/** A resource before and after, with marks of the same shape: true where they hold for all below. */
export interface AttributeComparison {
  /** Absent or null: the resource does not exist yet. */
  before?: JsonValue;
  /** Absent or null: it will not exist any more. */
  after?: JsonValue;
  beforeSensitive?: JsonValue;
  afterSensitive?: JsonValue;
  /** True where the value is known only once applied; `after` then lacks it. */
  afterUnknown?: JsonValue;
  /** Paths of what can't be changed in place. */
  replacePaths?: (string | number)[][];
}

interface Compared {
  path: (string | number)[];
  before: JsonValue;
  after: JsonValue;
  beforeSensitive: JsonValue;
  afterSensitive: JsonValue;
  unknown: JsonValue;
}

/** Longer values are cut: nobody reads them, and each plan is kept. */
const LONGEST_VALUE = 2000;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/**
 * What changes between two looks of a resource, attribute by attribute, in the order of their
 * paths. Sensitive values never come out, not even in part.
 */
export function attributeChanges(
  comparison: AttributeComparison,
): AttributeChange[] {
  const { replacePaths = [] } = comparison;
  const changes: AttributeChange[] = [];
  for (const compared of leavesOf({
    path: [],
    before: comparison.before ?? null,
    after: comparison.after ?? null,
    beforeSensitive: comparison.beforeSensitive ?? null,
    afterSensitive: comparison.afterSensitive ?? null,
    unknown: comparison.afterUnknown ?? null,
  })) {
    const { path, before, after } = compared;
    const unknown = compared.unknown === true;
    if (!unknown && isSame(before, after)) continue;
    const sensitive =
      isMarked(compared.beforeSensitive) || isMarked(compared.afterSensitive);
    changes.push({
      path: written(path),
      ...(!sensitive && before !== null && { before: cut(before) }),
      ...(!sensitive && !unknown && after !== null && { after: cut(after) }),
      sensitive,
      unknown,
      forcesReplacement: replacePaths.some(other => isWithin(path, other)),
    });
  }
  return changes;
}

/** Maps are entered, and lists with something to tell apart in them; null stands for absent. */
function* leavesOf(compared: Compared): Generator<Compared> {
  const { before, after, unknown, beforeSensitive, afterSensitive } = compared;
  const marks = [beforeSensitive, afterSensitive, unknown];
  const values = [before, after].filter(value => value !== null);
  const shapes = [...values, unknown].filter(isShape);
  const isLeaf =
    marks.includes(true) ||
    shapes.length === 0 ||
    !values.every(isShape) ||
    new Set(shapes.map(Array.isArray)).size > 1 ||
    shapes.every(shape => Object.keys(shape).length === 0);
  if (isLeaf || (Array.isArray(shapes[0]) && isPlainList(values, marks))) {
    if (compared.path.length > 0) yield compared;
    return;
  }
  for (const key of keysOf(shapes)) {
    yield* leavesOf({
      path: [...compared.path, key],
      before: below(before, key),
      after: below(after, key),
      beforeSensitive: below(beforeSensitive, key),
      afterSensitive: below(afterSensitive, key),
      unknown: below(unknown, key),
    });
  }
}

function isShape(value: JsonValue): value is JsonObject | JsonValue[] {
  return typeof value === 'object' && value !== null;
}

/** A list of words or numbers, all of them known and shown: it reads best as a whole. */
function isPlainList(values: JsonValue[], marks: JsonValue[]): boolean {
  return (
    !marks.some(isMarked) &&
    values.every(list => Array.isArray(list) && !list.some(isShape))
  );
}

function keysOf(shapes: (JsonObject | JsonValue[])[]): (string | number)[] {
  if (Array.isArray(shapes[0])) {
    const longest = Math.max(...shapes.map(shape => Object.keys(shape).length));
    return Array.from({ length: longest }, (_, index) => index);
  }
  return [...new Set(shapes.flatMap(shape => Object.keys(shape)))].sort();
}

function below(value: JsonValue, key: string | number): JsonValue {
  // A mark that holds for all is as true of each part.
  if (value === true) return true;
  if (!isShape(value) || !Object.hasOwn(value, key)) return null;
  return (value as JsonObject)[key] ?? null;
}

/** True anywhere inside. */
function isMarked(mark: JsonValue): boolean {
  if (isShape(mark)) return Object.values(mark).some(isMarked);
  return mark === true;
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  if (!isShape(a) || !isShape(b)) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    [...keys].every(key => isSame(below(a, key), below(b, key)))
  );
}

function isWithin(
  path: (string | number)[],
  other: (string | number)[],
): boolean {
  const shared = Math.min(path.length, other.length);
  return path.slice(0, shared).every((step, index) => step === other[index]);
}

function written(path: (string | number)[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!IDENTIFIER.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

function cut(value: JsonValue): JsonValue {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const more = text.length - LONGEST_VALUE;
  return more > 0
    ? `${text.slice(0, LONGEST_VALUE)}… (${more} more characters)`
    : value;
}
