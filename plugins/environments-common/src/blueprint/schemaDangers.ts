import { JsonObject, JsonValue } from '../json';
import { Problem } from '../problem';
import { BLUEPRINT_LIMITS } from './document';
import { localTarget } from './inputRefs';
import { PATTERN_REMEDY, patternMistake } from './linearPatterns';
import { DocumentPath, Locator } from './locator';
import { asObject } from './values';

const AT = ['spec', 'inputs'];

/** Keywords whose values are data, whatever they look like. */
const DATA = new Set(['default', 'const', 'enum', 'examples', 'ui:options']);

/** Every key of a schema that is not part of some data, with the way to it. */
export function* keywordsIn(
  schema: JsonValue,
  path: DocumentPath = [],
): Generator<{ key: string; value: JsonValue; path: DocumentPath }> {
  if (Array.isArray(schema)) {
    for (const [index, inner] of schema.entries()) {
      yield* keywordsIn(inner, [...path, index]);
    }
    return;
  }
  for (const [key, value] of Object.entries(asObject(schema))) {
    yield { key, value, path: [...path, key] };
    if (!DATA.has(key)) yield* keywordsIn(value, [...path, key]);
  }
}

/** How many parts a schema has, each as often as a check of one value may come to it. */
class Weights {
  readonly #known = new Map<JsonValue, number>();

  constructor(private readonly root: JsonObject) {}

  of(value: JsonValue | undefined): number {
    if (typeof value !== 'object' || value === null) return 1;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    // Met again on the way down: it has itself as a part.
    this.#known.set(value, Infinity);
    let sum = 1 + this.#target(value);
    for (const [key, inner] of Object.entries(value)) {
      // Choices are tried once without and once with their defaults.
      const tries = ['anyOf', 'oneOf'].includes(key) ? 2 : 1;
      sum += tries * this.of(inner);
    }
    this.#known.set(value, sum);
    return sum;
  }

  #target(value: JsonValue): number {
    const target = localTarget(asObject(value), this.root);
    return target === undefined ? 0 : this.of(target);
  }
}

/**
 * References that lead elsewhere or into themselves, and schemas that grow large once all of
 * them are followed: few lines can make each check of a value take hours.
 */
export function referenceProblems(
  schema: JsonObject,
  locate: Locator,
): Problem[] {
  for (const { key, value, path } of keywordsIn(schema)) {
    const isId = ['$id', '$anchor'].includes(key);
    if (typeof value !== 'string' || !(isId || key === '$ref')) continue;
    const holder = { $ref: value };
    if (isId || localTarget(holder, schema) === undefined) {
      return [
        {
          code: 'blueprint.inputs.schema',
          message: `"${key}: ${value.slice(0, 60)}" leads nowhere that can be followed.`,
          place: locate.key([...AT, ...path]),
          remedy:
            'Put what is used twice under definitions, and write "$ref: \'#/definitions/name\'".',
        },
      ];
    }
  }
  const weight = new Weights(schema).of(schema);
  if (weight <= BLUEPRINT_LIMITS.inputSchemaParts) return [];
  return [
    {
      code: 'blueprint.inputs.schema',
      message:
        weight === Infinity
          ? 'The schema of the inputs refers to itself.'
          : `With every $ref followed, the schema of the inputs has more than ${BLUEPRINT_LIMITS.inputSchemaParts} parts.`,
      place: locate.key(AT),
      remedy: 'Use fewer $ref and fewer choices (anyOf, oneOf) in each other.',
    },
  ];
}

/** Regular expressions that a text could make slow. */
export function patternProblems(
  schema: JsonObject,
  locate: Locator,
): Problem[] {
  const problems: Problem[] = [];
  const add = (pattern: string, place: Problem['place']) => {
    const mistake = patternMistake(pattern);
    if (!mistake) return;
    problems.push({
      code: 'blueprint.inputs.pattern',
      message: `${mistake}.`,
      place,
      remedy: PATTERN_REMEDY,
    });
  };
  for (const { key, value, path } of keywordsIn(schema)) {
    if (key === 'pattern' && typeof value === 'string') {
      add(value, locate.value([...AT, ...path]));
    }
    if (key === 'patternProperties') {
      for (const pattern of Object.keys(asObject(value))) {
        add(pattern, locate.key([...AT, ...path, pattern]));
      }
    }
  }
  return problems;
}
