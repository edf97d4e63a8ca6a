import { RegExpEngine } from 'ajv/dist/types';
import { RE2JS } from 're2js';

/**
 * CEL's `matches` by an engine that no pattern makes slow. Nothing that an author writes: it
 * takes the place of `matches` before an expression runs.
 */
export const LINEAR_MATCHES = 'linearMatches';

/**
 * A regular expression that takes time in proportion to the text, whatever it says: RE2's, which
 * is also what CEL's own `matches` is defined by. JavaScript's would let an author or a requester
 * stop the process with `(a+)+$`.
 *
 * @throws Error when RE2 has no such expression, as with look-around and back references
 */
export function linearPattern(pattern: string): {
  test(text: string): boolean;
  toString(): string;
} {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  return {
    test: text => compiled.matcher(text).find(),
    // Ajv tells the patterns of a schema apart by their texts.
    toString: () => pattern,
  };
}

/** Why a regular expression cannot be used; undefined when it can. */
export function patternMistake(pattern: string): string | undefined {
  try {
    linearPattern(pattern);
    return undefined;
  } catch (error) {
    const why = (error as Error).message.replace(/^error parsing regexp: /, '');
    return `The regular expression "${pattern.slice(0, 60)}" is not one of RE2's: ${why}`;
  }
}

export const PATTERN_REMEDY =
  'Write it without look-around, back references and large repeat counts: RE2 has none, so that no text can make it slow.';

/** For the schemas of inputs. Ajv asks for `code` only where it writes code to a file. */
export const linearPatterns: RegExpEngine = Object.assign(
  (pattern: string) => linearPattern(pattern),
  { code: 'linearPattern' },
);
