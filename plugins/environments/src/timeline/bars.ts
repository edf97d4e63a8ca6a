import { Step } from '@greenroom/plugin-environments-common';

/** Where a step stands on the axis of its operation, in shares of its whole length. */
export interface Bar {
  left: number;
  width: number;
  /** How long before `left` it could have begun: it waited for a free place. */
  waited: number;
}

export interface Timeline {
  /** How long the axis is. */
  milliseconds: number;
  /** By step; without those that have not begun. */
  bars: ReadonlyMap<string, Bar>;
}

/** Shorter bars could not be seen. */
const LEAST = 0.01;

/**
 * Puts the steps of an operation on one axis, from the first begin to the last end or to now.
 * Steps that ran beside each other lie above each other.
 */
export function timelineOf(steps: Step[], now: number): Timeline {
  const begun = steps.flatMap(step =>
    step.startedAt ? [{ step, from: Date.parse(step.startedAt) }] : [],
  );
  if (begun.length === 0) return { milliseconds: 0, bars: new Map() };
  const endOf = ({ finishedAt }: Step) =>
    finishedAt ? Date.parse(finishedAt) : now;
  const first = Math.min(...begun.map(({ from }) => from));
  const last = Math.max(...begun.map(({ step }) => endOf(step)));
  const length = Math.max(1, last - first);
  const share = (moment: number) => (moment - first) / length;

  const bars = begun.map(({ step, from }) => {
    const width = Math.max(LEAST, share(endOf(step)) - share(from));
    const left = Math.min(share(from), 1 - width);
    const free = Math.max(
      first,
      ...steps.filter(({ id }) => step.after.includes(id)).map(endOf),
    );
    return [
      step.id,
      { left, width, waited: Math.max(0, share(from) - share(free)) },
    ] as const;
  });
  return { milliseconds: length, bars: new Map(bars) };
}
