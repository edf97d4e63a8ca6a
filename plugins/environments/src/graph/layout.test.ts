import { layoutOf, NODE_HEIGHT, NODE_WIDTH } from './layout';

const SHAPE = {
  nodes: ['database', 'cache', 'app', 'worker'],
  edges: [
    { from: 'database', to: 'app' },
    { from: 'cache', to: 'app' },
    { from: 'cache', to: 'worker' },
  ],
};

describe('layoutOf', () => {
  it('puts what uses something to the right of it, and nothing upon another', async () => {
    const { places, width } = await layoutOf(SHAPE);
    const at = (id: string) => places.get(id) ?? { x: NaN, y: NaN };
    for (const { from, to } of SHAPE.edges) {
      expect(at(to).x).toBeGreaterThan(at(from).x + NODE_WIDTH);
    }
    expect(Math.abs(at('database').y - at('cache').y)).toBeGreaterThanOrEqual(
      NODE_HEIGHT,
    );
    expect(width).toBeGreaterThan(2 * NODE_WIDTH);
  });

  it('answers the same for the same shape', async () => {
    expect(layoutOf({ ...SHAPE })).toBe(layoutOf(SHAPE));
    const again = await layoutOf({ ...SHAPE, nodes: [...SHAPE.nodes] });
    expect(again.places).toEqual((await layoutOf(SHAPE)).places);
  });

  it('places components whose names are those of an object’s own parts', async () => {
    const { places } = await layoutOf({
      nodes: ['constructor', '__proto__'],
      edges: [{ from: 'constructor', to: '__proto__' }],
    });
    expect([...places.keys()]).toEqual(['constructor', '__proto__']);
  });
});
