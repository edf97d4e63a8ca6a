/** One row of a file's diff, as both panes show it. */
export type DiffRow =
  | { kind: 'fold'; lines: number }
  | { kind: 'same' | 'changed'; before?: DiffLine; after?: DiffLine };

export interface DiffLine {
  number: number;
  text: string;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/**
 * Reads a unified diff into rows: what is the same side by side, what was taken out beside what
 * came in its place, and in numbers what was left out between.
 */
export function readUnified(diff: string): DiffRow[] {
  const rows: DiffRow[] = [];
  let before = 1;
  let after = 1;
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const pair = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++) {
      rows.push({ kind: 'changed', before: removed[at], after: added[at] });
    }
    removed = [];
    added = [];
  };

  let inHunk = false;
  for (const line of diff.split('\n')) {
    const hunk = HUNK.exec(line);
    if (hunk) {
      pair();
      inHunk = true;
      // A side that is not there is said to begin at line 0.
      const next = Math.max(1, Number(hunk[1]));
      if (next > before) rows.push({ kind: 'fold', lines: next - before });
      before = next;
      after = Math.max(1, Number(hunk[2]));
    } else if (inHunk && line.startsWith('-')) {
      if (added.length > 0) pair();
      removed.push({ number: before++, text: line.slice(1) });
    } else if (inHunk && line.startsWith('+')) {
      added.push({ number: after++, text: line.slice(1) });
    } else if (inHunk && line.startsWith(' ')) {
      pair();
      const text = line.slice(1);
      rows.push({
        kind: 'same',
        before: { number: before++, text },
        after: { number: after++, text },
      });
    }
  }
  pair();
  return rows;
}

/** How many lines came in and went out. */
export function countLines(rows: DiffRow[]): {
  added: number;
  removed: number;
} {
  const changed = rows.flatMap(row => (row.kind === 'changed' ? [row] : []));
  return {
    added: changed.filter(row => row.after).length,
    removed: changed.filter(row => row.before).length,
  };
}
