import { LogLine } from '@greenroom/plugin-environments-common';
import { stripAnsi } from './ansi';

export const LEVELS = ['all', 'warning', 'error'] as const;
/** The least level that is shown. */
export type Level = (typeof LEVELS)[number];

/** Which lines of a log are shown. */
export interface Part {
  component?: string;
  action?: string;
  level: Level;
}

/** The lines of one component, of one step of it, or of all, from a level on. */
export function linesOf(
  lines: readonly LogLine[],
  { component, action, level }: Part,
): readonly LogLine[] {
  if (!component && level === 'all') return lines;
  return lines.filter(
    line =>
      (!component || line.component === component) &&
      (!action || line.action === action) &&
      (level === 'all' ||
        line.level === 'error' ||
        (level === 'warning' && line.level === 'warning')),
  );
}

/** Where a text is found, capitals or not: the places of the lines that hold it. */
export function findLines(
  lines: readonly LogLine[],
  search: string,
): readonly number[] {
  const needle = search.toLowerCase();
  if (!needle) return [];
  const found: number[] = [];
  lines.forEach(({ text }, index) => {
    if (stripAnsi(text).toLowerCase().includes(needle)) found.push(index);
  });
  return found;
}
