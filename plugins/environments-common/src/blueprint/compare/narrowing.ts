import { JsonValue } from '../../json';
import { isSame } from './differences';

const LOWER_BOUNDS = [
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
];
const UPPER_BOUNDS = [
  'maximum',
  'exclusiveMaximum',
  'maxLength',
  'maxItems',
  'maxProperties',
];

/** Without these, other keywords refuse what was right before, or refer to nothing. */
const NEEDED_BY_OTHERS = [
  'properties',
  'patternProperties',
  'items',
  'definitions',
  '$defs',
];

/**
 * Whether a value that an input's schema allowed may be refused once this keyword of it has
 * changed. In doubt it may.
 */
export function narrows(
  keyword: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): boolean {
  if (after === undefined) return NEEDED_BY_OTHERS.includes(keyword);
  if (keyword === 'type') return typeNarrows(before, after);
  if (before === undefined) return true;
  if (typeof before === 'number' && typeof after === 'number') {
    if (LOWER_BOUNDS.includes(keyword)) return after > before;
    if (UPPER_BOUNDS.includes(keyword)) return after < before;
  }
  if (keyword === 'enum' && Array.isArray(before) && Array.isArray(after)) {
    return !before.every(value => after.some(other => isSame(value, other)));
  }
  if (keyword === 'additionalProperties') return after !== true;
  if (keyword === 'uniqueItems') return after === true;
  return true;
}

function typeNarrows(before: JsonValue | undefined, after: JsonValue): boolean {
  if (before === undefined) return true;
  const allowed = [after].flat();
  return ![before]
    .flat()
    .every(
      type =>
        allowed.includes(type) ||
        (type === 'integer' && allowed.includes('number')),
    );
}
