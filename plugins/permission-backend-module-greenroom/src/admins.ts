import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

const KEY = 'permission.greenroom.admins';

/** An admin is not named as the catalog names users and groups, so nobody would ever match. */
export class AdminReferenceError extends InputError {
  readonly code = 'admin-reference-invalid';

  constructor(index: number, given: string) {
    super(
      `${KEY}[${index}] is "${given}". Name a user or a group with its kind, such as "group:default/platform".`,
    );
  }
}

/** @returns full references, in the lower case that a caller's own references have */
export function readAdmins(config: RootConfigService): Set<string> {
  const given = config.getOptionalStringArray(KEY) ?? [];
  return new Set(given.map(readAdmin));
}

function readAdmin(given: string, index: number): string {
  if (!/^(user|group):\S+$/i.test(given)) {
    throw new AdminReferenceError(index, given);
  }
  return stringifyEntityRef(parseEntityRef(given)).toLocaleLowerCase('en-US');
}
