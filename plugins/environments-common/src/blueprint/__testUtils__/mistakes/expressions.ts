import { changes, Mistake } from './mistake';

/** Where other fields of the component `web` may stand. */
const WEB = 'source: ./web';

/** Expressions and conditions. */
export const EXPRESSIONS: Mistake[] = [
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
  // Conditions
  [
    WEB,
    `when: ▸inputs.pages > 1\n      ${WEB}`,
    'blueprint.when',
    '${{ inputs.size',
  ],
  [WEB, `when: ▸x\${{ true }}\n      ${WEB}`, 'blueprint.when'],
  [WEB, `when: \${{ ▸inputs.pages }}\n      ${WEB}`, 'blueprint.when'],
  [
    WEB,
    `when: \${{ has(inputs.note) || ▸components.data.outputs.url == "" }}\n      ${WEB}`,
    'blueprint.when',
    'environment',
  ],
  [
    WEB,
    `when: \${{ inputs.▸page > 1 }}\n      ${WEB}`,
    'blueprint.expression.name',
    '"pages"',
  ],
  [
    WEB,
    `when: ▸\${{ inputs.pages > 1\n      ${WEB}`,
    'blueprint.expression.syntax',
  ],
  // Overlays
  [
    WEB,
    `pause: {with: {pages: "\${{ inputs.▸page }}"}}\n      ${WEB}`,
    'blueprint.expression.name',
  ],
  // Work
  [
    'inputs.pages + 1',
    `▸['x']${'.map(a, a + a)'.repeat(30)}`,
    'blueprint.expression.cost',
    'maxItems',
  ],
  [
    'inputs.pages + 1',
    `▸cel.bind(a, "x", ${'cel.bind(a, a + a + a, '.repeat(15)}a${')'.repeat(16)}`,
    'blueprint.expression.cost',
  ],
  [
    ...changes(
      ['tags: {type: array,', 'tags: {type: array, maxItems: 5000,'],
      [
        'inputs.pages + 1',
        '▸inputs.tags.map(a, inputs.tags.filter(b, a == b))',
      ],
    ),
    'blueprint.expression.cost',
    'maxItems',
  ],
  ['inputs.pages + 1', `[${'1, '.repeat(100)}▸1]`, 'blueprint.expression.cost'],
  [
    'inputs.pages + 1',
    "▸inputs.title.matches('^(?!a)')",
    'blueprint.expression.cost',
    'look-around',
  ],
  [
    'inputs.pages + 1',
    "▸inputs.title.matches('(a{900}){900}')",
    'blueprint.expression.cost',
    'look-around',
  ],
  [
    ...changes(
      ['  components:', '  ▸components:'],
      [
        'source: ./web',
        `source: ./web\n      pause: {with: {all: [${'"${{ 1 }}", '.repeat(2000)}]}}`,
      ],
    ),
    'blueprint.expression.cost',
    'Split',
  ],
];
