import { knownResources } from '../environments/knownResources';
import { ComponentRecord } from '../environments/types';
import { DriverResource } from '@greenroom/plugin-environments-node';
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
      const whole: DriverResource = { address: id, type: WHOLE_COMPONENT };
      const known = knownResources(component);
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
