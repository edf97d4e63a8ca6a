import { tellsMistakes } from './__testUtils__/mistakes';

describe('the inputs of a blueprint', () => {
  tellsMistakes([
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
  ]);
});
