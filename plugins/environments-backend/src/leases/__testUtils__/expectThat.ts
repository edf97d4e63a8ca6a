/** As Jest's own, which is too slow to be asked a million times. */
export function expectThat(
  holds: boolean,
  what: string,
  ...facts: unknown[]
): void {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(facts)}`);
}
