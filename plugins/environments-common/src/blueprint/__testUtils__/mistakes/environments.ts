import { changes, Mistake } from './mistake';

const PAGES = 'inputs.pages + 1';
const CODE = 'blueprint.expression.environment';

/** Reading other environments. */
export const ENVIRONMENTS: Mistake[] = [
  // Of the wrong shape
  [PAGES, '▸environments', CODE, 'environments["shop-db"].outputs.url'],
  [PAGES, '▸environments.shop', CODE],
  [PAGES, '▸environments.shop.url', CODE],
  [PAGES, '▸environments["shop-db"].outputs', CODE],
  [PAGES, '▸environments["shop-db"].output.url', CODE],
  [PAGES, '▸environments["shop-db"]["outputs"][inputs.title]', CODE],
  [PAGES, '▸environments.map(e, e)', CODE],
  [PAGES, 'size(▸environments)', CODE],
  // Names that no environment has, or that nobody knows yet
  [PAGES, '▸environments["Shop DB"].outputs.url', CODE],
  [PAGES, `▸environments["${'x'.repeat(41)}"].outputs.url`, CODE],
  [PAGES, '▸environments[components.data.outputs.url].outputs.url', CODE],
  [
    PAGES,
    'inputs.tags.map(tag, ▸environments[tag].outputs.url)',
    CODE,
    'inputs.database',
  ],
  [PAGES, '▸environments[environments.a.outputs.b].outputs.url', CODE],
  [
    PAGES,
    'environments[▸inputs.note].outputs.url',
    'blueprint.expression.absent',
  ],
  [
    PAGES,
    'environments[inputs.▸titel].outputs.url',
    'blueprint.expression.name',
  ],
  // Where it may not stand
  [
    'source: ./web',
    'source: ./web\n      when: \${{ ▸environments.shop.outputs.on }}',
    'blueprint.when',
    'inputs, environment',
  ],
  [
    'title: Open',
    'title: "▸\${{ environments.shop.outputs.url }}"',
    'blueprint.expression.place',
  ],
  // Chosen by a secret
  ...[
    'environments[▸inputs.note].outputs.url',
    '(size(▸inputs.note) > 6 ? environments.a.outputs.b :1)',
  ].map((expression): Mistake => [
    ...changes(
      ['required: [title]', 'required: [title, note]'],
      ['note: {type: string}', 'note: {type: string, ui:field: Secret}'],
      [PAGES, expression],
    ),
    'blueprint.secret.flow',
    'no secret',
  ]),
  // Work
  [
    ...changes(
      ['  components:', '  ▸components:'],
      [
        PAGES,
        `[${Array.from({ length: 51 }, () => 'environments.a.outputs.b').join(', ')}] }}\n        more: \${{ [${Array.from({ length: 51 }, () => 'environments.a.outputs.b').join(', ')}]`,
      ],
    ),
    'blueprint.expression.cost',
    'Split',
  ],
];
