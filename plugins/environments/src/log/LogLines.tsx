import { LogLine } from '@greenroom/plugin-environments-common';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { keyboardScrollable } from '../portal/keyboardScrollable';
import { formatClock } from '../time/format';
import { LogText } from './LogText';
import styles from './log.module.css';

const ROW = 20;
/** How near to the end counts as being at the end. */
const NEAR = 2 * ROW;

/** The lines themselves; only those in view are in the page, however many there are. */
export function LogLines(props: {
  lines: readonly LogLine[];
  search: string;
  /** The line that is looked at: it is brought into view. */
  current?: number;
  wrap: boolean;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  /** What stands where there are no lines. */
  empty: string;
}) {
  const { lines, search, current, wrap, follow, onFollow, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: index => lines[index].id,
    overscan: 20,
  });

  useEffect(() => {
    if (follow && lines.length > 0) {
      rows.scrollToIndex(lines.length - 1, { align: 'end' });
    }
  }, [follow, lines.length, wrap, rows]);
  useEffect(() => {
    if (current !== undefined) rows.scrollToIndex(current, { align: 'center' });
  }, [current, rows]);
  useEffect(() => rows.measure(), [wrap, rows]);

  return (
    <div
      ref={box}
      className={styles.lines}
      role="log"
      aria-live="off"
      aria-label="Log"
      {...keyboardScrollable}
      // Scrolling back lets go of the end; returning to it takes it up again.
      onScroll={({ currentTarget: at }) => {
        const left = at.scrollHeight - at.scrollTop - at.clientHeight;
        if (left < NEAR) onFollow(true);
        else if (at.scrollTop < lastTop.current) onFollow(false);
        lastTop.current = at.scrollTop;
      }}
    >
      {lines.length === 0 && <div className={styles.empty}>{empty}</div>}
      <div className={styles.height} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(row => {
          const line = lines[row.index];
          return (
            <div
              key={row.key}
              ref={wrap ? rows.measureElement : undefined}
              data-index={row.index}
              data-level={line.level}
              data-stream={line.stream}
              data-current={row.index === current}
              className={`${styles.line} ${wrap ? styles.wrap : ''}`}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <time dateTime={line.time} className={styles.time}>
                {formatClock(line.time)}
              </time>
              <span className={styles.component} title={line.component}>
                {line.component}
              </span>
              <span className={styles.text}>
                <LogText text={line.text} search={search} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
