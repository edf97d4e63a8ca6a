import { compareTable, percentile, spread } from './figures';

describe('spread', () => {
  it('takes the middle of an odd number of figures', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
  });

  it('takes the mean of the two in the middle of an even number', () => {
    expect(spread([4, 1, 2, 3]).median).toBe(2.5);
  });

  it('refuses to speak of no figures', () => {
    expect(() => spread([])).toThrow('at least one figure');
  });
});

describe('percentile', () => {
  it('takes the figure that so many stay at or below', () => {
    const figures = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect(percentile(figures, 0.5)).toBe(10);
    expect(percentile(figures, 0.95)).toBe(19);
    expect(percentile(figures, 1)).toBe(20);
    expect(percentile([7], 0.01)).toBe(7);
  });

  it('refuses to speak of no figures', () => {
    expect(() => percentile([], 0.5)).toThrow('at least one figure');
  });
});

describe('compareTable', () => {
  it('gives the ratio of the medians', () => {
    expect(
      compareTable('s', [
        { what: 'create', reference: [1, 2, 3], greenroom: [2, 3, 9] },
      ]),
    ).toContain('| create | 2.00 (1.00–3.00) | 3.00 (2.00–9.00) | 1.50 |');
  });
});
