import {
  Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  YAMLParseError,
} from 'yaml';
import { JsonValue } from '../json';
import { Problem, SourcePlace } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { Locator, locatorOf, nowhere } from './locator';
import { excess, tooDeep } from './yamlLimits';

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

  const tooMuch = excess(text);
  if (tooMuch) return refuse(tooMuch);

  const lines = new LineCounter();
  let documents: Document.Parsed[];
  try {
    documents = [
      ...parseAllDocuments(text, {
        lineCounter: lines,
        prettyErrors: false,
        // Checked below: the parser compares each key with each other one.
        uniqueKeys: false,
      }),
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
  const mistakes = firstOfEachLine(document.errors, place).map(error => ({
    code: 'blueprint.yaml',
    message: `This is not valid YAML: ${error.message}.`,
    place: place(error.pos[0]),
    remedy: 'Mend the indentation, quotes or brackets here.',
  }));
  if (mistakes.length > 0) return { locate: nowhere, problems: mistakes };
  const problems = nodeProblems(document, place);
  if (problems.length > 0) return { locate: nowhere, problems };

  try {
    const value = document.toJS({ maxAliasCount: BLUEPRINT_LIMITS.aliases });
    return { value, locate: locatorOf(document, text, place), problems };
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

/** Keys that are no plain words or stand twice, aliases of nothing, and nesting that nobody reads. */
function nodeProblems(
  document: Document.Parsed,
  place: (offset: number) => SourcePlace,
): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  const visit = (node: unknown, depth: number): void => {
    if (depth > BLUEPRINT_LIMITS.depth) {
      if (!problems.some(({ code }) => code === tooDeep().code)) {
        const offset = isNode(node) ? node.range?.[0] : undefined;
        problems.push({ ...tooDeep(), place: place(offset ?? 0) });
      }
      return;
    }
    if (isAlias(node) && !anchors.has(node.source)) {
      problems.push({
        code: 'blueprint.yaml',
        message: `The alias *${node.source} stands for nothing above it.`,
        place: place(node.range?.[0] ?? 0),
        remedy: 'Quote the text if it is meant to begin with a star.',
      });
    }
    if (isNode(node) && 'anchor' in node && node.anchor) {
      anchors.add(node.anchor);
    }
    if (isSeq(node)) node.items.forEach(item => visit(item, depth + 1));
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const { key } = pair;
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined || seen.has(name)) {
        const offset = isNode(key) ? key.range?.[0] : node.range?.[0];
        problems.push({
          code: 'blueprint.yaml',
          message:
            name === undefined
              ? 'A key is neither a word nor a number.'
              : `The key "${name}" stands here for the second time.`,
          place: place(offset ?? 0),
          remedy: 'Keep one plain key of each name.',
        });
      }
      seen.add(name ?? '');
      visit(pair.value, depth + 1);
    }
  };
  visit(document.contents, 0);
  return problems;
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
