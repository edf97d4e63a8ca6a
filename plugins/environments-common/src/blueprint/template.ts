/** A string with expressions in it, taken apart. */
export type TemplatePart =
  | { kind: 'text'; text: string }
  | {
      kind: 'expression';
      /** Everything between `${{` and `}}`, blanks included. */
      raw: string;
      /** The expression itself. */
      source: string;
      /** How many `${{` stand before this one in the string, those inside expressions too. */
      index: number;
    };

export interface Template {
  parts: TemplatePart[];
  /** The one expression that is the whole value, so that its type is kept. */
  whole?: string;
  /** Set when an expression is opened and never closed. */
  unclosed?: { index: number };
}

const OPENING = '${{';
const CLOSING = '}}';

export function hasExpression(text: string): boolean {
  return text.includes(OPENING);
}

/** Splits a string at its expressions; braces and quotes inside them are respected. */
export function readTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let position = 0;
  let index = 0;
  for (;;) {
    const start = text.indexOf(OPENING, position);
    if (start < 0) break;
    if (start > position) {
      parts.push({ kind: 'text', text: text.slice(position, start) });
    }
    const end = endOfExpression(text, start + OPENING.length);
    if (end === undefined) return { parts, unclosed: { index } };
    const raw = text.slice(start + OPENING.length, end);
    parts.push({ kind: 'expression', raw, source: raw.trim(), index });
    index += 1 + raw.split(OPENING).length - 1;
    position = end + CLOSING.length;
  }
  if (position < text.length) {
    parts.push({ kind: 'text', text: text.slice(position) });
  }
  return { parts, whole: wholeOf(parts) };
}

function wholeOf(parts: TemplatePart[]): string | undefined {
  const expressions = parts.filter(part => part.kind === 'expression');
  const onlyBlanks = parts.every(
    part => part.kind === 'expression' || part.text.trim() === '',
  );
  return expressions.length === 1 && onlyBlanks
    ? expressions[0].source
    : undefined;
}

/** @returns where the `}}` that ends the expression begins; undefined when nothing ends it */
function endOfExpression(text: string, from: number): number | undefined {
  let braces = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"' || character === "'") {
      const closed = endOfLiteral(text, at, character);
      // An open quote is the expression's own mistake: CEL says so, better than "never closed".
      if (closed === undefined) {
        const end = text.indexOf(CLOSING, from);
        return end < 0 ? undefined : end;
      }
      at = closed;
    } else if (character === '{') {
      braces++;
    } else if (character === '}') {
      if (braces === 0 && text[at + 1] === '}') return at;
      braces = Math.max(0, braces - 1);
    }
  }
  const end = text.indexOf(CLOSING, from);
  return end < 0 ? undefined : end;
}

function endOfLiteral(
  text: string,
  from: number,
  quote: string,
): number | undefined {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return undefined;
}
