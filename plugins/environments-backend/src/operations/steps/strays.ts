import { ResourceChange } from '@greenroom/plugin-environments-common';
import { DriverResource } from '@greenroom/plugin-environments-node';

/**
 * A resource that a run said it made. It is forgotten once it is found in the state, which a
 * teardown works from. `stray`: a whole apply or destroy has ended since, and it was not in there.
 */
export type ReportedResource = DriverResource & { stray?: true };

/** Said twice, it is one resource. */
export function withReported(
  reported: ReportedResource[],
  resource: DriverResource,
): ReportedResource[] {
  const { address, type, externalId } = resource;
  const known = reported.some(
    each => each.address === address && each.externalId === externalId,
  );
  if (known) return reported;
  return [...reported, { address, type, ...(externalId && { externalId }) }];
}

/**
 * A plan changes or removes only what is in the state. No plan tells ids, so what an apply that did
 * not end has reported under the same address is taken for that; a stray is not.
 */
export function withoutPlanned(
  reported: ReportedResource[],
  changes: ResourceChange[],
): ReportedResource[] {
  const inState = new Set(
    changes
      .filter(({ action }) => ['change', 'replace', 'remove'].includes(action))
      .map(({ address }) => address),
  );
  return reported.filter(each => each.stray || !inState.has(each.address));
}

/** An apply has ended well: what is not among its resources is nowhere but in the world. */
export function straysBeside(
  reported: ReportedResource[],
  resources: DriverResource[],
): ReportedResource[] {
  return reported
    .filter(each => !resources.some(resource => mayBeSame(each, resource)))
    .map(each => ({ ...each, stray: true }));
}

/** Not every tool knows the id at the moment of making. */
function mayBeSame(a: DriverResource, b: DriverResource): boolean {
  if (a.address !== b.address) return false;
  return !a.externalId || !b.externalId || a.externalId === b.externalId;
}
