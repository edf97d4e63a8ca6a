import { Problem } from '../problem';
import { DocumentPath } from './locator';

/**
 * Fields of a blueprint that are planned and that this version does nothing about. They are
 * refused, since an author who wrote them counts on them.
 */
const PLANNED = new Map([
  ['spec.drift', 'watching for drift'],
  ['spec.policies', 'policies'],
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
