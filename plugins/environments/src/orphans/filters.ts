import {
  ENVIRONMENT_SCOPES,
  EnvironmentScope,
  ListOrphansQuery,
  ORPHAN_STATES,
  OrphanState,
} from '@greenroom/plugin-environments-common';
import {
  allOf,
  FIRST_PAGE,
  oneOf,
  PAGE_SIZE,
  PagePlace,
  readPage,
  writePage,
} from '../list/page';

/** What the page of orphans shows; lives in the address. */
export interface OrphanFilters extends PagePlace {
  scope: EnvironmentScope;
  search: string;
  state: OrphanState[];
  owner: string[];
}

export function readOrphanFilters(parameters: URLSearchParams): OrphanFilters {
  return {
    scope: oneOf(ENVIRONMENT_SCOPES, parameters.get('scope'), 'teams'),
    search: parameters.get('q') ?? '',
    state: allOf(ORPHAN_STATES, parameters.getAll('state')),
    owner: parameters.getAll('owner'),
    ...readPage(parameters),
  };
}

export function writeOrphanFilters(filters: OrphanFilters): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filters.scope !== 'teams') parameters.set('scope', filters.scope);
  if (filters.search) parameters.set('q', filters.search);
  for (const key of ['state', 'owner'] as const) {
    for (const value of filters[key]) parameters.append(key, value);
  }
  writePage(parameters, filters);
  return parameters;
}

export function changeOrphanFilters(
  filters: OrphanFilters,
  change: Partial<Omit<OrphanFilters, keyof PagePlace>>,
): OrphanFilters {
  return { ...filters, ...change, ...FIRST_PAGE };
}

export function isOrphansNarrowed({
  search,
  state,
  owner,
}: OrphanFilters): boolean {
  return search !== '' || state.length > 0 || owner.length > 0;
}

export function toOrphansQuery({
  offset: _,
  ...filters
}: OrphanFilters): ListOrphansQuery {
  return { ...filters, limit: PAGE_SIZE };
}
