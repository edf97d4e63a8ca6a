/** Median, least and greatest of at least one figure. */
export function spread(figures: number[]): {
  median: number;
  min: number;
  max: number;
} {
  if (figures.length === 0) {
    throw new RangeError('A spread needs at least one figure.');
  }
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return {
    median:
      sorted.length % 2 === 1
        ? sorted[middle]
        : (sorted[middle - 1] + sorted[middle]) / 2,
    min: sorted[0],
    max: sorted[sorted.length - 1],
  };
}

/** The figure that so many of all stay at or below, by the nearest rank; `share` from 0 to 1. */
export function percentile(figures: number[], share: number): number {
  if (figures.length === 0) {
    throw new RangeError('A percentile needs at least one figure.');
  }
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/**
 * A Markdown table of figures side by side, the last column as a ratio of medians.
 *
 * @param rows - what was measured, the figures of the reference and of Greenroom, in `unit`
 */
export function compareTable(
  unit: string,
  rows: { what: string; reference: number[]; greenroom: number[] }[],
): string {
  const show = (figures: number[]) => {
    const { median, min, max } = spread(figures);
    return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
  };
  return [
    `| what | reference, ${unit} | Greenroom, ${unit} | ratio |`,
    '| --- | --- | --- | --- |',
    ...rows.map(({ what, reference, greenroom }) => {
      const ratio = spread(greenroom).median / spread(reference).median;
      return `| ${what} | ${show(reference)} | ${show(greenroom)} | ${ratio.toFixed(2)} |`;
    }),
  ].join('\n');
}
