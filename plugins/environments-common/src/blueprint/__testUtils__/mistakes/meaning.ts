import { Mistake } from './mistake';

/** Versions, times and the graph. */
export const MEANING: Mistake[] = [
  ['version: 1.2.0', 'version: ▸1.2.x', 'blueprint.version', 'three numbers'],
  ['version: 1.2.0', 'version: ▸v1.2.0', 'blueprint.version', '1.2.0'],
  ['version: 1.2.0', 'version: ▸1.2', 'blueprint.field.type', '"1.2"'],
  ['default: 2h', 'default: ▸3d', 'blueprint.ttl', '2d or less'],
  ['default: 2h', 'default: ▸2h\n    min: 3h', 'blueprint.ttl', '3h or more'],
  ['default: 2h', 'min: ▸3d', 'blueprint.ttl', '2d or less'],
  ['max: 2d', 'max: 2d\n    grace: ▸1h', 'blueprint.ttl', 'onExpiry: pause'],
  [
    'max: 2d',
    'max: 2d\n    onExpiry: ▸pause',
    'blueprint.ttl',
    'what a pause changes',
  ],
  ['max: 2d', 'max: ▸999999999d', 'blueprint.ttl', 'do not expire'],
  [
    '  ttl:',
    '  schedule: {sleep: ▸"0 19 * *", timeZone: UTC}\n  ttl:',
    'blueprint.schedule',
    '0 19 * * 1-5',
  ],
  [
    '  ttl:',
    '  schedule: {sleep: ▸"0 0 31 2 *", timeZone: UTC}\n  ttl:',
    'blueprint.schedule',
  ],
  [
    '  ttl:',
    '  schedule: {sleep: ▸"*/5 19 * * *", timeZone: UTC}\n  ttl:',
    'blueprint.schedule',
    'one minute',
  ],
  [
    '  ttl:',
    '  schedule: {sleep: "0 19 * * *", wake: ▸"0 25 * * *", timeZone: UTC}\n  ttl:',
    'blueprint.schedule',
  ],
  [
    '  ttl:',
    '  schedule: {sleep: "0 19 * * *", wake: ▸"0 19 * * *", timeZone: UTC}\n  ttl:',
    'blueprint.schedule',
    'another time',
  ],
  [
    '  ttl:',
    '  schedule: {sleep: "0 19 * * *", timeZone: ▸Europe/Berln}\n  ttl:',
    'blueprint.schedule',
    'Europe/Berlin',
  ],
  [
    '  ttl:',
    '  schedule: {sleep: "0 19 * * *", timeZone: ▸"+02:00"}\n  ttl:',
    'blueprint.schedule',
    'Europe/Berlin',
  ],
  [
    '  ttl:',
    '  schedule: ▸{sleep: "0 19 * * *"}\n  ttl:',
    'blueprint.field.missing',
    'Whose clock',
  ],
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
  [
    'source: ./data',
    'source: ./data\n      pause: {with: {name: "${{ ▸components.data.outputs.url }}"}}',
    'blueprint.component.cycle',
    'Take one',
  ],
  [
    'source: ./data',
    'source: ./▸${{ inputs.title }}',
    'blueprint.expression.place',
    'when',
  ],
];
