import { isDeepStrictEqual } from 'node:util';
import {
  ArgocdApplication,
  ArgocdError,
  ArgocdTimeoutError,
  ArgocdUnreachableError,
} from '@greenroom/plugin-argocd-node';
import { Placement } from '../config';
import { labelledApplication } from './labelled';
import { ownApplication, Site, siteAt, SiteOptions } from './site';

/** Where the component's application is, and what it is there; undefined where it is nowhere. */
export interface Located {
  site: Site;
  current: ArgocdApplication | undefined;
}

/**
 * Where the component's application really is: at its place by the configuration or, where that
 * was changed since, wherever an application with its labels is. Taking the empty new place for
 * the proof that nothing is left would forget everything at the old one, and so would making
 * another one there.
 *
 * @param options - `passOver`: an instance that can't be reached is taken for one without it. What
 *   is made then in spite of one there is not forgotten: a proof passes nothing over
 */
export async function locate(
  site: Site,
  { instances, placements }: SiteOptions,
  { passOver = false }: { passOver?: boolean } = {},
): Promise<Located> {
  const own = await ownApplication(site);
  const { instance } = site.placement;
  if (own) {
    const { name } = site.ref;
    const place = { instance, name, spec: own.spec };
    return { site: siteOfApplication(site, place, instances), current: own };
  }
  for (const name of placements.instances) {
    const found = await labelledApplication(
      instances.get(name),
      site.owner,
      site.context.signal,
    ).catch(error => {
      if (!passOver || !isAway(error)) throw error;
      site.say(
        `It is not known whether the application is in Argo CD "${name}": ${error.message}`,
        'warning',
      );
      return undefined;
    });
    if (found) {
      const place = { instance: name, name: found.name, spec: found.spec };
      const there = siteOfApplication(site, place, instances);
      return { site: there, current: await ownApplication(there) };
    }
  }
  return { site, current: undefined };
}

/** The site with the place that an application really has. */
function siteOfApplication(
  site: Site,
  place: Pick<ArgocdApplication, 'spec'> & { instance: string; name: string },
  instances: SiteOptions['instances'],
): Site {
  const { instance, name, spec } = place;
  const { project, destination } = spec;
  const { server, name: clusterName } = destination;
  const cluster = server ?? clusterName ?? site.placement.cluster;
  const placement: Placement = { instance, project, cluster };
  const found = siteAt(site.context, placement, instances.get(instance), name);
  if (isDeepStrictEqual(placement, site.placement)) return found;
  site.say(
    `The application is in project "${project}" of Argo CD "${instance}", for the cluster ${cluster}, not where the configuration would put it now`,
  );
  return found;
}

function isAway(error: unknown): error is ArgocdError {
  return (
    error instanceof ArgocdUnreachableError ||
    error instanceof ArgocdTimeoutError
  );
}
