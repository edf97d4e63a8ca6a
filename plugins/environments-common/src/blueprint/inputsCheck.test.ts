import { expectedOf, Mistake, toldOf } from './__testUtils__/mistakes';

const MISTAKES: Mistake[] = [
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
];

describe('the inputs of a blueprint', () => {
  it.each(MISTAKES.map(mistake => [mistake[2], mistake] as const))(
    'tells %s (case %#)',
    (_code, mistake) => {
      const { place, ...told } = toldOf(mistake);
      expect(told).toEqual(expectedOf(mistake));
      expect(told.problem?.place).toEqual(place);
    },
  );
});
