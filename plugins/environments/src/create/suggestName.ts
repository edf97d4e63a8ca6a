import { entityName } from '../entity/names';

/** Short enough to leave room for a number behind it. */
const LONGEST = 40;

/** A name that says what it is and whose: `site-sandbox-mira`. */
export function suggestName(blueprint: string, userEntityRef: string): string {
  const user = entityName(userEntityRef).split('/').pop() ?? '';
  return `${blueprint}-${user}`
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
}
