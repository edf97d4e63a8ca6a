import { BulkFilter } from '@greenroom/plugin-environments-common';
import { useState } from 'react';
import { BulkTarget } from './BulkDialog';

/** Keys as tables tell them: all rows that they show, or these. */
type Keys = 'all' | Iterable<string | number>;

/** Which environments are selected, over the pages of a list. */
export interface Selection {
  count: number;
  /** All that match the filters, on whatever page. */
  isAll: boolean;
  target: BulkTarget;
  /** Of the rows of this page. */
  keys: Set<string>;
  onChange: (keys: Keys) => void;
  /** Absent where only what is on the pages can be told apart. */
  selectAll?: () => void;
  clear: () => void;
}

interface State {
  /** Of which filters it is: others have other rows, and select nothing. */
  of: string;
  ids: string[];
  all: boolean;
}

/** What is selected stays so on other pages, and is forgotten with other filters. */
export function useSelection(options: {
  /** What the list is of. */
  of: object;
  rows: readonly { id: string }[];
  /** Finds the same environments as the list does. */
  filter?: BulkFilter;
}): Selection {
  const { rows, filter } = options;
  const of = JSON.stringify(options.of);
  const none: State = { of, ids: [], all: false };
  const [state, setState] = useState<State>(none);
  const { ids, all } = state.of === of ? state : none;
  const shown = rows.map(({ id }) => id);
  return {
    count: all ? Math.max(1, ids.length) : ids.length,
    isAll: all,
    target: all && filter ? { filter } : { ids },
    keys: new Set(all ? shown : ids.filter(id => shown.includes(id))),
    onChange: keys => {
      const chosen = keys === 'all' ? shown : [...keys].map(String);
      const elsewhere = ids.filter(id => !shown.includes(id));
      setState({ of, ids: [...elsewhere, ...chosen], all: false });
    },
    selectAll: filter && (() => setState({ of, ids, all: true })),
    clear: () => setState(none),
  };
}
