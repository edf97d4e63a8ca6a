import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for every clock on the page, so that all of them turn together. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach(notify => notify()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/**
 * The present in milliseconds since the epoch, in steps of `step`.
 * The component renders again when the next step is reached.
 */
export function useNow(step: 1000 | 15_000 = 1000): number {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / step) * step,
  );
}

/** Within this distance of a moment seconds count. */
const NEAR_MS = 150_000;

/** The present in seconds near a moment, in quarters of a minute elsewhere: lists have many clocks. */
export function useNowNear(moment: string | undefined): number {
  const coarse = useNow(15_000);
  const near =
    moment !== undefined && Math.abs(Date.parse(moment) - coarse) < NEAR_MS;
  return useNow(near ? 1000 : 15_000);
}
