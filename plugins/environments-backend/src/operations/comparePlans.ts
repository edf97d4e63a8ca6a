import {
  ResourceAction,
  ResourceChange,
} from '@greenroom/plugin-environments-common';

/** One thing that a new plan does otherwise than the plan before it. */
export interface PlanDifference {
  address: string;
  before?: ResourceAction;
  now?: ResourceAction;
}

/**
 * - `same`: it does exactly what the plan before says;
 * - `rest`: it does a part of that and nothing else, as after an apply that was killed midway;
 * - `moved`: it does something that the plan before did not say.
 */
export type PlanComparison =
  | { verdict: 'same' | 'rest' }
  | { verdict: 'moved'; differences: PlanDifference[] };

interface ComparedPlan {
  hash: string;
  changes: ResourceChange[];
}

/**
 * Whether a plan that was made again stays within the one that people have seen.
 *
 * A resource counts as said when it ends up as it was said to, by whatever way: what a killed tool
 * left half made is replaced where the first plan added it.
 */
export function comparePlans(
  before: ComparedPlan,
  now: ComparedPlan,
): PlanComparison {
  if (before.hash === now.hash) return { verdict: 'same' };
  const said = new Map(before.changes.map(change => [change.address, change]));
  const differences = now.changes
    .filter(change => said.get(change.address)?.digest !== change.digest)
    .map(({ address, action }) => ({
      address,
      before: said.get(address)?.action,
      now: action,
    }));
  if (differences.length > 0) return { verdict: 'moved', differences };
  return { verdict: 'rest' };
}
