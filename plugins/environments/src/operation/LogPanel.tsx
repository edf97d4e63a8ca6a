import { Operation, Step } from '@greenroom/plugin-environments-common';
import { RiDownloadLine, RiSearchLine } from '@remixicon/react';
import { useState } from 'react';
import { isOperationActive } from '../data/pace';
import { explainError } from '../feedback/explainError';
import { LogLines } from './LogLines';
import { linesOf, logFile, searchLines } from './logText';
import { OperationLog } from './useOperationLog';
import { stepTitle } from './words';
import styles from './log.module.css';

/** The log on its own dark ground, in both themes: search, follow, wrap, download. */
export function LogPanel(props: {
  operation: Operation;
  log: OperationLog;
  step?: Step;
}) {
  const { operation, log, step } = props;
  const [search, setSearch] = useState('');
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const all = linesOf(log.lines, step);
  const shown = searchLines(all, search.trim());

  return (
    <section
      className={styles.panel}
      aria-label="Log of the operation"
      data-state={operation.state}
    >
      <div className={styles.head}>
        <h3 className={styles.title}>Log</h3>
        <span className={styles.of} aria-live="polite">
          {step ? stepTitle(step) : 'all steps'}
          {search.trim() && `, ${shown.length} of ${all.length} lines`}
        </span>
        <div className={styles.tools}>
          <label className={styles.search}>
            <RiSearchLine size={16} aria-hidden="true" />
            <input
              type="search"
              aria-label="Search this log"
              placeholder="Search this log"
              value={search}
              onChange={event => setSearch(event.target.value)}
            />
          </label>
          <Toggle label="Follow" on={follow} onChange={setFollow} />
          <Toggle label="Wrap" on={wrap} onChange={setWrap} />
          <button
            type="button"
            className={styles.tool}
            aria-label="Download the log"
            title="Download the log"
            disabled={log.lines.length === 0}
            onClick={() =>
              download(
                `${operation.environmentName}-${operation.kind}-${operation.number}.log`,
                logFile(log.lines),
              )
            }
          >
            <RiDownloadLine size={16} aria-hidden="true" />
          </button>
        </div>
      </div>
      <LogLines
        lines={shown}
        search={search.trim()}
        wrap={wrap}
        follow={follow}
        onFollow={setFollow}
        empty={emptyText(props, search.trim() !== '')}
      />
    </section>
  );
}

function emptyText(
  props: { operation: Operation; log: OperationLog; step?: Step },
  searching: boolean,
): string {
  const { operation, log, step } = props;
  if (log.error) {
    const { message, remedy } = explainError(
      log.error,
      'The log could not be read',
    );
    return `${message} ${remedy}`;
  }
  if (searching) return 'No line holds this text.';
  if (operation.state === 'queued') return 'Waits for a worker.';
  if (isOperationActive(operation.state)) return 'Waits for the first line…';
  if (!log.ended) return 'Reading…';
  return step ? 'This step wrote nothing.' : 'It wrote nothing.';
}

function Toggle(props: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className={styles.toggle}>
      <input
        type="checkbox"
        checked={props.on}
        onChange={event => props.onChange(event.target.checked)}
      />
      {props.label}
    </label>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
