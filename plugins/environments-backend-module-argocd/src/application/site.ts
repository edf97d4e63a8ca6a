import { Config } from '@backstage/config';
import {
  ArgocdApplication,
  ArgocdApplicationRef,
  ArgocdClient,
  ArgocdInstances,
} from '@greenroom/plugin-argocd-node';
import {
  DriverContext,
  DriverLogLine,
  DriverResource,
} from '@greenroom/plugin-environments-node';
import { Placement, Placements } from '../config';
import { failure } from '../problems';
import { applicationName, isNobodys, isOwn, Owner } from './names';
import { orUndefined } from './orUndefined';

/** Where one component's application is, and who works on it. */
export interface Site {
  client: ArgocdClient;
  placement: Placement;
  owner: Owner;
  ref: ArgocdApplicationRef;
  /** The application is somebody else's so far, and to be taken over. */
  takesOver?: boolean;
  context: DriverContext;
  say(text: string, level?: DriverLogLine['level']): void;
}

/** An application by where it is and whose it is to be. */
export type Place = Pick<Site, 'client' | 'ref' | 'owner' | 'takesOver'>;

export interface SiteOptions {
  instances: ArgocdInstances;
  placements: Placements;
}

/** @returns undefined where the configuration has no place for applications */
export function readSites(config: Config): SiteOptions | undefined {
  if (!config.has('environments.argocd')) return undefined;
  const instances = ArgocdInstances.fromConfig(config);
  const placements = Placements.fromConfig(config, instances.names);
  return placements && { instances, placements };
}

/** @throws DriverError where the configuration has no place for the component */
export function siteOf(
  context: DriverContext,
  instance: string | undefined,
  { instances, placements }: SiteOptions,
): Site {
  const { environment, component } = context;
  const placement = placements.find(environment, instance);
  if (!placement)
    throw failure(component.id, {
      code: 'argocd.placement.missing',
      message: `No Argo CD project is configured for environments of ${environment.owner} of type ${environment.type}${instance ? ` in the instance "${instance}"` : ''}`,
      remedy:
        'Add a placement for them to environments.argocd.placements in the configuration of the portal and its workers',
    });
  return siteAt(context, placement, instances.get(placement.instance));
}

export function siteAt(
  context: DriverContext,
  placement: Placement,
  client: ArgocdClient,
  name?: string,
): Site {
  const { environment, component } = context;
  const owner = { environment, component: component.id };
  return {
    client,
    placement,
    owner,
    ref: { name: name ?? applicationName(owner), project: placement.project },
    context,
    say: (text, level = 'info') =>
      context.log({ stream: 'greenroom', level, text }),
  };
}

/**
 * The component's application; undefined while there is none.
 *
 * @throws DriverError for one of its name that belongs to somebody else
 */
export async function ownApplication(
  site: Site,
): Promise<ArgocdApplication | undefined> {
  return ownAt(site, site.context.signal);
}

/** The same without a site to work on. */
export async function ownAt(
  place: Place,
  signal: AbortSignal,
): Promise<ArgocdApplication | undefined> {
  const { client, ref, owner, takesOver } = place;
  const found = await orUndefined(client.application(ref, signal));
  if (!found || isOwn(owner, found)) return found;
  if (takesOver && isNobodys(found)) return found;
  throw foreignApplication(place);
}

export function foreignApplication({ ref, client, owner }: Place) {
  return failure(owner.component, {
    code: 'argocd.application.foreign',
    message: `Argo CD "${client.instance}" has an application "${ref.name}" that does not carry the labels of this environment, so it is left alone`,
    remedy:
      'Look there whose it is: rename or remove it, or give it its labels back if somebody has taken them away',
  });
}

/** The application, as a resource of the component. */
export function applicationResource({
  client,
  ref,
}: Pick<Site, 'client' | 'ref'>): DriverResource {
  return {
    address: 'Application',
    type: 'argoproj.io/Application',
    externalId: `${client.instance}/${ref.name}`,
  };
}
