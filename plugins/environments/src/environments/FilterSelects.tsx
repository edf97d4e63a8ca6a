import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  ENVIRONMENT_STATES,
  EnvironmentState,
  EnvironmentSummary,
} from '@greenroom/plugin-environments-common';
import { useQuery } from '@tanstack/react-query';
import { useBlueprints } from '../data/queries';
import { entityName } from '../entity/names';
import { environmentStateView } from '../state/states';
import { changeFilters, Filters } from './filters';
import { FilterSelect } from './FilterSelect';

/** Which states, blueprints and owners to show. */
export function FilterSelects(props: {
  filters: Filters;
  rows: readonly EnvironmentSummary[];
  onChange: (filters: Filters) => void;
}) {
  const { filters, rows, onChange } = props;
  const blueprints = useBlueprints();
  const owners = useOwnerOptions(filters.owner, rows);
  const change = (part: Parameters<typeof changeFilters>[1]) =>
    onChange(changeFilters(filters, part));

  return (
    <>
      <FilterSelect
        name="State"
        options={ENVIRONMENT_STATES.map(state => ({
          id: state,
          label: environmentStateView(state).word,
        }))}
        selected={filters.state}
        onChange={state => change({ state: state as EnvironmentState[] })}
      />
      <FilterSelect
        name="Blueprint"
        searchable
        options={unique([
          ...(blueprints.data ?? []).map(({ name }) => name),
          ...filters.blueprint,
        ]).map(name => ({ id: name, label: name }))}
        selected={filters.blueprint}
        onChange={blueprint => change({ blueprint })}
      />
      <FilterSelect
        name="Owner"
        searchable
        options={owners.map(ref => ({ id: ref, label: entityName(ref) }))}
        selected={filters.owner}
        onChange={owner => change({ owner })}
      />
    </>
  );
}

/** Owners that one may look for: oneself and one's groups, and whoever owns what is listed. */
function useOwnerOptions(
  selected: string[],
  rows: readonly EnvironmentSummary[],
): string[] {
  const identityApi = useApi(identityApiRef);
  const identity = useQuery({
    queryKey: ['identity'],
    queryFn: () => identityApi.getBackstageIdentity(),
    staleTime: Infinity,
  });
  return unique([
    ...selected,
    ...(identity.data?.ownershipEntityRefs ?? []),
    ...rows.map(({ owner }) => owner),
  ]).sort((a, b) => entityName(a).localeCompare(entityName(b)));
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
