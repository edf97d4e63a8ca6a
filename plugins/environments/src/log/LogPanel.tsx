import { Operation } from '@greenroom/plugin-environments-common';
import { useMemo, useState } from 'react';
import { isOperationUnfinished } from '../data/pace';
import { explainError } from '../feedback/explainError';
import { DownloadButton } from './DownloadButton';
import { LogFilters, Pick } from './LogFilters';
import { LogLines } from './LogLines';
import { LogSearchBox } from './LogSearchBox';
import { Level, linesOf } from './logText';
import { useLogSearch } from './useLogSearch';
import { OperationLog } from './useOperationLog';
import styles from './log.module.css';

/** The log on its own dark ground, in both themes: part, level, search, follow, wrap, download. */
export function LogPanel(props: {
  operation: Operation;
  log: OperationLog;
  pick: Pick;
  onPick: (pick: Pick) => void;
}) {
  const { operation, log, pick, onPick } = props;
  const [level, setLevel] = useState<Level>('all');
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const step = operation.steps.find(({ id }) => id === pick.step);
  const component = step?.component ?? pick.component;
  const action = step?.action;
  const shown = useMemo(
    () => linesOf(log.lines, { component, action, level }),
    [log.lines, component, action, level],
  );
  const search = useLogSearch(shown);

  return (
    <section
      className={styles.panel}
      aria-label="Log of the operation"
      data-state={operation.state}
    >
      <div className={styles.head}>
        <h3 className={styles.title}>Log</h3>
        <LogFilters
          steps={operation.steps}
          pick={pick}
          level={level}
          onPick={onPick}
          onLevel={setLevel}
        />
        <div className={styles.tools}>
          <LogSearchBox
            search={{
              ...search,
              change: text => {
                // What is looked for holds its place; the end would pull it away.
                setFollow(text === '');
                search.change(text);
              },
            }}
          />
          <Toggle label="Follow" on={follow} onChange={setFollow} />
          <Toggle label="Wrap" on={wrap} onChange={setWrap} />
          <DownloadButton
            operation={operation}
            isDisabled={log.lines.length === 0}
          />
        </div>
      </div>
      <LogLines
        lines={shown}
        search={search.text.trim()}
        current={search.line}
        wrap={wrap}
        follow={follow}
        onFollow={setFollow}
        empty={emptyText(operation, log, component !== undefined, level)}
      />
    </section>
  );
}

function emptyText(
  operation: Operation,
  log: OperationLog,
  isPart: boolean,
  level: Level,
): string {
  if (log.error) {
    const { message, remedy } = explainError(
      log.error,
      'The log could not be read',
    );
    return `${message} ${remedy}`;
  }
  if (level !== 'all') return 'No line of this level.';
  if (operation.state === 'pending') return 'It has not begun yet.';
  if (operation.state === 'queued') return 'Waits for a worker.';
  if (isOperationUnfinished(operation.state)) {
    return 'Waits for the first line…';
  }
  if (!log.ended) return 'Reading…';
  return isPart ? 'This part wrote nothing.' : 'It wrote nothing.';
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
