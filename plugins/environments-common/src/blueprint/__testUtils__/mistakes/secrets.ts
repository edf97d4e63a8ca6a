import { changes, Mistake } from './mistake';

/** A slip in a blueprint whose input `note` is a secret. */
function leak(from: string, to: string): [from: string, to: string] {
  return changes(
    ['required: [title]', 'required: [title, note]'],
    ['note: {type: string}', 'note: {type: string, ui:field: Secret}'],
    [from, to],
  );
}

const CODE = 'blueprint.secret.flow';
const URL = '${{ components.web.outputs.url }}';

/** What may not be done with a secret. */
export const SECRETS: Mistake[] = [
  // Outputs that people see: as it is, in text, by a function, under a condition, in lists
  [...leak(URL, '${{ ▸inputs.note }}'), CODE, 'sensitive: true'],
  [...leak(URL, 'is ${{ ▸inputs.note }}'), CODE, 'sensitive: true'],
  [...leak(URL, '${{ size(▸inputs["note"]) }}'), CODE, ''],
  [...leak(URL, '${{ has(▸inputs.note) ? 1 : 2 }}'), CODE, ''],
  [
    ...leak(URL, '${{ inputs.pages > 1 ? "" : ▸inputs.note }}'),
    CODE,
    'leave the secret out',
  ],
  [...leak(URL, '${{ [1].map(a, {"b": ▸inputs.note})[0].b }}'), CODE, ''],
  [
    ...leak(
      `{value: '${URL}', title: Open}`,
      '{value: {a: ["${{ ▸inputs.note }}"]}}',
    ),
    CODE,
    '',
  ],
  [...leak(URL, '${{ ▸inputs }}'), CODE, ''],
  [
    ...leak(
      `'${URL}', title`,
      '"${{ ▸inputs.note }}", sensitive: false, title',
    ),
    CODE,
    'sensitive: true',
  ],
  // Decisions
  [
    ...leak(
      '  ttl:',
      '  policies: [{when: request, rule: ▸size(inputs.note) > 8, otherwise: deny, message: No}]\n  ttl:',
    ),
    'blueprint.policy',
    'no secret',
    ['blueprint.unsupported'],
  ],
  [
    ...leak(
      'source: ./web',
      'source: ./web\n      when: ${{ ▸inputs.note == "" }}',
    ),
    CODE,
    'no secret',
  ],
  [
    ...leak(
      'source: ./web',
      'source: ./web\n      pause: {with: {a: "${{ ▸inputs.note }}"}}',
    ),
    CODE,
    'stays',
  ],
  // Names and messages, where nothing is resolved at all
  [
    ...leak('title: Open', 'title: "▸${{ inputs.note }}"'),
    'blueprint.expression.place',
    '',
  ],
  [
    ...leak('type: sandbox', 'type: ▸${{inputs.note}}'),
    'blueprint.expression.place',
    '',
    ['blueprint.field.value'],
  ],
  // The document itself
  ...['default: ""', 'const: abc', 'enum: [abc]', 'examples: [abc]'].map(
    (keyword): Mistake => [
      ...changes([
        'note: {type: string}',
        `note: {type: string, ui:widget: password, ▸${keyword}}`,
      ]),
      CODE,
      'Leave',
    ],
  ),
  // Inside of others, and under a condition
  [
    ...changes(
      ['required: [title]', 'required: [title, note]'],
      [
        'note: {type: string}',
        'note: {type: object, properties: {key: {ui:field: Secret}}}',
      ],
      [URL, '${{ ▸inputs.note.key }}'],
    ),
    CODE,
    '',
  ],
  [
    ...changes(
      [
        '  components:\n',
        '    if: {required: [ratio]}\n    then: {properties: {key: {type: string, ui:field: Secret}}}\n  components:\n',
      ],
      [URL, '${{ has(▸inputs.key) ? inputs.key : "" }}'],
    ),
    CODE,
    '',
  ],
  [
    ...changes(
      ['required: [title]', 'required: [title, note]'],
      [
        'note: {type: string}',
        "note: {$ref: '#/definitions/key'}\n    definitions: {key: {ui:field: Secret}}",
      ],
      [URL, '${{ ▸inputs.note }}'],
    ),
    CODE,
    '',
  ],
];
