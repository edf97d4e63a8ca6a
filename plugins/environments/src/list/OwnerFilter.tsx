import { FilterSelect } from './FilterSelect';
import { useOwnerOptions } from './useOwnerOptions';

/** The choice of owners, among those that one may look for. */
export function OwnerFilter(props: {
  selected: string[];
  /** What is listed at present; its owners can be chosen, too. */
  rows: readonly { owner: string }[];
  onChange: (owner: string[]) => void;
}) {
  const { selected, rows, onChange } = props;
  return (
    <FilterSelect
      name="Owner"
      searchable
      options={useOwnerOptions(selected, rows)}
      selected={selected}
      onChange={onChange}
    />
  );
}
