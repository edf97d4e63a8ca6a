import { Diagnostic } from '@codemirror/lint';
import { Text } from '@codemirror/state';
import { Problem } from '@greenroom/plugin-environments-common';

/** Problems as marks in a text: from their place to the end of the word or line there. */
export function diagnosticsOf(text: Text, problems: Problem[]): Diagnostic[] {
  return problems
    .map(({ place, message, remedy }): Diagnostic => {
      // What has no place is about the whole text.
      const line = text.line(clamp(place?.line ?? 1, 1, text.lines));
      const from = clamp(
        line.from + (place?.column ?? 1) - 1,
        line.from,
        line.to,
      );
      const word =
        place?.column === undefined
          ? line.text.length
          : (/^[\w.-]+|^./.exec(text.sliceString(from, line.to))?.[0].length ??
            0);
      return {
        from,
        to: Math.min(from + word, line.to),
        severity: 'error',
        message: [message, remedy].filter(Boolean).join(' '),
      };
    })
    .sort((a, b) => a.from - b.from);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
