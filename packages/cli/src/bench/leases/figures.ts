import { spread } from '../figures';

/** A node of what PostgreSQL's `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)` says, as far as it is read here. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
}

/** Rows that tables and indexes gave, those thrown away among them, and the blocks that took. */
export function readsOf(plans: PlanNode[]): { rows: number; blocks: number } {
  return {
    rows: sum(plans.flatMap(everyNode).map(rowsScanned)),
    // A node's blocks hold those of the nodes below it.
    blocks: sum(
      plans.map(
        plan =>
          (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0),
      ),
    ),
  };
}

function everyNode(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(everyNode)];
}

function rowsScanned(node: PlanNode): number {
  if (
    node['Relation Name'] === undefined ||
    !node['Node Type'].includes('Scan')
  ) {
    return 0;
  }
  const each = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
  return each * node['Actual Loops'];
}

function sum(figures: number[]): number {
  return figures.reduce((total, each) => total + each, 0);
}

/** How many were there at a moment after they had fallen due. */
export interface Sample {
  afterMs: number;
  count: number;
}

/**
 * When so many of all were there; `share` from 0 to 1.
 *
 * @param samples - oldest first
 * @returns undefined when there never were
 */
export function reachedMs(
  samples: Sample[],
  total: number,
  share: number,
): number | undefined {
  return samples.find(({ count }) => count >= Math.ceil(share * total))
    ?.afterMs;
}

/** What sweeps cost that find nothing due in a fleet of that size, and the same asked by reading everything. */
export interface IdleCost {
  environments: number;
  /** The same ones in each fleet. */
  sweeps: { name: string; ms: number[]; plans: PlanNode[] }[];
  everythingMs: number[];
}

/** Each sweep beside what it costs in the first fleet, which is to stay the same. */
export function idleTable(costs: IdleCost[]): string {
  return [
    '| environments | idle | ms | to the first | rows read | blocks read | reading all of them, ms | ratio |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...costs.flatMap(({ environments, sweeps, everythingMs }) =>
      sweeps.map(({ name, ms, plans }, place) => {
        const { median } = spread(ms);
        const { rows, blocks } = readsOf(plans);
        const cells = [
          environments.toLocaleString('en'),
          name,
          show(ms),
          (median / spread(costs[0].sweeps[place].ms).median).toFixed(2),
          rows,
          blocks,
          show(everythingMs),
          (median / spread(everythingMs).median).toFixed(4),
        ];
        return `| ${cells.join(' | ')} |`;
      }),
    ),
  ].join('\n');
}

function show(figures: number[]): string {
  const { median, min, max } = spread(figures);
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}
