/**
 * Rows while somebody points at them: each stays where it is and shows its newest
 * data; what is new waits below, what is gone stays until the pointer leaves.
 */
export function steadyRows<T extends { id: string }>(
  shown: readonly T[],
  next: readonly T[],
  held: boolean,
): readonly T[] {
  if (!held || shown.length === 0) return next;
  const byId = new Map(next.map(row => [row.id, row]));
  if (!shown.some(({ id }) => byId.has(id))) return next;
  const known = new Set(shown.map(({ id }) => id));
  return [
    ...shown.map(row => byId.get(row.id) ?? row),
    ...next.filter(({ id }) => !known.has(id)),
  ];
}
