import { DriverResource } from '@greenroom/plugin-environments-node';
import { ComponentRecord } from './types';

/**
 * What there is of a component as far as anybody knows: what its last apply or proof told, and what
 * was reported as made since, by an apply that did not end well.
 */
export function knownResources({
  resources,
  reported,
}: Pick<ComponentRecord, 'resources' | 'reported'>): DriverResource[] {
  return distinct([...resources, ...reported]);
}

/** Once each. What has no id is the one with the same address that has, where there is one. */
function distinct(resources: DriverResource[]): DriverResource[] {
  const identified = new Set(
    resources.filter(each => each.externalId).map(each => each.address),
  );
  const byKey = new Map(
    resources
      .filter(each => each.externalId || !identified.has(each.address))
      .map(each => [JSON.stringify([each.address, each.externalId]), each]),
  );
  return [...byKey.values()];
}
