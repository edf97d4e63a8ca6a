import { LogLine } from '@greenroom/plugin-environments-common';
import { useDeferredValue, useMemo, useState } from 'react';
import { findLines } from './logText';

export interface LogSearch {
  text: string;
  /** How many lines hold the text. */
  count: number;
  /** Which of them is looked at, from 1 on; 0 while there is none. */
  at: number;
  /** The line that is looked at. */
  line?: number;
  change: (text: string) => void;
  /** To the next or the previous one, around the end. */
  move: (by: 1 | -1) => void;
}

/** Looks for a text in the lines shown; typing stays quick however many there are. */
export function useLogSearch(lines: readonly LogLine[]): LogSearch {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const needle = useDeferredValue(text.trim());
  const found = useMemo(() => findLines(lines, needle), [lines, needle]);
  const place = Math.min(at, Math.max(0, found.length - 1));
  return {
    text,
    count: found.length,
    at: found.length === 0 ? 0 : place + 1,
    line: found[place],
    change: next => {
      setText(next);
      setAt(0);
    },
    move: by => {
      if (found.length === 0) return;
      setAt((place + by + found.length) % found.length);
    },
  };
}
