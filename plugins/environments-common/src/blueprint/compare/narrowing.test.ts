import fc from 'fast-check';
import { JsonObject, JsonValue } from '../../json';
import { compileInputs } from '../inputSchema';
import { narrows } from './narrowing';

const bound = fc.integer({ min: 0, max: 4 });
const types = ['string', 'integer', 'number', 'boolean', 'array'];

/** Keywords with values that they may have. */
const keywords: Record<string, fc.Arbitrary<JsonValue>> = {
  type: fc.constantFrom<JsonValue>(...types, ['string', 'integer']),
  enum: fc.subarray<JsonValue>(['', 'a', 1, 2, true], { minLength: 1 }),
  minimum: bound,
  exclusiveMinimum: bound,
  maximum: bound,
  exclusiveMaximum: bound,
  minLength: bound,
  maxLength: bound,
  minItems: bound,
  maxItems: bound,
  minProperties: bound,
  maxProperties: bound,
  multipleOf: fc.integer({ min: 1, max: 3 }),
  pattern: fc.constantFrom('^a', 'b$', '.'),
  uniqueItems: fc.boolean(),
  additionalProperties: fc.boolean(),
  items: fc.constantFrom<JsonValue>({ type: 'string' }, { type: 'integer' }),
};

const changes = fc.constantFrom(...Object.keys(keywords)).chain(keyword =>
  fc.record({
    keyword: fc.constant(keyword),
    before: fc.option(keywords[keyword], { nil: undefined }),
    after: fc.option(keywords[keyword], { nil: undefined }),
  }),
);

const VALUES: JsonValue[] = [
  ...['', 'a', 'ab', 'abb', 'abbbb'],
  ...[-1, 0, 1, 1.5, 2, 3, 4, 5],
  ...[true, false],
  ...[[], ['a'], [1, 1], ['a', 'b', 'c', 'd', 'e']],
  ...[{}, { a: 1 }, { a: 1, b: 2, c: 3, d: 4, e: 5 }],
];

/** Says which values a schema allows. */
function allowing(schema: JsonObject): (value: JsonValue) => boolean {
  const validate = compileInputs({ properties: { it: schema } });
  return value => validate({ it: value });
}

describe('what narrows an input', () => {
  it('is every change by which a value that was right is refused', () => {
    fc.assert(
      fc.property(changes, ({ keyword, before, after }) => {
        const schemas = [before, after].map((value): JsonObject =>
          value === undefined ? {} : { [keyword]: value },
        );
        const [was, is] = schemas.map(allowing);
        const refused = VALUES.filter(value => was(value) && !is(value));
        fc.pre(refused.length > 0);
        expect(narrows(keyword, before, after)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it.each<[string, JsonValue | undefined, JsonValue | undefined]>([
    ['maximum', 5, undefined],
    ['maximum', 5, 6],
    ['minLength', 2, 1],
    ['enum', ['a', 'b'], ['c', 'b', 'a']],
    ['type', 'integer', 'number'],
    ['type', 'string', ['string', 'null']],
    ['additionalProperties', false, true],
    ['uniqueItems', true, false],
  ])('is not %s from %j to %j', (keyword, before, after) => {
    expect(narrows(keyword, before, after)).toBe(false);
  });

  it('is, in doubt, a keyword that others need', () => {
    expect(narrows('properties', {}, undefined)).toBe(true);
    expect(narrows('pattern', '^a', '^[ab]')).toBe(true);
  });
});
