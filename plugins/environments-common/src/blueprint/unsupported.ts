import { JsonObject } from '../json';
import { Problem } from '../problem';
import { Locator } from './locator';

/**
 * Parts of a blueprint that this version reads and checks, and does nothing about. They are
 * refused, since an author who wrote them counts on them.
 */
const NOT_YET = {
  drift: 'watching for drift',
  policies: 'policies',
};

export function checkUnsupported(spec: JsonObject, locate: Locator): Problem[] {
  return Object.entries(NOT_YET)
    .filter(([field]) => Object.hasOwn(spec, field))
    .map(([field, feature]) => ({
      code: 'blueprint.unsupported',
      message: `"spec.${field}" (${feature}) is not supported yet: this version of Greenroom would not act on it.`,
      place: locate.key(['spec', field]),
      remedy: 'Take it out until it is supported.',
    }));
}
