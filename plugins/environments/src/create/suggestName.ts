import { MAX_ENVIRONMENT_NAME_LENGTH } from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';

/** A name that says what it is and whose: `site-sandbox-mira`. */
export function suggestName(blueprint: string, userEntityRef: string): string {
  const user = entityName(userEntityRef).split('/').pop() ?? '';
  return `${blueprint}-${user}`
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, MAX_ENVIRONMENT_NAME_LENGTH)
    .replace(/^-+|-+$/g, '');
}
