import {
  OPERATION_KINDS,
  OPERATION_STATES,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { FilterSelect } from '../list/FilterSelect';
import { OwnerFilter } from '../list/OwnerFilter';
import { kindWord } from '../operation/words';
import { OPERATION_VIEWS } from '../state/states';
import { changeOperationFilters, OperationFilters } from './filters';

/** Which states, kinds and owners to show; the owner is known on the page of one environment. */
export function OperationFilterSelects(props: {
  filters: OperationFilters;
  rows: readonly OperationSummary[];
  ofOneEnvironment: boolean;
  onChange: (filters: OperationFilters) => void;
}) {
  const { filters, rows, ofOneEnvironment, onChange } = props;
  const change = (part: Parameters<typeof changeOperationFilters>[1]) =>
    onChange(changeOperationFilters(filters, part));
  return (
    <>
      <FilterSelect
        name="State"
        options={OPERATION_STATES.map(state => ({
          id: state,
          label: OPERATION_VIEWS[state].word,
        }))}
        selected={filters.state}
        onChange={state => change({ state })}
      />
      <FilterSelect
        name="Kind"
        options={OPERATION_KINDS.map(kind => ({
          id: kind,
          label: kindWord(kind),
        }))}
        selected={filters.kind}
        onChange={kind => change({ kind })}
      />
      {!ofOneEnvironment && (
        <OwnerFilter
          selected={filters.owner}
          rows={rows}
          onChange={owner => change({ owner })}
        />
      )}
    </>
  );
}
