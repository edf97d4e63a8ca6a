import { SHOP } from './__testUtils__/documents';
import { parseBlueprint } from './parse';
import { judgeInputs } from './inputs';
import { secretInputNames } from './secrets';
import { secretKeys, secretValues } from './secretWith';

const codesOf = (from: string, to: string) => {
  const text = SHOP.replace('required: [title]', 'required: [title, note]')
    .replace(
      'note: {type: string}',
      'note: {type: string, minLength: 8, ui:field: Secret}',
    )
    .replace(from, () => to);
  return parseBlueprint(text).problems.map(({ code }) => code);
};

describe('a secret input', () => {
  it.each([
    ['environment.slug', 'inputs.note'],
    ['environment.slug', '"user:" + inputs.note + "@host"'],
    [
      'name: ${{ environment.slug }}',
      'urls: [{url: "db://${{ inputs.note }}@${{ environment.slug }}"}]',
    ],
  ])('may flow into what a driver is given, in place of %s by %s', (...how) => {
    expect(codesOf(...how)).toEqual([]);
  });

  it('may flow into an output that is declared sensitive', () => {
    const output = '{value: "${{ inputs.note }}", sensitive: true}';
    expect(
      codesOf(
        "{value: '${{ components.web.outputs.url }}'",
        output.slice(0, -1),
      ),
    ).toEqual([]);
  });

  it('leaves expressions alone that draw on other inputs', () => {
    expect(
      codesOf('components.web.outputs.url', 'inputs.title + environment.name'),
    ).toEqual([]);
  });

  it('is found wherever the schema declares it', () => {
    const secret = { 'ui:field': 'Secret' };
    const names = secretInputNames({
      definitions: {
        key: secret,
        // Refers to itself, which is refused elsewhere and must not hang here.
        loop: { properties: { a: { $ref: '#/definitions/loop' } } },
      },
      properties: {
        plain: { type: 'string', title: 'Secret' },
        own: secret,
        widget: { 'ui:widget': 'password' },
        inside: { properties: { deep: { items: secret } } },
        referred: { $ref: '#/definitions/key' },
        looped: { $ref: '#/definitions/loop' },
      },
      oneOf: [{ properties: { chosen: secret } }],
      dependencies: { own: { properties: { brought: secret } } },
    });
    expect([...names].sort()).toEqual(
      ['brought', 'chosen', 'inside', 'own', 'referred', 'widget'].sort(),
    );
  });

  it('marks what a component is given of it, whatever was made of it', () => {
    const text = SHOP.replace('required: [title]', 'required: [title, note]')
      .replace('note: {type: string}', 'note: {type: string, ui:field: Secret}')
      .replace(
        'name: ${{ environment.slug }}',
        'urls: [plain, {url: "db://${{ inputs.note }}"}]\n        length: ${{ size(inputs.note) }}',
      );
    const { document } = parseBlueprint(text);
    expect(secretKeys(document!, 'data')).toEqual(['urls', 'length']);
    const resolved = {
      urls: ['plain', { url: 'db://hunter22' }],
      length: 8,
      title: 'Shop',
    };
    expect(secretValues(document!, 'data', resolved)).toEqual([
      'db://hunter22',
      8,
    ]);
    expect(secretValues(document!, 'data', {})).toEqual([null, null]);
  });

  it('is refused where it is too short to be told from ordinary words', () => {
    const schema = {
      properties: {
        'a/b': {
          type: 'object',
          properties: { key: { type: 'string', 'ui:field': 'Secret' } },
        },
        plain: { type: 'string' },
      },
    };
    const judge = (key: string) =>
      judgeInputs(schema, { 'a/b': { key }, plain: 'abc' }).problems;
    expect(judge('secret')).toEqual([]);
    expect(judge('short')).toMatchObject([
      { code: 'input.secret.short', field: '/inputs/a~1b/key' },
    ]);
  });
});
