import { Mistake } from './mistake';

/** Fields that are missing, unknown, or hold what they cannot. */
export const SHAPE: Mistake[] = [
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
    ['blueprint.field.missing'],
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
  [
    '    data:',
    '    ▸my-data:',
    'blueprint.name',
    'underscores',
    ['blueprint.component.unknown'],
  ],
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
  [
    'source: ./web',
    'source: ./web\n      when: ▸true',
    'blueprint.field.type',
    'type string',
  ],
  [
    'source: ./web',
    'source: ./web\n      pause: ▸{}',
    'blueprint.field.missing',
    'with',
  ],
  [
    'source: ./web',
    'source: ./web\n      pause: {with: {}, ▸size: 0}',
    'blueprint.field.unknown',
    'Known here: with',
  ],
  // Planned, and not there yet
  [
    '  ttl:',
    '  ▸drift: {every: 1h}\n  ttl:',
    'blueprint.unsupported',
    'Take it out',
  ],
  ['  ttl:', '  ▸policies: []\n  ttl:', 'blueprint.unsupported'],
  [
    '    max: 2d',
    '    max: 2d\n    ▸extensions: {max: 3}',
    'blueprint.unsupported',
  ],
  // Examples
  [
    '  ttl:',
    '  examples: [▸{name: small}]\n  ttl:',
    'blueprint.field.missing',
    'As a request would give them',
  ],
  [
    '  ttl:',
    '  examples: [{name: ▸Small One, inputs: {title: Tea}}]\n  ttl:',
    'blueprint.field.value',
    'small letters',
  ],
  [
    ', title: Open',
    ', sensitive: ▸"yes"',
    'blueprint.field.type',
    'type boolean',
  ],
];
