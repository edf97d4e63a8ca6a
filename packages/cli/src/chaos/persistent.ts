import { setTimeout as wait } from 'node:timers/promises';
import { ProblemsError } from '@greenroom/plugin-environments-common';

const PAUSE_MS = 200;
/** A cut connection or a restart is over by then; what lasts longer is a finding. */
const PATIENCE_MS = 120_000;

/**
 * Asks again while the portal can't be reached or fails by itself, as a careful client does. What
 * it refuses is thrown at once.
 *
 * @param counted - told of each try that came to nothing
 */
export async function persistently<T>(
  ask: () => Promise<T>,
  counted: () => void = () => {},
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || performance.now() > deadline) throw error;
      counted();
      await wait(PAUSE_MS);
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof ProblemsError) return error.status >= 500;
  return error instanceof TypeError;
}
