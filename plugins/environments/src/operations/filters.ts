import {
  ENVIRONMENT_SCOPES,
  EnvironmentScope,
  ListOperationsQuery,
  OPERATION_KINDS,
  OPERATION_STATES,
  OperationKind,
  OperationState,
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

/** What a list of operations shows; lives in the address, so that a link shows the same to others. */
export interface OperationFilters extends PagePlace {
  scope: EnvironmentScope;
  search: string;
  state: OperationState[];
  kind: OperationKind[];
  owner: string[];
}

const KEYS = ['scope', 'q', 'state', 'kind', 'owner', 'cursor', 'from'];

/** Reads an address; what it does not understand is as if it were not there. */
export function readOperationFilters(
  parameters: URLSearchParams,
): OperationFilters {
  return {
    scope: oneOf(ENVIRONMENT_SCOPES, parameters.get('scope'), 'teams'),
    search: parameters.get('q') ?? '',
    state: allOf(OPERATION_STATES, parameters.getAll('state')),
    kind: allOf(OPERATION_KINDS, parameters.getAll('kind')),
    owner: parameters.getAll('owner'),
    ...readPage(parameters),
  };
}

/** Writes them into an address, which may hold more than them; defaults are left out. */
export function writeOperationFilters(
  before: URLSearchParams,
  filters: OperationFilters,
): URLSearchParams {
  const parameters = new URLSearchParams(before);
  KEYS.forEach(key => parameters.delete(key));
  if (filters.scope !== 'teams') parameters.set('scope', filters.scope);
  if (filters.search) parameters.set('q', filters.search);
  for (const key of ['state', 'kind', 'owner'] as const) {
    for (const value of filters[key]) parameters.append(key, value);
  }
  writePage(parameters, filters);
  return parameters;
}

/** Any other choice than a page leads back to the first page. */
export function changeOperationFilters(
  filters: OperationFilters,
  change: Partial<Omit<OperationFilters, keyof PagePlace>>,
): OperationFilters {
  return { ...filters, ...change, ...FIRST_PAGE };
}

/** How many filters narrow the list, the search left out. */
export function countOperationFilters(filters: OperationFilters): number {
  return [filters.state, filters.kind, filters.owner].filter(
    values => values.length > 0,
  ).length;
}

export function toOperationsQuery({
  offset: _,
  ...filters
}: OperationFilters): ListOperationsQuery {
  return { ...filters, limit: PAGE_SIZE };
}
