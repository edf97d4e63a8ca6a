import { expectedOf, Mistake, toldOf } from './__testUtils__/mistakes';

const MISTAKES: Mistake[] = [
  ['  type: sandbox', '▸\t type: sandbox', 'blueprint.yaml'],
  ['title: Shop', 'title: "Shop" ▸x', 'blueprint.yaml'],
  ['  title: Shop', '  title: Shop\n  ▸title: Store', 'blueprint.yaml', 'one'],
  ['title: Shop', '▸[a, b]: Shop', 'blueprint.yaml'],
  ['title: Shop', 'title: ▸*nobody', 'blueprint.yaml'],
];

describe('the YAML of a blueprint', () => {
  it.each(MISTAKES.map(mistake => [mistake[2], mistake] as const))(
    'tells %s (case %#)',
    (_code, mistake) => {
      const { place, ...told } = toldOf(mistake);
      expect(told).toEqual(expectedOf(mistake));
      expect(told.problem?.place).toEqual(place);
    },
  );
});
