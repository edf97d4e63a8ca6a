import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { SECRET_HINTS } from './secrets';
import { asObject } from './values';
import { DocumentPath, Locator } from './locator';

/**
 * Fields of a blueprint that are planned and that this version does nothing about. They are
 * refused, since an author who wrote them counts on them.
 */
const PLANNED = new Map([
  ['spec.schedule', 'sleep and wake times'],
  ['spec.drift', 'watching for drift'],
  ['spec.policies', 'policies'],
  ['spec.ttl.extensions', 'extending a TTL'],
]);

/** What a planned field is for, by its path; undefined for all other fields. */
export function plannedFeature(path: DocumentPath): string | undefined {
  return PLANNED.get(path.join('.'));
}

export function unsupported(field: string, feature: string): Problem {
  return {
    code: 'blueprint.unsupported',
    message: `"${field}" (${feature}) is not supported yet: this version of Greenroom would not act on it.`,
    remedy: 'Take it out until it is supported.',
  };
}

/** Inputs that ask for a secret: they would be kept and shown like any other input. */
export function secretInputs(
  schema: JsonObject,
  path: DocumentPath,
  locate: Locator,
): Problem[] {
  const problems: Problem[] = [];
  const visit = (value: JsonValue, at: DocumentPath) => {
    const inner = asObject(value);
    for (const [key, secret] of SECRET_HINTS) {
      if (inner[key] === secret) {
        problems.push({
          ...unsupported(`${key}: ${secret}`, 'inputs that hold secrets'),
          place: locate.key([...at, key]),
        });
      }
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      visit(below, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  };
  visit(schema, path);
  return problems;
}
