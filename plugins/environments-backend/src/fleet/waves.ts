import { FleetWave } from '@greenroom/plugin-environments-common';

/**
 * How many environments each wave has, in their order. A share is of all of them, rounded up; what
 * the given waves leave is one more. No wave is empty.
 */
export function waveSizes(total: number, waves: FleetWave[]): number[] {
  const sizes: number[] = [];
  let left = total;
  for (const wave of waves) {
    const wanted =
      'count' in wave ? wave.count : Math.ceil((total * wave.percent) / 100);
    const size = Math.min(left, wanted);
    if (size > 0) sizes.push(size);
    left -= size;
  }
  return left > 0 ? [...sizes, left] : sizes;
}

/** Each with the number of its wave, counted from 1; those that come first are in the first one. */
export function inWaves<T>(
  ordered: T[],
  waves: FleetWave[],
): { wave: number; item: T }[] {
  const ends = waveSizes(ordered.length, waves).reduce<number[]>(
    (all, size) => [...all, (all.at(-1) ?? 0) + size],
    [],
  );
  return ordered.map((item, index) => ({
    wave: ends.findIndex(end => index < end) + 1,
    item,
  }));
}
