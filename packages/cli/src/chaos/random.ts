import prand from 'pure-rand';

/**
 * Chance from a seed: the same seed draws the same numbers. Where several draw at once, each
 * takes a stream of its own, so that what one draws does not depend on how fast the others are.
 */
export class Chance {
  readonly #generator: prand.RandomGenerator;

  constructor(seed: number) {
    this.#generator = prand.xoroshiro128plus(seed);
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return prand.unsafeUniformIntDistribution(least, most, this.#generator);
  }

  /** @param share from 0 to 1 */
  happens(share: number): boolean {
    return this.between(1, 1_000_000) <= share * 1_000_000;
  }

  oneOf<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)];
  }

  /** 128 bits as text. */
  key(): string {
    const part = () =>
      this.between(0, 0x7fffffff).toString(16).padStart(8, '0');
    return [part(), part(), part(), part()].join('');
  }

  stream(): Chance {
    return new Chance(this.between(-0x80000000, 0x7fffffff));
  }
}
