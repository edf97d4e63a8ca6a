import {
  BulkFilter,
  ENVIRONMENT_SCOPES,
  ENVIRONMENT_SORTS,
  ENVIRONMENT_STATES,
  EnvironmentScope,
  EnvironmentSort,
  EnvironmentState,
  labelSelectorProblem,
  ListEnvironmentsQuery,
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

/** What the list shows; lives in the address, so that a link shows the same to others. */
export interface Filters extends PagePlace {
  scope: EnvironmentScope;
  search: string;
  state: EnvironmentState[];
  blueprint: string[];
  owner: string[];
  /** Each `key` or `key=value`; those that have all of them. */
  label: string[];
  sort: EnvironmentSort;
  order: 'asc' | 'desc';
}

const DEFAULTS: Omit<Filters, keyof PagePlace> = {
  scope: 'teams',
  search: '',
  state: [],
  blueprint: [],
  owner: [],
  label: [],
  sort: 'timeLeft',
  order: 'asc',
};

/** Reads an address; what it does not understand is as if it were not there. */
export function readFilters(parameters: URLSearchParams): Filters {
  return {
    scope: oneOf(ENVIRONMENT_SCOPES, parameters.get('scope'), DEFAULTS.scope),
    search: parameters.get('q') ?? '',
    state: allOf(ENVIRONMENT_STATES, parameters.getAll('state')),
    blueprint: parameters.getAll('blueprint'),
    owner: parameters.getAll('owner'),
    label: parameters
      .getAll('label')
      .filter(text => labelSelectorProblem(text) === undefined),
    sort: oneOf(ENVIRONMENT_SORTS, parameters.get('sort'), DEFAULTS.sort),
    order: oneOf(['asc', 'desc'], parameters.get('order'), DEFAULTS.order),
    ...readPage(parameters),
  };
}

/** Writes an address as short as it can be: defaults are left out. */
export function writeFilters(filters: Filters): URLSearchParams {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string, usual: string) => {
    if (value !== usual) parameters.set(name, value);
  };
  set('scope', filters.scope, DEFAULTS.scope);
  set('q', filters.search, DEFAULTS.search);
  for (const name of ['state', 'blueprint', 'owner', 'label'] as const) {
    for (const value of filters[name]) parameters.append(name, value);
  }
  set('sort', filters.sort, DEFAULTS.sort);
  set('order', filters.order, DEFAULTS.order);
  writePage(parameters, filters);
  return parameters;
}

/** Any other choice than a page leads back to the first page, whose rows the cursor does not fit. */
export function changeFilters(
  filters: Filters,
  change: Partial<Omit<Filters, 'cursor' | 'offset'>>,
): Filters {
  return { ...filters, ...change, ...FIRST_PAGE };
}

export function clearFilters(filters: Filters): Filters {
  return changeFilters(filters, {
    search: '',
    state: [],
    blueprint: [],
    owner: [],
    label: [],
  });
}

/** How many filters narrow the list, the search left out. */
export function countFilters(filters: Filters): number {
  const { state, blueprint, owner, label } = filters;
  return [state, blueprint, owner, label].filter(values => values.length > 0)
    .length;
}

export function isNarrowed(filters: Filters): boolean {
  return filters.search !== '' || countFilters(filters) > 0;
}

export function toQuery(filters: Filters): ListEnvironmentsQuery {
  const { offset: _, ...query } = filters;
  return { ...query, limit: PAGE_SIZE };
}

/** The same environments, on whatever page. */
export function toBulkFilter(filters: Filters): BulkFilter {
  const { scope, search, state, blueprint, owner, label } = filters;
  const any = <T>(values: T[]) => (values.length > 0 ? values : undefined);
  return {
    scope,
    search: search || undefined,
    state: any(state),
    blueprint: any(blueprint),
    owner: any(owner),
    label: any(label),
  };
}
