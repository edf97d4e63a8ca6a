import { DriverResource } from '@greenroom/plugin-environments-node';
import { TerraformEvent } from '@greenroom/plugin-terraform-node';

/** Providers of things that exist in the state alone: nobody could look for them elsewhere. */
const IN_STATE_ONLY = new Set(['terraform', 'null', 'random', 'time', 'tls']);

/** The resource that an event says was made. */
export function madeBy(event: TerraformEvent): DriverResource | undefined {
  if (event.type !== 'apply_complete' || event.hook.action !== 'create') {
    return undefined;
  }
  const { resource, id_value: id } = event.hook;
  const { addr, resource_type: type, implied_provider: provider } = resource;
  if (IN_STATE_ONLY.has(provider ?? '')) return undefined;
  return { address: addr, type, ...(id && { externalId: id }) };
}
