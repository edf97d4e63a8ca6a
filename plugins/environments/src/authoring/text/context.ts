/** Where in a YAML text somebody types. */
export type TypingPlace =
  | {
      kind: 'key';
      /** Keys from the root down to the mapping that the key would stand in; `[]` for a list's item. */
      path: string[];
      /** Keys that stand in the same mapping already. */
      siblings: string[];
      from: number;
    }
  | { kind: 'value'; path: string[]; from: number }
  | {
      kind: 'expression';
      /** The names before the last dot: `components`, `data`, `outputs`. */
      names: string[];
      from: number;
    };

interface Line {
  indent: number;
  key?: string;
  /** It begins an item of a list, whose own keys stand two columns further. */
  isItem: boolean;
}

/**
 * Reads where the end of a text stands: in an expression, at a key or at a value. It goes by
 * indentation, as authors do: while one types, a text is seldom YAML.
 *
 * @param before the text up to where is typed
 * @param after the lines below, for the keys that stand there
 */
export function placeIn(before: string, after = ''): TypingPlace | undefined {
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.slice(lineStart);
  const opening = line.lastIndexOf('${{');
  if (opening >= 0 && line.indexOf('}}', opening) < 0) {
    return inExpression(before, lineStart + opening + 3);
  }
  const key = /^(\s*)(- +)?([\w$:.-]*)$/.exec(line);
  if (key && !key[3].endsWith(':')) {
    const indent = key[1].length + (key[2]?.length ?? 0);
    const above = before.slice(0, lineStart).split('\n').map(readLine);
    const path = pathAt(above, indent, Boolean(key[2]));
    const siblings = [
      ...(key[2] ? [] : keysBeside(above.reverse(), indent)),
      ...keysBeside(after.split('\n').slice(1).map(readLine), indent),
    ];
    return { kind: 'key', path, siblings, from: before.length - key[3].length };
  }
  const value = /^(\s*)(- +)?([\w$:.-]+): +(\S*)$/.exec(line);
  if (value) {
    const indent = value[1].length + (value[2]?.length ?? 0);
    const above = before.slice(0, lineStart).split('\n').map(readLine);
    const path = [...pathAt(above, indent, Boolean(value[2])), value[3]];
    return { kind: 'value', path, from: before.length - value[4].length };
  }
  return undefined;
}

function inExpression(before: string, from: number): TypingPlace {
  const [chain] = /[\w.]*$/.exec(before.slice(from)) ?? [''];
  const names = chain.split('.');
  const last = names.pop() ?? '';
  return { kind: 'expression', names, from: before.length - last.length };
}

function readLine(text: string): Line | undefined {
  const match = /^(\s*)((?:- +)*)(?:([\w$:.-]+|"[^"]*"|'[^']*'):(?: |$))?/.exec(
    text,
  );
  if (!match || text.trim() === '' || text.trim().startsWith('#')) {
    return undefined;
  }
  return {
    indent: match[1].length + match[2].length,
    key: match[3]?.replace(/^["']|["']$/g, ''),
    isItem: match[2] !== '',
  };
}

/** The keys above, each less indented than the one below it. */
function pathAt(
  above: (Line | undefined)[],
  indent: number,
  isItem: boolean,
): string[] {
  const path: string[] = isItem ? ['[]'] : [];
  // A list may stand as far to the left as the key that it belongs to.
  let limit = isItem ? indent - 1 : indent;
  for (let at = above.length - 1; at >= 0 && limit > 0; at--) {
    const line = above[at];
    if (!line) continue;
    if (line.isItem && line.indent === limit) {
      path.unshift('[]');
      limit = line.indent - 1;
    } else if (line.key !== undefined && line.indent < limit) {
      path.unshift(line.key);
      if (line.isItem) path.unshift('[]');
      limit = line.isItem ? line.indent - 1 : line.indent;
    }
  }
  return path;
}

/** Keys of the same mapping, going away from where is typed. */
function keysBeside(lines: (Line | undefined)[], indent: number): string[] {
  const keys: string[] = [];
  for (const line of lines) {
    if (!line) continue;
    if (line.indent < indent) break;
    if (line.indent === indent && line.key !== undefined) keys.push(line.key);
    if (line.isItem && line.indent === indent) break;
  }
  return keys;
}
