import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { JsonObject } from '../json';
import { NOT_YET_SHOP, RICH, SHOP } from './__testUtils__/documents';
import { Mistake, slipped } from './__testUtils__/mistakes/mistake';
import { SHAPE } from './__testUtils__/mistakes/shape';
import { blueprintSchema } from './schema';

const REPOSITORY = join(__dirname, '../../../..');

/** As an editor gets it: as JSON, and compiled by nobody's own rules. */
const validate = new Ajv({ strict: false }).compile(
  JSON.parse(JSON.stringify(blueprintSchema)),
);

const shipped = globSync('templates/**/blueprint.yaml', { cwd: REPOSITORY });

/** Every field that the schema names, by its path, however deep. */
function* fields(
  schema: JsonObject,
  path = '',
): Generator<[string, JsonObject]> {
  const inner = {
    ...(schema.properties as Record<string, JsonObject> | undefined),
    ...(schema.additionalProperties && {
      '*': schema.additionalProperties as JsonObject,
    }),
    ...(schema.items && { '[]': schema.items as JsonObject }),
  };
  for (const [name, field] of Object.entries(inner)) {
    yield [`${path}/${name}`, field];
    yield* fields(field, `${path}/${name}`);
  }
}

const named = [...fields(blueprintSchema)].filter(
  // What lists and maps of plain texts hold is told by the field itself.
  ([path, { type }]) => type !== 'string' || !/\/(\*|\[\])$/.test(path),
);

describe('the JSON Schema of blueprints', () => {
  it.each([
    ['of the samples', SHOP],
    ['with something of everything', RICH],
    ['with what is not acted on yet', NOT_YET_SHOP],
  ])('takes a right document %s', (_what, text) => {
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });

  it.each(shipped)('takes %s', path => {
    validate(parse(readFileSync(join(REPOSITORY, path), 'utf8')));
    expect(validate.errors).toBeNull();
  });

  it('is held against shipped blueprints', () => {
    expect(shipped.length).toBeGreaterThan(0);
  });

  it.each(
    SHAPE.map((row: Mistake) => [row[2], row[1].split('▸')[1], row] as const),
  )('refuses what is wrong in its shape: %s at %s', (_code, _at, mistake) => {
    expect(validate(parse(slipped(mistake).text))).toBe(false);
  });

  it.each(named)('says what %s is', (_path, field) => {
    expect(field.description).toMatch(/[.]$/);
  });

  it.each(
    named.filter(
      ([, { type, properties, additionalProperties, items, ...field }]) =>
        type !== 'boolean' &&
        !('const' in field) &&
        !properties &&
        typeof additionalProperties !== 'object' &&
        typeof (items as JsonObject | undefined)?.properties !== 'object',
    ),
  )('shows %s by an example that it would take', (_path, field) => {
    const { examples, ...schema } = field;
    const takes = new Ajv({ strict: false }).compile(schema);
    expect(examples).toEqual(expect.arrayContaining([expect.anything()]));
    expect((examples as unknown[]).filter(example => !takes(example))).toEqual(
      [],
    );
  });
});
