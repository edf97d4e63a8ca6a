import fc from 'fast-check';
import { JsonObject } from '../json';
import { documentOf, SHOP } from './__testUtils__/documents';
import { applyInputs } from './inputs';

const shop = documentOf(SHOP);

function withInputs(schema: string) {
  const start = SHOP.indexOf('  inputs:');
  const end = SHOP.indexOf('  components:');
  const text = `${SHOP.slice(0, start)}  inputs: ${schema}\n${SHOP.slice(end)}`;
  return documentOf(text.replace(/\$\{\{ inputs[^}]*\}\}/g, 'x'));
}

describe('applyInputs', () => {
  it('fills in defaults and leaves what was given as it was', () => {
    const given = { title: 'My shop' };
    expect(applyInputs(shop, given)).toEqual({
      inputs: { title: 'My shop', pages: 3, ratio: 1, tags: [] },
      problems: [],
    });
    expect(given).toEqual({ title: 'My shop' });
  });

  it('holds each input against its own pattern', () => {
    const document = withInputs(
      "{properties: {small: {type: string, pattern: '^[a-z]+$'}, large: {type: string, pattern: '^[A-Z]+$'}}}",
    );
    const fits = { small: 'tea', large: 'TEA' };
    expect(applyInputs(document, fits).problems).toEqual([]);
    const swapped = { small: 'TEA', large: 'tea' };
    expect(
      applyInputs(document, swapped).problems.map(({ field }) => field),
    ).toEqual(['/inputs/small', '/inputs/large']);
  });

  it('gives each request a default of its own', () => {
    const first = applyInputs(shop, { title: 'My shop' }).inputs;
    (first.tags as string[]).push('mine');
    expect(applyInputs(shop, { title: 'My shop' }).inputs.tags).toEqual([]);
  });

  it.each<[JsonObject, string, string, string]>([
    [{}, 'input.missing', '/inputs/title', 'Give it a value'],
    [{ title: 'a' }, 'input.invalid', '/inputs/title', 'at least 2'],
    [{ title: 5 }, 'input.type', '/inputs/title', 'of type string'],
    [{ pages: 2.5, title: 'ab' }, 'input.type', '/inputs/pages', 'integer'],
    [{ pages: '3', title: 'ab' }, 'input.type', '/inputs/pages', 'integer'],
    [{ pages: 10, title: 'ab' }, 'input.invalid', '/inputs/pages', '<= 9'],
    [{ tags: [1], title: 'ab' }, 'input.type', '/inputs/tags/0', 'string'],
    [{ pagse: 1, title: 'ab' }, 'input.unknown', '/inputs/pagse', '"pages"'],
    [{ 'a/b~': 1, title: 'ab' }, 'input.unknown', '/inputs/a~1b~0', 'Known'],
  ])('refuses %j with %s', (given, code, field, remedy) => {
    expect(applyInputs(shop, given).problems).toEqual([
      {
        code,
        field,
        message: expect.stringMatching(/\.$/),
        remedy: expect.stringContaining(remedy),
      },
    ]);
  });

  it('tells everything that is wrong at once', () => {
    const { problems } = applyInputs(shop, { pages: 'x', what: 1 });
    expect(problems.map(({ field }) => field).sort()).toEqual([
      '/inputs/pages',
      '/inputs/title',
      '/inputs/what',
    ]);
  });

  it('says each unknown input once, also where the schema closes itself', () => {
    const document = withInputs(
      '{properties: {a: {type: string}}, additionalProperties: false}',
    );
    expect(applyInputs(document, { b: 1 }).problems).toHaveLength(1);
  });

  it('keeps inputs that are shown and not asked for as they are', () => {
    const document = withInputs(
      '{properties: {region: {type: string, title: Region, readOnly: true, default: eu}}}',
    );
    expect(applyInputs(document, {})).toEqual({
      inputs: { region: 'eu' },
      problems: [],
    });
    expect(applyInputs(document, { region: 'eu' }).problems).toEqual([]);
    expect(applyInputs(document, { region: 'us' }).problems).toEqual([
      {
        code: 'input.read-only',
        message: 'Region cannot be chosen.',
        field: '/inputs/region',
        remedy: 'Leave it out; it is "eu".',
      },
    ]);
  });

  it('judges patterns by expressions that nothing makes slow', () => {
    const document = withInputs(
      '{properties: {word: {type: string, pattern: "^(a+)+$"}}}',
    );
    expect(applyInputs(document, { word: 'aaa' }).problems).toEqual([]);
    const word = `${'a'.repeat(5000)}!`;
    expect(applyInputs(document, { word }).problems).toMatchObject([
      { code: 'input.invalid', field: '/inputs/word' },
    ]);
  });

  it('never throws, and gives the same to what it gave', () => {
    const values = fc.dictionary(
      fc.constantFrom('title', 'pages', 'ratio', 'tags', 'note', 'other'),
      fc.jsonValue({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(values, given => {
        const { inputs, problems } = applyInputs(shop, given as JsonObject);
        if (problems.length > 0) return;
        expect(applyInputs(shop, inputs)).toEqual({ inputs, problems: [] });
      }),
    );
  });
});
