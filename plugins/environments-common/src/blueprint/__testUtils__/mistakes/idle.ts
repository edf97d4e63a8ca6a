import { changes, Mistake } from './mistake';

const CODE = 'blueprint.idle';
const idle = (text: string): [from: string, to: string] => [
  '  ttl:',
  `  idle: ${text}\n  ttl:`,
];
const probe = (text: string) =>
  idle(`{after: 4h, then: destroy, probes: [${text}]}`);

/** Times, ends and probes. */
export const IDLE: Mistake[] = [
  [...idle('{after: ▸5m, then: destroy}'), CODE, '10m or more'],
  [...idle('{after: ▸999999999d, then: destroy}'), CODE, 'shorter'],
  [
    ...idle('{after: 4h, then: destroy, bump: ▸999999999d}'),
    CODE,
    'leave idle out',
  ],
  [...idle('{after: 4h, then: ▸pause}'), CODE, 'what a pause changes'],
  [
    ...changes(
      ['source: ./data', 'source: ./data\n      pause: {with: {name: none}}'],
      idle('{after: 4h, then: pause, grace: ▸1h}'),
    ),
    CODE,
    'Take the grace out',
  ],
  [
    ...changes(
      ['warnBefore: [1h, 5m]', 'warnBefore: []'],
      idle('{after: 4h, then: ▸destroy}'),
    ),
    CODE,
    'warnBefore: [4h]',
  ],
  [
    ...changes(
      ['    default: 2h\n    max: 2d\n', ''],
      idle('{after: 4h, then: destroy, bump: ▸8h}'),
    ),
    CODE,
    'default or a max',
  ],
  [...probe('▸{name: a}'), CODE, 'either "http"'],
  [
    ...probe(
      '▸{name: a, http: {url: "https://a.b", json: /a}, prometheus: {url: "https://a.b", query: up}}',
    ),
    CODE,
    'either "http"',
  ],
  [
    ...probe(
      '{name: a, http: {url: "https://a.b", json: /a}}, {name: ▸a, http: {url: "https://a.b", json: /a}}',
    ),
    CODE,
    'a name of its own',
  ],
  [
    ...probe('{name: a, every: ▸59s, http: {url: "https://a.b", json: /a}}'),
    CODE,
    '60s or more',
  ],
  [
    ...probe('{name: a, every: ▸3h, http: {url: "https://a.b", json: /a}}'),
    CODE,
    'at least twice',
  ],
  [
    ...probe('{name: a, prometheus: {url: ▸"file:///etc/passwd", query: up}}'),
    CODE,
    'https://',
  ],
  [
    ...probe('{name: a, http: {url: ▸"https://me:word@a.b", json: /a}}'),
    CODE,
    'environments.idle.hosts',
  ],
  [
    ...probe('{name: a, http: {url: "https://a.b", json: ▸lastUsed}}'),
    'blueprint.field.value',
    '/lastUsed',
  ],
  [
    ...probe(
      '{name: "▸${{ inputs.title }}", http: {url: "https://a.b", json: /a}}',
    ),
    'blueprint.expression.place',
    'query of a probe',
    ['blueprint.field.value'],
  ],
  [
    ...probe(
      '{name: a, http: {url: "${{ ▸components.shop.outputs.url }}", json: /a}}',
    ),
    'blueprint.component.unknown',
  ],
  [
    ...probe(
      `{name: a, http: {url: '\${{ ▸environments["b"].outputs.url }}', json: /a}}`,
    ),
    CODE,
    'its own environment',
  ],
  [
    ...changes(
      ['required: [title]', 'required: [title, note]'],
      ['note: {type: string}', 'note: {type: string, ui:field: Secret}'],
      probe(
        '{name: a, prometheus: {url: "https://a.b", query: "up ${{ ▸inputs.note }}"}}',
      ),
    ),
    'blueprint.secret.flow',
    'environments.idle.hosts',
  ],
];
