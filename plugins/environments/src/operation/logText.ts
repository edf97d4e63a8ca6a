import { LogLine } from '@greenroom/plugin-environments-common';
import { stripAnsi } from './ansi';

/** The lines of one step, or of all. */
export function linesOf(
  lines: readonly LogLine[],
  step: { component: string; action: string } | undefined,
): readonly LogLine[] {
  return step
    ? lines.filter(
        ({ component, action }) =>
          component === step.component && action === step.action,
      )
    : lines;
}

/** The lines that hold a text, capitals or not. */
export function searchLines(
  lines: readonly LogLine[],
  search: string,
): readonly LogLine[] {
  const needle = search.toLowerCase();
  return needle
    ? lines.filter(({ text }) => stripAnsi(text).toLowerCase().includes(needle))
    : lines;
}

/** The log as a file: exact times in UTC, no colours. */
export function logFile(lines: readonly LogLine[]): string {
  return lines
    .map(
      ({ time, component, action, text }) =>
        `${time} ${action} ${component} ${stripAnsi(text)}\n`,
    )
    .join('');
}
