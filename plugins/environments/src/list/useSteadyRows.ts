import { useRef, useState } from 'react';
import { steadyRows } from './steadyRows';

/** Keeps rows in their places while the pointer is over them. */
export function useSteadyRows<T extends { id: string }>(next: readonly T[]) {
  const [held, setHeld] = useState(false);
  const shown = useRef<readonly T[]>(next);
  shown.current = steadyRows(shown.current, next, held);
  return {
    rows: shown.current,
    hold: {
      onPointerEnter: () => setHeld(true),
      onPointerLeave: () => setHeld(false),
    },
  };
}
