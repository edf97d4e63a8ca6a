import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const README = resolve(__dirname, '../../README.md');

/** The n-th drawing of README.md, as lines like `pending queued promoted`; labels are split at commas. */
export function drawnMoves(index: number): string[] {
  const drawings = readme().match(/```mermaid\n[^`]*```/g) ?? [];
  return [...drawings[index].matchAll(/^ *(\S+) --> ([^\s:]+)(?:: (.+))?$/gm)]
    .flatMap(([, from, to, label = '']) =>
      label.split(', ').map(part => `${from} ${to} ${part}`.trim()),
    )
    .sort();
}

/** First and last cell of each row of the table whose first head that is. */
export function drawnTable(head: string): [string, string][] {
  const [, ...lines] = readme().split(`| ${head} `)[1].split('\n');
  const rows = lines.slice(1, lines.indexOf(''));
  return rows.map(row => {
    const cells = row.split('|').map(cell => cell.replaceAll('`', '').trim());
    return [cells[1], cells.at(-2)!];
  });
}

function readme(): string {
  return readFileSync(README, 'utf8');
}
