import { DiffLine, DiffRow } from './unified';
import styles from './compare.module.css';

/** Two panes, the old one on the left. */
export function SideBySide({ rows }: { rows: DiffRow[] }) {
  return (
    <table className={`${styles.diff} ${styles.panes}`}>
      <thead className={styles.unseen}>
        <tr>
          <th scope="col" className={styles.lineHead}>
            Line before
          </th>
          <th scope="col">Before</th>
          <th scope="col" className={styles.lineHead}>
            Line after
          </th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) =>
          row.kind === 'fold' ? (
            <Fold key={index} lines={row.lines} columns={4} />
          ) : (
            <tr key={index}>
              <Number line={row.before} />
              <Text row={row} line={row.before} sign="−" />
              <Number line={row.after} />
              <Text row={row} line={row.after} sign="+" />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

/** One under the other: what went before what came in its place. */
export function Inline({ rows }: { rows: DiffRow[] }) {
  return (
    <table className={styles.diff}>
      <thead className={styles.unseen}>
        <tr>
          <th scope="col" className={styles.lineHead}>
            Line before
          </th>
          <th scope="col" className={styles.lineHead}>
            Line after
          </th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      <tbody>
        {inlineRows(rows).map((row, index) =>
          row.kind === 'fold' ? (
            <Fold key={index} lines={row.lines} columns={3} />
          ) : (
            <tr key={index}>
              <Number line={row.before} />
              <Number line={row.after} />
              <Text
                row={row}
                line={row.before ?? row.after}
                sign={row.before ? '−' : '+'}
              />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

/** Runs of changed lines taken apart: first all that went, then all that came. */
function inlineRows(rows: DiffRow[]): DiffRow[] {
  const shown: DiffRow[] = [];
  let came: DiffRow[] = [];
  for (const row of rows) {
    if (row.kind === 'changed') {
      if (row.before) shown.push({ kind: 'changed', before: row.before });
      if (row.after) came.push({ kind: 'changed', after: row.after });
    } else {
      shown.push(...came, row);
      came = [];
    }
  }
  return [...shown, ...came];
}

function Fold({ lines, columns }: { lines: number; columns: number }) {
  return (
    <tr>
      <td colSpan={columns} className={styles.fold}>
        ⋯ {lines} {lines === 1 ? 'line' : 'lines'} unchanged
      </td>
    </tr>
  );
}

function Number({ line }: { line?: DiffLine }) {
  return <td className={styles.line}>{line?.number}</td>;
}

function Text(props: {
  row: Exclude<DiffRow, { kind: 'fold' }>;
  line?: DiffLine;
  sign: '+' | '−';
}) {
  const { row, line, sign } = props;
  if (!line) return <td className={styles.nothing} />;
  if (row.kind === 'same') {
    return (
      <td>
        <span className={styles.text}>
          <span aria-hidden="true"> </span>
          <span>{line.text}</span>
        </span>
      </td>
    );
  }
  return (
    <td className={sign === '+' ? styles.came : styles.went}>
      <span className={styles.text}>
        <span>{sign}</span>
        <span>{line.text}</span>
      </span>
    </td>
  );
}
