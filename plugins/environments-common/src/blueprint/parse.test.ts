import fc from 'fast-check';
import { SHOP } from './__testUtils__/documents';
import { BLUEPRINT_LIMITS } from './document';
import { checkBlueprint, parseBlueprint } from './parse';

/** Stands in the texts below where the problem is expected. */
const HERE = '▸';

function marked(text: string) {
  const before = text.slice(0, text.indexOf(HERE)).split('\n');
  return {
    text: text.replace(HERE, ''),
    line: before.length,
    column: before.at(-1)!.length + 1,
  };
}

/** [what is in SHOP, what stands there instead, code, part of the remedy] */
const WRONG: [string, string, string, string?][] = [
  // YAML
  ['  type: sandbox', '▸\t type: sandbox', 'blueprint.yaml'],
  ['title: Shop', 'title: "Shop" ▸x', 'blueprint.yaml'],
  ['  title: Shop', '  title: Shop\n  ▸title: Store', 'blueprint.yaml', 'one'],
  ['title: Shop', '▸[a, b]: Shop', 'blueprint.yaml'],
  ['title: Shop', 'title: ▸*nobody', 'blueprint.yaml'],
  // Shape
  [
    'greenroom.dev/v1',
    '▸greenroom.dev/v2',
    'blueprint.field.value',
    'greenroom.dev/v1',
  ],
  [
    'EnvironmentBlueprint',
    '▸Blueprint',
    'blueprint.field.value',
    'EnvironmentBlueprint',
  ],
  ['  title: Shop', '  ▸tittle: Shop', 'blueprint.field.unknown', '"title"'],
  ['  title: Shop', '  title: ▸7', 'blueprint.field.type', '"7"'],
  [
    'name: shop',
    'name: ▸Shop Window',
    'blueprint.field.value',
    'small letters',
  ],
  [
    'name: shop',
    `name: ▸${'a'.repeat(64)}`,
    'blueprint.field.value',
    'at most 63',
  ],
  [
    'name: shop',
    'name: shop\n  namespace: ▸other',
    'blueprint.field.value',
    'default',
  ],
  [
    'tags: [sandbox]',
    'tags: [sandbox, ▸No Good]',
    'blueprint.field.value',
    'small letters',
  ],
  [
    'spec:\n  type: sandbox\n',
    '▸spec:\n',
    'blueprint.field.missing',
    'type: sandbox',
  ],
  [
    'owner: group:default/platform',
    'owner: ▸the platform team',
    'blueprint.field.value',
    'entity reference',
  ],
  ['  ttl:', '  ▸tll:', 'blueprint.field.unknown', '"ttl"'],
  [
    '      driver: terraform\n      source: ./data',
    '      ▸drivr: terraform\n      source: ./data',
    'blueprint.field.unknown',
    '"driver"',
  ],
  [
    '    data:\n      driver: terraform\n',
    '    ▸data:\n',
    'blueprint.field.missing',
    'driver: terraform',
  ],
  [
    '      driver: terraform\n      source: ./data',
    '      driver: ▸Terra Form\n      source: ./data',
    'blueprint.field.value',
    'driver',
  ],
  ['    data:', '    ▸my-data:', 'blueprint.name', 'underscores'],
  ['    url: {value', '    ▸Url: {value', 'blueprint.name', 'small letter'],
  [', title: Open', ', ▸tilte: Open', 'blueprint.field.unknown', '"title"'],
  [
    "{value: '${{ components.web.outputs.url }}', title: Open}",
    '▸{title: Open}',
    'blueprint.field.missing',
    'value',
  ],
  ['default: 2h', 'default: ▸2 hours', 'blueprint.field.value', '36h'],
  ['max: 2d', 'max: ▸0d', 'blueprint.field.value', '14d'],
  ['[1h, 5m]', '[1h, ▸soon]', 'blueprint.field.value', '90s'],
  [
    '    max: 2d',
    '    max: 2d\n    onExpiry: ▸keep',
    'blueprint.field.value',
    'destroy',
  ],
  // Version, TTL, sources
  ['version: 1.2.0', 'version: ▸1.2.x', 'blueprint.version', 'three numbers'],
  ['version: 1.2.0', 'version: ▸v1.2.0', 'blueprint.version', '1.2.0'],
  ['version: 1.2.0', 'version: ▸1.2', 'blueprint.field.type', '"1.2"'],
  ['default: 2h', 'default: ▸3d', 'blueprint.ttl', '2d or less'],
  ['max: 2d', 'max: ▸999999999d', 'blueprint.ttl', 'do not expire'],
  ['source: ./data', 'source: ▸../data', 'blueprint.source.outside', './site'],
  ['source: ./data', 'source: ▸/etc', 'blueprint.source.outside'],
  ['source: ./data', 'source: ▸./a/../../etc', 'blueprint.source.outside'],
  ['source: ./data', 'source: ▸.\\data', 'blueprint.source.unsupported'],
  [
    'source: ./data',
    'source: ▸git::https://example.com/x.git',
    'blueprint.source.unsupported',
  ],
  [
    'source: ./data',
    'source: ▸hashicorp/consul/aws',
    'blueprint.source.unsupported',
  ],
  // Planned, and not there yet
  [
    '  ttl:',
    '  ▸schedule: {sleep: x}\n  ttl:',
    'blueprint.unsupported',
    'Take it out',
  ],
  ['  ttl:', '  ▸drift: {every: 1h}\n  ttl:', 'blueprint.unsupported'],
  ['  ttl:', '  ▸policies: []\n  ttl:', 'blueprint.unsupported'],
  ['  ttl:', '  ▸examples: []\n  ttl:', 'blueprint.unsupported'],
  [
    '    max: 2d',
    '    max: 2d\n    ▸extensions: {max: 3}',
    'blueprint.unsupported',
  ],
  [
    '      source: ./data',
    '      source: ./data\n      ▸when: x',
    'blueprint.unsupported',
  ],
  [
    '      source: ./data',
    '      source: ./data\n      ▸pause: {}',
    'blueprint.unsupported',
  ],
  [
    'note: {type: string}',
    'note: {type: string, ▸ui:field: Secret}',
    'blueprint.unsupported',
  ],
  [
    'note: {type: string}',
    'note: {type: string, ▸ui:widget: password}',
    'blueprint.unsupported',
  ],
  // Inputs
  ['minLength', '▸minLenght', 'blueprint.inputs.schema', 'spelling'],
  [
    '{type: integer, default: 3, maximum: 9}',
    '{type: ▸whole}',
    'blueprint.inputs.schema',
    'draft 7',
  ],
  [
    '    type: object\n',
    '    type: ▸array\n',
    'blueprint.inputs.schema',
    'type: object',
  ],
  ['default: 3', 'default: ▸30', 'blueprint.inputs.default', 'accept'],
  ['default: 3', 'default: ▸three', 'blueprint.inputs.default'],
  ['      note:', '      ▸my-note:', 'blueprint.name', 'underscores'],
  // Expressions
  [
    'inputs.pages + 1',
    'inputs.pages +▸ ',
    'blueprint.expression.syntax',
    'CEL',
  ],
  [
    '${{ inputs.pages + 1 }}',
    '▸${{ inputs.pages + 1',
    'blueprint.expression.syntax',
    '}}',
  ],
  ['${{ inputs.title }}', '${{ ▸" }}', 'blueprint.expression.syntax'],
  [
    'inputs.title }}',
    'inputs.▸titel }}',
    'blueprint.expression.name',
    '"title"',
  ],
  [
    'inputs.title }}',
    '▸input.title }}',
    'blueprint.expression.name',
    '"inputs"',
  ],
  [
    'owner.name }}',
    'owner.▸nmae }}',
    'blueprint.expression.name',
    'owner.{ref, name}',
  ],
  [
    'environment.slug',
    'environment.▸state',
    'blueprint.expression.name',
    'environment.{id',
  ],
  [
    'inputs.pages + 1',
    '▸inputs.pages + "a"',
    'blueprint.expression.type',
    'string()',
  ],
  [
    'inputs.pages + 1',
    '▸inputs.ratio * 2',
    'blueprint.expression.type',
    'double()',
  ],
  ['inputs.title }} of', '▸inputs.tags }} of', 'blueprint.expression.type'],
  ['inputs.pages + 1', '▸nothing(1)', 'blueprint.expression.type'],
  [
    'inputs.title }}',
    '▸inputs.note }}',
    'blueprint.expression.absent',
    'has(inputs.name)',
  ],
  [
    'components.data.outputs.url',
    '▸components.dat.outputs.url',
    'blueprint.component.unknown',
    '"data"',
  ],
  [
    'components.data.outputs.url',
    '▸components.data',
    'blueprint.expression.name',
  ],
  [
    'components.data.outputs.url',
    '▸components[inputs.title].outputs.url',
    'blueprint.expression.name',
  ],
  [
    'inputs.pages + 1',
    `▸${'1 + '.repeat(300)}1`,
    'blueprint.expression.cost',
    'simpler',
  ],
  [
    'inputs.pages + 1',
    '[1].map(a, [1].map(b, ▸[1].map(c, a)))',
    'blueprint.expression.cost',
    'simpler',
  ],
  ['inputs.pages + 1', `▸"${'x'.repeat(5000)}"`, 'blueprint.expression.cost'],
  [
    'owner: group:default/platform',
    'owner: ▸${{owner.ref}}',
    'blueprint.expression.place',
  ],
  [
    'environment.slug',
    '▸components.data.outputs.x',
    'blueprint.component.cycle',
    'Take one',
  ],
  [
    'name: ${{ environment.slug }}\n    web:',
    'name: ${{ components.probe.outputs.x }}\n    probe: {driver: terraform, source: ., with: {x: "${{ ▸components.data.outputs.x }}"}}\n    web:',
    'blueprint.component.cycle',
    'Take one',
  ],
];

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

  it.each(
    WRONG.map(([from, to, code, remedy = '']) => [code, from, to, remedy]),
  )('tells %s (case %#)', (code, from, to, remedy) => {
    expect(SHOP).toContain(from);
    const wrong = SHOP.replace(from, () => to);
    const { text, line, column } = marked(wrong);
    const { document, problems } = parseBlueprint(text);

    const found = problems.find(problem => problem.code === code);
    expect({ document, codes: problems.map(p => p.code) }).toEqual({
      document: undefined,
      codes: expect.arrayContaining([code]),
    });
    expect(found?.place).toEqual({ file: 'blueprint.yaml', line, column });
    expect(found?.remedy).toContain(remedy);
    expect(found?.message).toMatch(/[.!?]$/);
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

  it.each([
    ['nothing', ''],
    ['a comment', '# nothing'],
    ['two documents', `${SHOP}---\n${SHOP}`],
  ])('tells that %s is not one document', (_what, text) => {
    expect(parseBlueprint(text).problems).toMatchObject([
      { code: 'blueprint.document', place: { line: 1, column: 1 } },
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

  describe('with a text that is meant to hurt', () => {
    const bomb = (levels: number) =>
      Array.from({ length: levels }, (_, n) =>
        n === 0
          ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
          : `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]`,
      ).join('\n');

    it.each([
      [
        'large',
        'x'.repeat(BLUEPRINT_LIMITS.documentBytes + 1),
        'blueprint.too-large',
      ],
      ['of brackets', '['.repeat(100_000), 'blueprint.too-deep'],
      ['of deep lists', '- '.repeat(5_000), 'blueprint.'],
      ['of complex keys', '? '.repeat(5_000), 'blueprint.'],
      ['of many words', 'a, '.repeat(80_000), 'blueprint.'],
      ['of mistakes', '}\n'.repeat(100_000), 'blueprint.too-large'],
      [
        'of many keys',
        Array.from({ length: 7000 }, (_, n) => `k${n}: v`).join('\n'),
        'blueprint.field',
      ],
      ['an alias bomb', bomb(9), 'blueprint.yaml'],
      [
        'a deep tree',
        Array.from({ length: 100 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
        'blueprint.too-deep',
      ],
      [
        'a prototype',
        SHOP.replace('name: shop', 'name: shop\n  __proto__: {polluted: 1}'),
        'blueprint.field.unknown',
      ],
    ])('%s ends in a problem, soon', (_what, text, code) => {
      const start = performance.now();
      const { problems } = parseBlueprint(text);
      expect(problems[0].code).toContain(code);
      expect(performance.now() - start).toBeLessThan(5000);
      expect({}).not.toHaveProperty('polluted');
    });

    it('never throws, whatever is done to a right one', () => {
      const snippet = fc.constantFrom(
        ...[
          '${{',
          '}}',
          '{',
          '}',
          '[',
          ']',
          ': ',
          '- ',
          '? ',
          '&a ',
          '*a',
          '"',
          "'",
        ],
        ...[
          '|\n',
          '>\n',
          '\n',
          '  ',
          '!!map ',
          '\t',
          '\0',
          'null',
          '0x1',
          '~',
          '---\n',
        ],
        ...[
          'constructor',
          '__proto__',
          'inputs',
          'components.web',
          '1e999',
          '<<: *a',
        ],
      );
      const edit = fc.record({
        at: fc.nat(SHOP.length),
        remove: fc.nat(12),
        insert: fc.oneof(snippet, fc.string({ maxLength: 4 })),
      });
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), edits => {
          const text = edits.reduce(
            (before, { at, remove, insert }) =>
              before.slice(0, at) + insert + before.slice(at + remove),
            SHOP,
          );
          const { document, problems } = parseBlueprint(text);
          expect(document === undefined).toBe(problems.length > 0);
          for (const { message, remedy, place } of problems) {
            expect(message).toBeTruthy();
            expect(remedy).toBeTruthy();
            expect(place?.line).toBeGreaterThan(0);
          }
        }),
        { numRuns: 300 },
      );
    });
  });
});
