import { ArgocdApplication, ArgocdError } from '@greenroom/plugin-argocd-node';
import { DriverTarget } from '@greenroom/plugin-environments-node';
import { labelledApplication } from '../application/labelled';
import { applicationName } from '../application/names';
import { ownAt, Place, SiteOptions } from '../application/site';
import { Placement } from '../config';

/** A component's application, and where it is. */
export interface Found {
  place: Place;
  application: ArgocdApplication;
}

/**
 * Looks at its place by the configuration first, then for its labels everywhere: the component
 * may name another instance, and the configuration may have been another one.
 *
 * @returns undefined where it is nowhere
 * @throws DriverError for one of its name that belongs to somebody else; ArgocdError of an
 *   instance that can't be asked, unless it is in another one
 */
export async function findApplication(
  owner: DriverTarget,
  { instances, placements }: SiteOptions,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const name = applicationName(owner);
  const at = async (
    { instance, project }: Omit<Placement, 'cluster'>,
    called = name,
  ) => {
    const client = instances.get(instance);
    const place = { client, owner, ref: { name: called, project } };
    const application = await ownAt(place, signal);
    return application && { place, application };
  };
  const labelled = async (instance: string) => {
    const client = instances.get(instance);
    const one = await labelledApplication(client, owner, signal);
    return one && at({ instance, project: one.spec.project }, one.name);
  };
  const usual = placements.find(owner.environment);
  const looks = [
    ...(usual ? [() => at(usual)] : []),
    ...placements.instances.map(instance => () => labelled(instance)),
  ];
  let failed: ArgocdError | undefined;
  for (const look of looks) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      if (!(error instanceof ArgocdError)) throw error;
      failed ??= error;
    }
  }
  if (failed) throw failed;
  return undefined;
}
