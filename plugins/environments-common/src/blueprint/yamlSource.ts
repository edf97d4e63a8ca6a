import {
  Document,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  Node,
  Pair,
  parseAllDocuments,
  YAMLParseError,
} from 'yaml';
import { JsonValue } from '../json';
import { Problem, SourcePlace } from '../problem';
import { BLUEPRINT_LIMITS } from './document';

/** Keys and indexes from the root of a document to one of its values. */
export type DocumentPath = readonly (string | number)[];

/** Says where in the author's text something stands. */
export interface Locator {
  /** The value at the path, else the nearest thing around it that exists. */
  value(path: DocumentPath): SourcePlace | undefined;
  /** The key of the last step of the path. */
  key(path: DocumentPath): SourcePlace | undefined;
  /** A position inside the string at the path: its `index`th `${{`, and `offset` characters on. */
  expression(
    path: DocumentPath,
    index: number,
    offset: number,
    raw: string,
  ): SourcePlace | undefined;
}

/** For documents that come without a text, such as catalog entities. */
export const nowhere: Locator = {
  value: () => undefined,
  key: () => undefined,
  expression: () => undefined,
};

export interface YamlReading {
  value?: JsonValue;
  locate: Locator;
  problems: Problem[];
}

/**
 * Reads the one YAML document of a text, or the one whose `metadata.name` is `name`.
 * Hostile text ends in problems: nothing is thrown.
 */
export function readYaml(
  text: string,
  options: { file: string; name?: string },
): YamlReading {
  const { file } = options;
  const refuse = (problem: Problem): YamlReading => ({
    locate: nowhere,
    problems: [{ place: { file, line: 1, column: 1 }, ...problem }],
  });

  const bytes = new TextEncoder().encode(text).length;
  if (bytes > BLUEPRINT_LIMITS.documentBytes) {
    return refuse({
      code: 'blueprint.too-large',
      message: `The document has ${Math.ceil(bytes / 1024)} KB; at most ${BLUEPRINT_LIMITS.documentBytes / 1024} KB are read.`,
      remedy: 'Move what is large into files of a component.',
    });
  }
  if (nestsTooDeeply(text)) return refuse(tooDeep());

  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    documents = [
      ...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false }),
    ];
  } catch (error) {
    if (error instanceof RangeError) return refuse(tooDeep());
    throw error;
  }
  documents = documents.filter(document => document.contents !== null);

  const place = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = pick(documents, options.name);
  if (typeof document === 'string') {
    return refuse({
      code: 'blueprint.document',
      message: document,
      remedy: 'Keep one blueprint per file, named in metadata.name.',
    });
  }
  const problems = firstOfEachLine(document.errors, place).map(error => ({
    code: 'blueprint.yaml',
    message: `This is not valid YAML: ${error.message}`,
    place: place(error.pos[0]),
    remedy: 'Mend the indentation, quotes or brackets here.',
  }));
  if (problems.length > 0) return { locate: nowhere, problems };

  try {
    const value = document.toJS({ maxAliasCount: BLUEPRINT_LIMITS.aliases });
    return { value, locate: locator(document, text, place), problems };
  } catch (error) {
    if (error instanceof RangeError) return refuse(tooDeep());
    return refuse({
      code: 'blueprint.yaml',
      message: `This is not valid YAML: ${(error as Error).message}`,
      remedy: `Use at most ${BLUEPRINT_LIMITS.aliases} aliases (*name), each of an anchor (&name) above it.`,
    });
  }
}

/** One slip makes the parser stumble several times over the same line. */
function firstOfEachLine(
  errors: YAMLParseError[],
  place: (offset: number) => SourcePlace,
): YAMLParseError[] {
  const lines = new Set<number | undefined>();
  return errors.filter(error => {
    const { line } = place(error.pos[0]);
    const isFirst = !lines.has(line);
    lines.add(line);
    return isFirst;
  });
}

function tooDeep(): Problem {
  return {
    code: 'blueprint.too-deep',
    message: `The document nests deeper than ${BLUEPRINT_LIMITS.depth} levels.`,
    remedy: 'Flatten it.',
  };
}

/** The parser recurses and gets slow in brackets and indentation long before the stack ends. */
function nestsTooDeeply(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}')
      depth = Math.max(0, depth - 1);
    if (depth > BLUEPRINT_LIMITS.depth) return true;
  }
  return /^(?:[ \t]*[-?:][ \t]+){60,}/m.test(text);
}

function pick(
  documents: Document.Parsed[],
  name?: string,
): Document.Parsed | string {
  if (documents.length === 0) return 'The file is empty.';
  if (name === undefined) {
    return documents.length === 1
      ? documents[0]
      : `The file holds ${documents.length} documents; one is expected.`;
  }
  return (
    documents.find(d => d.getIn(['metadata', 'name']) === name) ??
    // A document too broken to say its name: its own errors say more than "not found".
    documents.find(d => d.errors.length > 0) ??
    `The file holds no document whose metadata.name is "${name}".`
  );
}

function locator(
  document: Document.Parsed,
  text: string,
  place: (offset: number) => SourcePlace,
): Locator {
  const at = (node: unknown): number | undefined =>
    (node as Node | undefined)?.range?.[0];
  const root = () => place(at(document.contents) ?? 0);

  const pairOf = (path: DocumentPath): Pair | undefined => {
    const parent = document.getIn(path.slice(0, -1), true);
    if (!isMap(parent)) return undefined;
    const last = String(path.at(-1));
    return parent.items.find(
      ({ key }) => (isScalar(key) ? String(key.value) : String(key)) === last,
    );
  };
  const keyOffset = (path: DocumentPath) => at(pairOf(path)?.key);
  const value = (path: DocumentPath): SourcePlace => {
    for (let length = path.length; length > 0; length--) {
      const around = path.slice(0, length);
      const node = document.getIn(around, true);
      const offset = at(node);
      if (offset === undefined) continue;
      // A block mapping begins at its first key; its own key above is what a reader looks for.
      const isBlock = isCollection(node) && !node.flow;
      return place((isBlock ? keyOffset(around) : undefined) ?? offset);
    }
    return root();
  };
  const key = (path: DocumentPath): SourcePlace => {
    const offset = keyOffset(path);
    return offset === undefined ? value(path) : place(offset);
  };
  return {
    key,
    value,
    expression(path, index, offset, raw) {
      const node = document.getIn(path, true);
      if (!isScalar(node) || !node.range) return value(path);
      const [start, end] = node.range;
      let opening = start - 1;
      for (let seen = 0; seen <= index; seen++) {
        opening = text.indexOf('${{', opening + 1);
        if (opening < 0 || opening >= end) return value(path);
      }
      const body = opening + '${{'.length;
      // Escapes and folded lines shift what follows: then the opening is as near as it gets.
      return place(text.startsWith(raw, body) ? body + offset : opening);
    },
  };
}
