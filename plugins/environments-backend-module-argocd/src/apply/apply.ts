import { ArgocdApplication } from '@greenroom/plugin-argocd-node';
import {
  DriverApplied,
  PlanGoneError,
} from '@greenroom/plugin-environments-node';
import { ADOPTED_ANNOTATION } from '../application/adopted';
import { OWN_INFO, ownAnnotations, ownLabels } from '../application/names';
import { present, resourceOf } from '../application/resources';
import { Located } from '../application/locate';
import { applicationResource, Site } from '../application/site';
import { outputsOf } from '../outputs';
import { markOf } from '../plan/mark';
import { SavedPlan, SavedPlans } from '../plan/savedPlans';
import { ComponentSpec } from '../spec/schema';
import { atRest } from './atRest';
import { settle } from './settle';
import { sync } from './sync';

/** With it, whatever the application made goes with the application. */
export const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** Does what one plan says, at most once. */
export async function applyPlan(
  { site, current: found }: Located,
  spec: ComponentSpec,
  plans: SavedPlans,
  hash: string,
): Promise<DriverApplied> {
  const plan = await plans.find(hash);
  if (!plan || plan.purpose === 'destroy')
    throw new PlanGoneError('The plan is not in the work folder any more');
  const current = await atRest(site, found);
  if (markOf(current) !== plan.mark)
    throw new PlanGoneError(
      'The application has changed since the plan was made',
    );
  if (!(await plans.take(hash)))
    throw new PlanGoneError('The plan was taken by another attempt');
  if (plan.purpose === 'adopt') return adopt(site, spec, plan, current);
  if (plan.hasChanges) await makeSo(site, plan, current);
  return applied(site, spec, await settle(site));
}

async function makeSo(
  site: Site,
  plan: SavedPlan,
  current: ArgocdApplication | undefined,
): Promise<void> {
  const { client, ref, owner, context, say } = site;
  const { namespace = '' } = plan.spec!.destination;
  const made = maker(site, plan, namespace);
  const { status } = await client.createApplication(
    {
      name: ref.name,
      labels: ownLabels(owner),
      annotations: { ...ownAnnotations(owner), [ADOPTED_ANNOTATION]: '' },
      finalizers: [FINALIZER],
      spec: plan.spec!,
    },
    // Somebody else may have made one of this name in between.
    { upsert: current !== undefined },
    context.signal,
  );
  if (!current || site.takesOver) context.made(applicationResource(site));
  const done = current ? 'Changed' : 'Made';
  say(
    `${site.takesOver ? 'Took over' : done} the application "${ref.name}" in project "${ref.project}" of Argo CD "${client.instance}"`,
  );
  const value = [context.operationId, context.fence, plan.hash].join(' ');
  const mine = { name: OWN_INFO, value };
  await sync(site, mine, status.operationState, made);
}

/** Tells of each resource that is new, once. */
function maker({ context }: Site, plan: SavedPlan, namespace: string) {
  const awaited = new Set(
    plan.changes
      .filter(({ action }) => action === 'add')
      .map(({ address }) => address),
  );
  return (id: Parameters<typeof resourceOf>[0]) => {
    const resource = resourceOf(id, namespace);
    if (awaited.delete(resource.address)) context.made(resource);
  };
}

async function applied(
  site: Site,
  spec: ComponentSpec,
  application: ArgocdApplication,
): Promise<DriverApplied> {
  const { client, ref, context } = site;
  const { namespace = '' } = application.spec.destination;
  const resources = present(
    await client.managedResources(ref, {}, context.signal),
  );
  return {
    outputs: outputsOf(application, resources, spec.outputs),
    resources: [
      applicationResource(site),
      ...resources
        .map(one => resourceOf(one, namespace))
        .sort((a, b) => (a.address < b.address ? -1 : 1)),
    ],
  };
}

/** Takes what is there for what was meant; in the cluster nothing is changed. */
async function adopt(
  site: Site,
  spec: ComponentSpec,
  plan: SavedPlan,
  current: ArgocdApplication | undefined,
): Promise<DriverApplied> {
  if (!current) return { outputs: {}, resources: [] };
  const { client, ref, context } = site;
  const annotations = { [ADOPTED_ANNOTATION]: plan.drift ?? '' };
  const application = await client.patchApplication(
    ref,
    { metadata: { annotations } },
    context.signal,
  );
  return applied(site, spec, application);
}
