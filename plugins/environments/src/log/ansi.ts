/** A piece of a log line in one style. */
export interface Span {
  text: string;
  colour?: 'green' | 'yellow' | 'red' | 'blue';
  bold?: boolean;
}

// Control sequences: those of style (CSI … m) are read, all others dropped.
const SEQUENCE = new RegExp(
  [
    '\\u001b\\[([0-9;]*)m',
    '\\u001b\\[[0-9;?]*[ -/]*[@-~]',
    '\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)',
    '\\u001b[@-Z\\\\-_]',
    '[\\u0000-\\u0008\\u000b-\\u001a\\u001c-\\u001f\\u007f]',
  ].join('|'),
  'g',
);

const COLOURS: Record<number, Span['colour']> = {
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
  35: 'blue',
  36: 'blue',
  91: 'red',
  92: 'green',
  93: 'yellow',
  94: 'blue',
  95: 'blue',
  96: 'blue',
};

/** Reads the styles that tools write into their output; everything else that is not text is dropped. */
export function readAnsi(text: string): Span[] {
  const spans: Span[] = [];
  let style: Omit<Span, 'text'> = {};
  let from = 0;
  const push = (to: number) => {
    if (to > from) spans.push({ text: text.slice(from, to), ...style });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    push(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined) style = applyCodes(style, match[1]);
  }
  push(text.length);
  return spans;
}

/** The words alone. */
export function stripAnsi(text: string): string {
  return text.replace(SEQUENCE, '');
}

function applyCodes(
  style: Omit<Span, 'text'>,
  codes: string,
): Omit<Span, 'text'> {
  let next = style;
  for (const code of codes.split(';').map(Number)) {
    if (code === 0) next = {};
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 22) next = { ...next, bold: undefined };
    else if (code === 39) next = { ...next, colour: undefined };
    else if (COLOURS[code]) next = { ...next, colour: COLOURS[code] };
  }
  return next;
}
