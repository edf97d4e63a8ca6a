import { Lexer } from 'yaml';
import { JsonValue } from '../json';
import { Problem } from '../problem';
import { BLUEPRINT_LIMITS } from './document';

/**
 * Whether a text is more than is read at all; undefined when it is not. Asked before the parser,
 * whose time grows with the square of what it stumbles over.
 */
export function excess(text: string): Problem | undefined {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > BLUEPRINT_LIMITS.documentBytes) {
    return {
      code: 'blueprint.too-large',
      message: `The document has ${Math.ceil(bytes / 1024)} KB; at most ${BLUEPRINT_LIMITS.documentBytes / 1024} KB are read.`,
      remedy: 'Move what is large into files of a component.',
    };
  }
  let tokens = 0;
  let depth = 0;
  for (const token of new Lexer().lex(text)) {
    tokens++;
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > BLUEPRINT_LIMITS.depth) return tooDeep();
    if (tokens > BLUEPRINT_LIMITS.tokens) {
      return {
        code: 'blueprint.too-large',
        message: `The document has more than ${BLUEPRINT_LIMITS.tokens} words and signs.`,
        remedy: 'Split the blueprint.',
      };
    }
  }
  return undefined;
}

/** Whether a document is more than it looks, since aliases repeat parts of it. */
export function excessValues(document: JsonValue): Problem | undefined {
  let values = 0;
  const isWithin = (value: JsonValue): boolean => {
    values++;
    if (values > BLUEPRINT_LIMITS.values) return false;
    if (typeof value !== 'object' || value === null) return true;
    return Object.values(value).every(isWithin);
  };
  return isWithin(document)
    ? undefined
    : {
        code: 'blueprint.too-large',
        message: `With every alias followed, the document has more than ${BLUEPRINT_LIMITS.values} values.`,
        remedy: 'Use fewer aliases of large parts.',
      };
}

export function tooDeep(): Problem {
  return {
    code: 'blueprint.too-deep',
    message: `The document nests deeper than ${BLUEPRINT_LIMITS.depth} levels.`,
    remedy: 'Flatten it.',
  };
}
