import { SHOP } from './__testUtils__/documents';
import { parseBlueprint } from './parse';
import { secretInputNames } from './secrets';

/** Told of every secret: nobody keeps them sealed yet. */
const SECRET_AT_ALL = 'blueprint.unsupported';

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
    expect(codesOf(...how)).toEqual([SECRET_AT_ALL]);
  });

  it('may flow into an output that is declared sensitive', () => {
    const output = '{value: "${{ inputs.note }}", sensitive: true}';
    expect(
      codesOf(
        "{value: '${{ components.web.outputs.url }}'",
        output.slice(0, -1),
      ),
    ).toEqual([SECRET_AT_ALL]);
  });

  it('leaves expressions alone that draw on other inputs', () => {
    expect(
      codesOf('components.web.outputs.url', 'inputs.title + environment.name'),
    ).toEqual([SECRET_AT_ALL]);
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
});
