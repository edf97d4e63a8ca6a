import { Knex } from 'knex';
import { LeaseSelection } from '@greenroom/plugin-environments-common';
import { Caller, Visible } from '../../environments/access';
import { applyVisible, scopeSql } from '../../environments/visible';

/** Whose leases somebody asks for, and who it is. */
export interface CallersSelection extends LeaseSelection {
  caller: Caller;
  visible: Visible;
}

/** Leases of living environments, as far as the caller may see them: `l`, `e`, and `v` for its blueprint version. */
export function selectedLeases(
  knex: Knex,
  { caller, visible, scope, ...selection }: CallersSelection,
): Knex.QueryBuilder {
  const { owner, blueprint, type, search } = selection;
  const query = knex('leases as l')
    .join('environments as e', 'e.id', 'l.environment_id')
    .join('blueprint_versions as v', 'v.id', 'e.blueprint_version_id')
    .where('e.trial', false)
    .whereNull('e.destroyed_at');
  applyVisible(query, visible);
  if (scope) {
    const { text, bindings } = scopeSql(caller, scope);
    query.whereRaw(text, bindings);
  }
  if (owner) query.whereIn('e.owner_ref', owner);
  if (blueprint) query.whereIn('v.blueprint_name', blueprint);
  if (type) query.whereIn('e.type', type);
  if (search) {
    query.whereRaw('strpos(e.name, ?) > 0', [search.trim().toLowerCase()]);
  }
  return query;
}
