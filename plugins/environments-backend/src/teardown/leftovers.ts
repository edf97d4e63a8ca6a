import { ComponentRecord } from '../environments/types';
import { Leftover } from './types';

/** The type of what stands for a whole component. */
export const WHOLE_COMPONENT = 'component';

/** Whether nothing of it is left, or ever was. */
export function isGone({ applyBegun }: ComponentRecord): boolean {
  return !applyBegun;
}

/**
 * What is left of components, as far as anybody knows: what their states hold, and what was
 * reported as made. A component of which an apply was begun and nothing is known stands for itself:
 * something of it may exist.
 */
export function leftoversOf(components: ComponentRecord[]): Leftover[] {
  return components
    .filter(component => !isGone(component))
    .flatMap(component => {
      const { id, driver, blueprintVersionId } = component;
      const whole: Resource = { address: id, type: WHOLE_COMPONENT };
      const known = distinct([...component.resources, ...component.reported]);
      return (known.length > 0 ? known : [whole]).map(resource => ({
        component: id,
        driver,
        blueprintVersionId,
        address: resource.address,
        type: resource.type,
        externalId: resource.externalId,
      }));
    });
}

type Resource = Pick<Leftover, 'address' | 'type' | 'externalId'>;

/** Once each. What has no id is the one with the same address that has, where there is one. */
function distinct(resources: Resource[]): Resource[] {
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
