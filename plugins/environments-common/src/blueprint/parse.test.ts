import { SHOP } from './__testUtils__/documents';
import { checkBlueprint, parseBlueprint } from './parse';

describe('parseBlueprint', () => {
  it('takes what is right, with absent parts as empty ones', () => {
    const { document, problems } = parseBlueprint(SHOP);
    expect(problems).toEqual([]);
    expect(document?.spec.components.web.with.pages).toBe(
      '${{ inputs.pages + 1 }}',
    );

    const small = parseBlueprint(`apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: small}
spec:
  type: test
  owner: me
  version: 1.0.0
  components: {one: {driver: terraform, source: .}}
`).document;
    expect(small?.spec).toMatchObject({
      inputs: { type: 'object' },
      components: { one: { with: {} } },
      outputs: {},
      ttl: {},
    });
  });

  it('tells all that is wrong at once, in the order of the text', () => {
    const text = SHOP.replace('name: shop', 'name: Shop')
      .replace('version: 1.2.0', 'version: 1')
      .replace('inputs.title }}', 'inputs.x }}')
      .replace('max: 2d', 'max: 1m');
    expect(parseBlueprint(text).problems.map(({ code }) => code)).toEqual([
      'blueprint.field.value',
      'blueprint.field.type',
      'blueprint.expression.name',
      'blueprint.ttl',
    ]);
  });

  it('takes the document of a name out of several, with lines of the whole file', () => {
    const other = SHOP.replace('name: shop', 'name: other');
    const wrong = other.replace('1.2.0', 'x');
    const { problems } = parseBlueprint(`${SHOP}---\n${wrong}`, {
      name: 'other',
      file: 'all.yaml',
    });
    const line = SHOP.split('\n').length + 10;
    expect(problems).toMatchObject([{ place: { file: 'all.yaml', line } }]);
    expect(
      parseBlueprint(`${SHOP}---\n${other}`, { name: 'shop' }).document,
    ).toBeDefined();
    expect(parseBlueprint(SHOP, { name: 'none' }).problems).toMatchObject([
      { code: 'blueprint.document' },
    ]);
  });

  it('points into folded and quoted text as near as it gets', () => {
    const text = SHOP.replace(
      "'${{ inputs.title }} of ${{ owner.name }}'",
      '>-\n          ${{ inputs.title }}\n          and ${{ inputs.nope }}',
    );
    expect(parseBlueprint(text).problems).toMatchObject([
      { code: 'blueprint.expression.name', place: { line: 32, column: 26 } },
    ]);
  });

  it('judges an entity without places', () => {
    const { problems } = checkBlueprint({ kind: 'EnvironmentBlueprint' });
    expect(problems.length).toBeGreaterThan(1);
    expect(problems.every(({ place }) => place === undefined)).toBe(true);
  });
});
