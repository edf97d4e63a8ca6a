export interface HclToken {
  kind: 'word' | 'string' | 'mark';
  /** A string's text stands as written, without its quotes. */
  text: string;
  /** From 1. */
  line: number;
}

const WORD = /[\p{L}\p{N}_-]/u;

/**
 * Cuts HCL into as many tokens as it takes to see its blocks: comments are left out, strings
 * and heredocs are whole, with the expressions inside them. Broken source ends the list early.
 */
export function hclTokens(source: string): HclToken[] {
  const tokens: HclToken[] = [];
  let at = 0;
  let line = 1;

  const moveTo = (next: number) => {
    for (; at < next && at < source.length; at++)
      if (source[at] === '\n') line++;
  };
  const push = (kind: HclToken['kind'], text: string) =>
    tokens.push({ kind, text, line });

  while (at < source.length) {
    const char = source[at];
    const pair = source.slice(at, at + 2);
    if (/\s/.test(char)) {
      moveTo(at + 1);
    } else if (char === '#' || pair === '//') {
      moveTo(endOf(source, '\n', at));
    } else if (pair === '/*') {
      moveTo(endOf(source, '*/', at + 2) + 2);
    } else if (char === '"') {
      const end = stringEnd(source, at + 1);
      push('string', source.slice(at + 1, end));
      moveTo(end + 1);
    } else if (pair === '<<') {
      const end = heredocEnd(source, at);
      push('string', source.slice(at, end));
      moveTo(end);
    } else if (WORD.test(char)) {
      let end = at + 1;
      while (end < source.length && WORD.test(source[end])) end++;
      push('word', source.slice(at, end));
      moveTo(end);
    } else {
      // `==` and `=>` are no assignment.
      const mark = pair === '==' || pair === '=>' ? pair : char;
      push('mark', mark);
      moveTo(at + mark.length);
    }
  }
  return tokens;
}

function endOf(source: string, what: string, from: number): number {
  const found = source.indexOf(what, from);
  return found < 0 ? source.length : found;
}

/** Index of the quote that closes a string whose text begins at `at`. */
function stringEnd(source: string, at: number): number {
  let index = at;
  while (index < source.length && source[index] !== '"') {
    const three = source.slice(index, index + 3);
    if (source[index] === '\\') index += 2;
    else if (three === '$${' || three === '%%{') index += 3;
    else if (three.startsWith('${') || three.startsWith('%{'))
      index = templateEnd(source, index + 2) + 1;
    else index++;
  }
  return index;
}

/** Index of the brace that closes a `${` whose expression begins at `at`. */
function templateEnd(source: string, at: number): number {
  let index = at;
  for (let open = 1; index < source.length; index++) {
    if (source[index] === '"') index = stringEnd(source, index + 1);
    else if (source[index] === '{') open++;
    else if (source[index] === '}' && --open === 0) return index;
  }
  return index;
}

/** Index behind the closing word of a heredoc that begins at `at`. */
function heredocEnd(source: string, at: number): number {
  const opening = /^<<-?([\p{L}_][\p{L}\p{N}_-]*)[^\S\n]*\n/u.exec(
    source.slice(at, at + 200),
  );
  if (!opening) return at + 2;
  let index = at + opening[0].length;
  while (index < source.length) {
    const end = endOf(source, '\n', index);
    if (source.slice(index, end).trim() === opening[1]) return end;
    index = end + 1;
  }
  return source.length;
}
