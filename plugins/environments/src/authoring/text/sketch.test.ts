import { parseBlueprint } from '@greenroom/plugin-environments-common';
import { sketchOf } from './sketch';

describe('sketchOf', () => {
  it('draws what is there of a document that is not right yet', () => {
    const { document, value } = parseBlueprint(`metadata: {name: shop}
spec:
  inputs: {properties: {title: {type: strin}}}
  components:
    site: {driver: terraform, with: {url: '\${{ components.data.outputs.url }}'}}
    data: {source: ./data}
    odd: 7
`);
    expect(document).toBeUndefined();
    expect(sketchOf(value)).toMatchObject({
      name: 'shop',
      version: '',
      inputNames: ['title'],
      graph: [
        { id: 'data', source: './data', uses: [] },
        { id: 'site', uses: [{ component: 'data', outputs: ['url'] }] },
        { id: 'odd', driver: '' },
      ],
    });
  });

  it.each([undefined, null, 'text', [1], { spec: [], metadata: 3 }])(
    'makes nothing of %j',
    value => {
      expect(sketchOf(value)).toMatchObject({ graph: [], inputNames: [] });
    },
  );
});
