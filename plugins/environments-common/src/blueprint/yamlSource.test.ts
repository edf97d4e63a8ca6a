import { tellsMistakes } from './__testUtils__/mistakes';

describe('the YAML of a blueprint', () => {
  tellsMistakes([
    ['  type: sandbox', '▸\t type: sandbox', 'blueprint.yaml'],
    ['title: Shop', 'title: "Shop" ▸x', 'blueprint.yaml'],
    [
      '  title: Shop',
      '  title: Shop\n  ▸title: Store',
      'blueprint.yaml',
      'one',
    ],
    ['title: Shop', '▸[a, b]: Shop', 'blueprint.yaml'],
    ['title: Shop', 'title: ▸*nobody', 'blueprint.yaml'],
  ]);
});
