const tails = new Map<string, Promise<unknown>>();

/** Runs tasks of the same key one after the other, in the order in which they came. */
export async function oneAtATime<T>(
  key: string,
  task: () => Promise<T>,
): Promise<T> {
  const before = tails.get(key);
  const mine = (async () => {
    await before?.catch(() => {});
    return task();
  })();
  tails.set(key, mine);
  try {
    return await mine;
  } finally {
    if (tails.get(key) === mine) tails.delete(key);
  }
}
