import fc from 'fast-check';
import { inWaves, waveSizes } from './waves';

const wave = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
);

describe('waves', () => {
  it('take numbers and shares of all, and make one more of what is left', () => {
    expect(waveSizes(30, [{ count: 2 }, { percent: 25 }])).toEqual([2, 8, 20]);
    expect(waveSizes(30, [])).toEqual([30]);
    expect(
      waveSizes(3, [{ count: 2 }, { percent: 100 }, { count: 1 }]),
    ).toEqual([2, 1]);
    expect(waveSizes(0, [{ count: 2 }])).toEqual([]);
  });

  it('hold everybody once, in their order, and none is empty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.array(wave, { maxLength: 5 }),
        (total, waves) => {
          const all = Array.from({ length: total }, (_, index) => index);
          const placed = inWaves(all, waves);
          expect(placed.map(({ item }) => item)).toEqual(all);
          const numbers = placed.map(one => one.wave);
          expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
          const sizes = waveSizes(total, waves);
          expect(sizes.map((_, index) => index + 1)).toEqual([
            ...new Set(numbers),
          ]);
          expect(
            sizes.map(
              (_, index) => numbers.filter(n => n === index + 1).length,
            ),
          ).toEqual(sizes);
        },
      ),
    );
  });
});
