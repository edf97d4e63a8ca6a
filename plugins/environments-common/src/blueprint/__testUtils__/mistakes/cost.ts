import { changes, Mistake } from './mistake';

const CODE = 'blueprint.cost';
const cost = (text: string): [from: string, to: string] => [
  '  ttl:',
  `  cost: ${text}\n  ttl:`,
];
const perDay = (text: string) => cost(`{perDay: ${text}, currency: EUR}`);

/** Amounts, currencies, and what an estimate may draw on. */
export const COST: Mistake[] = [
  [...perDay('▸-1'), 'blueprint.field.value', 'at most 1000000'],
  [...perDay('▸1000001'), 'blueprint.field.value', 'at most 1000000'],
  [...perDay('▸1e309'), 'blueprint.yaml'],
  [...perDay('▸.nan'), 'blueprint.yaml'],
  [...perDay('▸true'), 'blueprint.field.type'],
  [...perDay('▸"12,40"'), CODE, 'inputs.size == "large"'],
  [...perDay("▸'${{ 1 }} EUR'"), CODE, 'inputs.size == "large"'],
  [...perDay("'${{ ▸inputs.title }}'"), CODE, 'inputs.size == "large"'],
  [
    ...perDay("'${{ ▸inputs.note }}'"),
    'blueprint.expression.absent',
    '',
    [CODE],
  ],
  [...perDay("'${{ ▸components.data.outputs.price }}'"), CODE],
  [...perDay(`'\${{ ▸environments["b"].outputs.price }}'`), CODE],
  [
    ...changes(
      ['required: [title]', 'required: [title, note]'],
      ['note: {type: string}', 'note: {type: string, ui:field: Secret}'],
      perDay("'${{ size(▸inputs.note) }}'"),
    ),
    'blueprint.secret.flow',
    'no secrets',
  ],
  [...cost('▸{perDay: 1}'), 'blueprint.field.missing', 'currency: EUR'],
  [
    ...cost('{perDay: 1, currency: ▸euro}'),
    'blueprint.field.value',
    'three capital letters',
  ],
  [...cost('{perDay: 1, currency: ▸ERU}'), CODE, 'ISO 4217'],
  [
    ...cost(`{perDay: 1, currency: "▸\${{ inputs.title }}"}`),
    'blueprint.expression.place',
    'perDay of the cost',
    ['blueprint.field.value'],
  ],
  [...cost('{perDay: 1, currency: EUR, asleep: ▸0.5}'), CODE, 'what a pause'],
  [
    ...changes(
      ['source: ./data', 'source: ./data\n      pause: {with: {name: none}}'],
      cost('{perDay: 1, currency: EUR, asleep: ▸1.5}'),
    ),
    'blueprint.field.value',
    '0 to 1',
  ],
];
