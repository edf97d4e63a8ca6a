import { isDeepStrictEqual } from 'node:util';
import {
  AttributeChange,
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
 * left half made is replaced where the first plan added it, and what was to be known only once
 * applied may be known by now.
 */
export function comparePlans(
  before: ComparedPlan,
  now: ComparedPlan,
): PlanComparison {
  if (before.hash === now.hash) return { verdict: 'same' };
  const said = new Map(before.changes.map(change => [change.address, change]));
  const differences = now.changes
    .filter(change => !isSaidBy(said.get(change.address), change))
    .map(({ address, action }) => ({
      address,
      before: said.get(address)?.action,
      now: action,
    }));
  if (differences.length > 0) return { verdict: 'moved', differences };
  return { verdict: 'rest' };
}

function isSaidBy(
  said: ResourceChange | undefined,
  change: ResourceChange,
): boolean {
  if (!said) return false;
  if (said.digest === change.digest) return true;
  const removes = said.action === 'remove' || change.action === 'remove';
  const open = said.attributes.filter(({ unknown }) => unknown);
  if (removes || open.length === 0) return false;
  return change.attributes.every(
    attribute =>
      open.some(({ path }) => isWithin(path, attribute.path)) ||
      said.attributes.some(other => isSameOutcome(other, attribute)),
  );
}

/** `tags.owner` and `tags[0]` lie within `tags`, as `tags` itself does. */
function isWithin(whole: string, path: string): boolean {
  return path.startsWith(whole) && /^($|[.[])/.test(path.slice(whole.length));
}

function isSameOutcome(a: AttributeChange, b: AttributeChange): boolean {
  return (
    a.path === b.path &&
    a.sensitive === b.sensitive &&
    a.unknown === b.unknown &&
    isDeepStrictEqual(a.after, b.after)
  );
}
