import {
  OPERATION_KINDS,
  OPERATION_STATES,
  OperationKind,
  OperationState,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { FilterSelect } from '../list/FilterSelect';
import { useOwnerOptions } from '../list/useOwnerOptions';
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
  const owners = useOwnerOptions(filters.owner, rows);
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
        onChange={state => change({ state: state as OperationState[] })}
      />
      <FilterSelect
        name="Kind"
        options={OPERATION_KINDS.map(kind => ({
          id: kind,
          label: kindWord(kind),
        }))}
        selected={filters.kind}
        onChange={kind => change({ kind: kind as OperationKind[] })}
      />
      {!ofOneEnvironment && (
        <FilterSelect
          name="Owner"
          searchable
          options={owners}
          selected={filters.owner}
          onChange={owner => change({ owner })}
        />
      )}
    </>
  );
}
