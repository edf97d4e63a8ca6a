/** Choices of a filter: what is known and what is chosen already, each once. */
export function optionsOf(
  ...values: readonly string[][]
): { id: string; label: string }[] {
  return [...new Set(values.flat())].map(value => ({
    id: value,
    label: value,
  }));
}
