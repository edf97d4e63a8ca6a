import { readExpression } from './expression';
import {
  costOf,
  sizeOfValue,
  sizesOfSchema,
  ValueSizes,
} from './expressionCost';

const sizes: ValueSizes = sizesOfSchema({
  properties: {
    few: {
      type: 'array',
      maxItems: 10,
      items: { type: 'string', maxLength: 5 },
    },
    many: { type: 'array', maxItems: 1000, items: { type: 'integer' } },
    open: { type: 'array' },
  },
});

const cost = (source: string, names: ValueSizes = sizes) =>
  costOf(readExpression(source).ast!, names);

describe('the cost of an expression', () => {
  it('grows with the lists that it goes through', () => {
    const of = (name: string) => cost(`inputs.${name}.exists(x, x == x)`);
    expect(of('many') / of('few')).toBeGreaterThan(10);
    expect(of('open')).toBeGreaterThan(of('few'));
  });

  it('multiplies for loops in loops, and adds for loops behind loops', () => {
    const once = cost('inputs.many.all(x, true)');
    const behind = cost('inputs.many.all(x, true) && inputs.many.all(x, true)');
    const inside = cost('inputs.many.all(x, inputs.many.all(y, true))');
    expect(behind / once).toBeLessThan(3);
    expect(inside / once).toBeGreaterThan(300);
  });

  it.each([
    ["['x']", '.map(a, a + a)'],
    ['[[1]]', '.map(a, a + a)'],
    ["['x']", ".map(a, [a, a].join(''))"],
  ])('doubles with each step of %s%s', (start, step) => {
    const of = (steps: number) => cost(start + step.repeat(steps));
    expect(of(12) / of(11)).toBeGreaterThan(1.8);
  });

  it('is that of the values which are there, once they are', () => {
    const source = 'components.a.outputs.l.all(x, true)';
    const of = (length: number) => {
      const l = Array.from({ length }, (_, n) => n);
      const components = sizeOfValue({ a: { outputs: { l } } });
      return cost(source, new Map([['components', components]]));
    };
    expect(of(1000) / of(100)).toBeGreaterThan(8);
  });

  it('is small for what blueprints hold', () => {
    for (const source of [
      'inputs.few.map(x, x + "-" + environment.slug)',
      'size(inputs.open) > 3 ? inputs.open[0] : "none"',
      '{"a": inputs.few, "b": [1, 2, 3]}',
      'inputs.open.filter(x, x in inputs.few)',
    ]) {
      expect(cost(source)).toBeLessThan(100_000);
    }
  });
});
