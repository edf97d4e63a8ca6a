import { setTimeout as wait } from 'node:timers/promises';

/** Waits for a state instead of a time; the test's own timeout ends a wait in vain. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(20);
}
