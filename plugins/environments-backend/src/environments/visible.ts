import { Knex } from 'knex';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { EnvironmentScope } from '@greenroom/plugin-environments-common';
import { EnvironmentPermissionFilter } from '@greenroom/plugin-environments-node';
import { Caller, Visible } from './access';

/** A condition in SQL, with the values of its placeholders. */
export interface SqlPart {
  text: string;
  bindings: Knex.RawBinding[];
}

/**
 * Leaves out what the caller may not see.
 *
 * @param query in which `e` is the table of environments
 */
export function applyVisible(query: Knex.QueryBuilder, visible: Visible): void {
  if (visible.kind === 'none') query.whereRaw('false');
  if (visible.kind === 'some') query.where(criteria(visible.filter));
}

/**
 * Whose environments, where `e` is their table. True for every row when the scope leaves nothing
 * out, as that of a service.
 */
export function scopeSql(caller: Caller, scope: EnvironmentScope): SqlPart {
  const everything: SqlPart = { text: 'true', bindings: [] };
  switch (scope) {
    case 'mine':
      return {
        text: '(e.owner_ref = ? OR e.created_by = ?)',
        bindings: [caller.actor, caller.actor],
      };
    case 'teams':
      return caller.ownershipRefs
        ? { text: 'e.owner_ref = ANY(?)', bindings: [caller.ownershipRefs] }
        : everything;
    case 'all':
      return everything;
    default:
      return assertNever(scope);
  }
}

function criteria(
  filter: PermissionCriteria<EnvironmentPermissionFilter>,
): Knex.QueryCallback {
  return query => {
    if ('allOf' in filter) {
      filter.allOf.forEach(part => query.andWhere(criteria(part)));
    } else if ('anyOf' in filter) {
      filter.anyOf.forEach(part => query.orWhere(criteria(part)));
    } else if ('not' in filter) {
      query.whereNot(criteria(filter.not));
    } else {
      query.whereIn('e.owner_ref', filter.ownerIn);
    }
  };
}

function assertNever(scope: never): never {
  throw new Error(`Unknown scope ${JSON.stringify(scope)}`);
}
