import {
  ENVIRONMENT_STATES,
  EnvironmentSummary,
} from '@greenroom/plugin-environments-common';
import { useBlueprints } from '../data/queries';
import { FilterSelect } from '../list/FilterSelect';
import { OwnerFilter } from '../list/OwnerFilter';
import { optionsOf } from '../list/options';
import { LabelTags } from '../labels/LabelsField';
import { environmentStateView } from '../state/states';
import { changeFilters, Filters } from './filters';

/** Which states, blueprints and owners to show, and by which labels that somebody came. */
export function FilterSelects(props: {
  filters: Filters;
  rows: readonly EnvironmentSummary[];
  onChange: (filters: Filters) => void;
}) {
  const { filters, rows, onChange } = props;
  const blueprints = useBlueprints();
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
        onChange={state => change({ state })}
      />
      <FilterSelect
        name="Blueprint"
        searchable
        options={optionsOf(
          (blueprints.data ?? []).map(({ name }) => name),
          filters.blueprint,
        )}
        selected={filters.blueprint}
        onChange={blueprint => change({ blueprint })}
      />
      <OwnerFilter
        selected={filters.owner}
        rows={rows}
        onChange={owner => change({ owner })}
      />
      {filters.label.length > 0 && (
        <LabelTags
          label="Labels"
          texts={filters.label}
          onChange={label => change({ label })}
        />
      )}
    </>
  );
}
