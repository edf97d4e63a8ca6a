import fc from 'fast-check';
import { documentOf, SHOP } from './__testUtils__/documents';
import { componentGraph, orderOf } from './graph';

describe('componentGraph', () => {
  it('puts each component behind what it uses, and says what that is', () => {
    const turned = SHOP.replace('    data:', '    later:').replace(
      'components.data',
      'components.later',
    );
    expect(componentGraph(documentOf(turned))).toEqual([
      {
        id: 'later',
        driver: 'terraform',
        source: './data',
        pausable: false,
        uses: [],
      },
      {
        id: 'web',
        driver: 'terraform',
        source: './web',
        pausable: false,
        uses: [{ component: 'later', outputs: ['url'] }],
      },
    ]);
  });

  it('finds uses in brackets, in text and deep inside', () => {
    const text = SHOP.replace(
      '${{ components.data.outputs.url }}',
      `{a: ["x \${{ components['data'].outputs.host }}:\${{ components.data.outputs.port }}"]}`,
    );
    expect(componentGraph(documentOf(text)).at(-1)?.uses).toEqual([
      { component: 'data', outputs: ['host', 'port'] },
    ]);
  });

  it('counts what a component uses while paused, and says that it can be', () => {
    const text = SHOP.replace(
      'source: ./web',
      () =>
        'source: ./web\n      pause: {with: {url: "${{ components.data.outputs.idle }}"}}',
    );
    expect(componentGraph(documentOf(text)).at(-1)).toMatchObject({
      id: 'web',
      pausable: true,
      uses: [{ component: 'data', outputs: ['url', 'idle'] }],
    });
  });
});

describe('orderOf', () => {
  const size = 8;
  const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), {
    maxLength: 20,
  });
  const graphOf = (pairs: [number, number][]) => {
    const uses = new Map<string, string[]>();
    for (let n = 0; n < size; n++) uses.set(`c${n}`, []);
    for (const [from, to] of pairs) uses.get(`c${from}`)!.push(`c${to}`);
    return uses;
  };

  it('orders every graph without cycles, each node once and behind what it uses', () => {
    fc.assert(
      fc.property(edges, pairs => {
        const uses = graphOf(pairs.filter(([from, to]) => from > to));
        const { order, cycle } = orderOf(uses);
        expect(cycle).toBeUndefined();
        expect([...order].sort()).toEqual([...uses.keys()].sort());
        for (const [from, targets] of uses) {
          for (const to of targets) {
            expect(order.indexOf(to)).toBeLessThan(order.indexOf(from));
          }
        }
      }),
    );
  });

  it('names a true cycle whenever not all have a place', () => {
    fc.assert(
      fc.property(edges, pairs => {
        const uses = graphOf(pairs);
        const { order, cycle } = orderOf(uses);
        expect(order.length === size).toBe(cycle === undefined);
        cycle?.slice(1).forEach((to, index) => {
          expect(uses.get(cycle[index])).toContain(to);
        });
        expect(cycle?.[0]).toBe(cycle?.at(-1));
      }),
    );
  });

  it('stays fast where many ways lead into a cycle', () => {
    const layers = 60;
    const uses = new Map<string, string[]>();
    for (let n = 0; n < layers; n++) {
      for (const side of ['a', 'b']) {
        uses.set(`${side}${n}`, [`a${n + 1}`, `b${n + 1}`]);
      }
    }
    uses.set(`a${layers}`, [`a${layers}`]);
    uses.set(`b${layers}`, [`a${layers}`]);
    expect(orderOf(uses).cycle).toEqual([`a${layers}`, `a${layers}`]);
  });
});
