import { Mistake } from './mistake';

const MANY = Array.from({ length: 200 }, (_, n) => `      i${n}: {}\n`).join(
  '',
);

/** Each part twice the one before it, with no more than a line for each. */
const DOUBLING = Array.from({ length: 40 }, (_, n) => {
  const next = `{$ref: '#/definitions/p${n + 1}'}`;
  return `p${n}: {anyOf: [${next}, ${next}]}`;
})
  .concat('p40: {}')
  .join(', ');

/** The schema of the inputs. */
export const INPUTS: Mistake[] = [
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
  // Under a condition
  [
    '  components:\n',
    `    dependencies:
      note: {properties: {▸my-extra: {type: string}}}
  components:\n`,
    'blueprint.name',
    'underscores',
  ],
  [
    '  components:\n',
    `    if: {required: [note]}
    then: {properties: {extra: {type: string, default: ▸7}}}
  components:\n`,
    'blueprint.inputs.default',
    'accept',
  ],
  [
    'note: {type: string}',
    '▸note: {type: string, readOnly: true}',
    'blueprint.inputs.default',
    'Give it a default',
  ],
  // References
  [
    'note: {type: string}',
    "note: {▸$ref: 'https://example.com/note.json'}",
    'blueprint.inputs.schema',
    'definitions',
  ],
  [
    'note: {type: string}',
    "note: {▸$ref: '#/definitions/nobody'}",
    'blueprint.inputs.schema',
    'definitions',
  ],
  [
    'note: {type: string}',
    'note: {▸$id: note}',
    'blueprint.inputs.schema',
    'definitions',
  ],
  [
    '  inputs:\n    type: object\n',
    "  ▸inputs:\n    type: object\n    definitions: {a: {items: {$ref: '#/definitions/a'}}}\n",
    'blueprint.inputs.schema',
    'fewer $ref',
  ],
  [
    '  inputs:\n    type: object\n',
    `  ▸inputs:\n    type: object\n    definitions: {${DOUBLING}}\n`,
    'blueprint.inputs.schema',
    'fewer $ref',
  ],
  [
    '  inputs:\n    type: object\n    required: [title]\n    properties:\n',
    `  ▸inputs:\n    type: object\n    properties:\n${MANY}`,
    'blueprint.inputs.schema',
    'type object',
  ],
  // Regular expressions
  [
    'note: {type: string}',
    "note: {type: string, pattern: ▸'^(?=a)b'}",
    'blueprint.inputs.pattern',
    'look-around',
  ],
  [
    'note: {type: string}',
    "note: {type: object, patternProperties: {▸'(a)\\1': {}}}",
    'blueprint.inputs.pattern',
    'look-around',
  ],
  [
    'note: {type: string}',
    "note: {type: string, pattern: ▸'['}",
    'blueprint.inputs.pattern',
  ],
  // Examples
  [
    '  ttl:',
    '  examples: [{name: a, inputs: {title: ▸T}}]\n  ttl:',
    'blueprint.example',
    'at least 2',
  ],
  [
    '  ttl:',
    '  examples: [{name: a, inputs: {title: Tea, ▸pagse: 2}}]\n  ttl:',
    'blueprint.example',
    '"pages"',
  ],
  [
    '  ttl:',
    '  examples: [{name: a, inputs: ▸{}}]\n  ttl:',
    'blueprint.example',
    'Give it a value',
  ],
  [
    '  ttl:',
    `  examples:
    - {name: a, inputs: {title: Tea}}
    - {name: ▸a, inputs: {title: Coffee}}
  ttl:`,
    'blueprint.example',
    'name of its own',
  ],
];
