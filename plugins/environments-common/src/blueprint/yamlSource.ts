import { Document, LineCounter, parseAllDocuments, YAMLParseError } from 'yaml';
import { JsonValue } from '../json';
import { Problem, SourcePlace } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { Locator, locatorOf, nowhere } from './locator';
import { nodeProblems } from './yamlNodes';
import { excess, excessValues, tooDeep } from './yamlLimits';

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

  const place = placesIn(text, file);
  let documents: Document.Parsed[];
  try {
    documents = [
      ...parseAllDocuments(text, {
        prettyErrors: false,
        // Checked below: the parser compares each key with each other one.
        uniqueKeys: false,
        // A document holds what JSON has: no bytes, sets or dates.
        resolveKnownTags: false,
      }),
    ];
  } catch (error) {
    if (error instanceof RangeError) return refuse(tooDeep());
    throw error;
  }
  documents = documents.filter(document => document.contents !== null);

  const document = pick(documents, options.name);
  if (typeof document === 'string') {
    return refuse({
      code: 'blueprint.document',
      message: document,
      remedy: 'Keep one blueprint per file, named in metadata.name.',
    });
  }
  const mistakes = toldErrors(document.errors, place).map(error => ({
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
    const tooMany = excessValues(value);
    if (tooMany) return refuse(tooMany);
    return { value, locate: locatorOf(document, text, place), problems };
  } catch (error) {
    if (error instanceof RangeError) return refuse(tooDeep());
    return refuse({
      code: 'blueprint.yaml',
      message: `This is not valid YAML: ${(error as Error).message.replace(/\.?$/, '.')}`,
      remedy: `Use at most ${BLUEPRINT_LIMITS.aliases} aliases (*name), each of an anchor (&name) above it.`,
    });
  }
}

/** Lines as editors count them; the parser misses some where returns stand alone. */
function placesIn(text: string, file: string): (offset: number) => SourcePlace {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines.addNewLine(at + 1);
  }
  return offset => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line, column: col };
  };
}

/**
 * One slip makes the parser stumble several times over the same line, and a tab over all lines
 * that follow.
 */
function toldErrors(
  errors: YAMLParseError[],
  place: (offset: number) => SourcePlace,
): YAMLParseError[] {
  const lines = new Set<number | undefined>();
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  return (tabs.length > 0 ? tabs : errors).filter(error => {
    const { line } = place(error.pos[0]);
    const isFirst = !lines.has(line);
    lines.add(line);
    return isFirst;
  });
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
