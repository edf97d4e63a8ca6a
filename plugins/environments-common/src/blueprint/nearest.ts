const LONGEST_NAME = 100;

/**
 * The known name that someone who wrote `name` most likely meant; undefined when none is near.
 * Near is at most a third of its letters wrong, up to three; two letters may always be swapped.
 */
export function nearest(
  name: string,
  known: Iterable<string>,
): string | undefined {
  let best: string | undefined;
  // Past this length it is no slip, and comparing takes time with the square of it.
  if (name.length < 3 || name.length > LONGEST_NAME) return undefined;
  let bestDistance = Math.min(3, Math.max(2, Math.floor(name.length / 3))) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's distance, two rows at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length];
}

/** The remedy for a wrong name: the nearest right one, else all of them. */
export function didYouMean(name: string, known: string[]): string {
  const near = nearest(name, known);
  if (near) return `Did you mean "${near}"?`;
  return known.length > 0
    ? `Known here: ${known.slice(0, 12).join(', ')}.`
    : 'Leave it out.';
}
