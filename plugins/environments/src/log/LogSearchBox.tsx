import {
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiSearchLine,
} from '@remixicon/react';
import { LogSearch } from './useLogSearch';
import styles from './log.module.css';

/** Finds a text; Enter goes to the next line that holds it, Shift and Enter to the one before. */
export function LogSearchBox({ search }: { search: LogSearch }) {
  const { text, count, at, change, move } = search;
  return (
    <div className={styles.search} role="search" aria-label="Log">
      <RiSearchLine size={16} aria-hidden="true" />
      <input
        type="search"
        aria-label="Search this log"
        placeholder="Search"
        value={text}
        onChange={event => change(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          move(event.shiftKey ? -1 : 1);
        }}
      />
      <span role="status" className={styles.hits}>
        {text.trim() && (count === 0 ? 'none' : `${at} of ${count}`)}
      </span>
      <button
        type="button"
        className={styles.tool}
        aria-label="Previous hit"
        disabled={count === 0}
        onClick={() => move(-1)}
      >
        <RiArrowUpSLine size={16} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={styles.tool}
        aria-label="Next hit"
        disabled={count === 0}
        onClick={() => move(1)}
      >
        <RiArrowDownSLine size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
