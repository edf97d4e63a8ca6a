const STEPS: [unit: string, milliseconds: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** Rounded down, and in a smaller unit while there are fewer than two of the larger one. */
export function endsInWords(milliseconds: number): string {
  if (milliseconds <= 0) return 'ending now';
  for (const [unit, size] of STEPS) {
    if (milliseconds >= 2 * size) {
      return `${Math.floor(milliseconds / size)} ${unit} left`;
    }
  }
  return `${Math.floor(milliseconds / 1000)} s left`;
}
