import {
  ArgocdApplication,
  ArgocdManagedResource,
  ArgocdResourceId,
} from '@greenroom/plugin-argocd-node';
import { DriverProof } from '@greenroom/plugin-environments-node';
import { follow, TookTooLong } from '../application/follow';
import { Located } from '../application/locate';
import { orUndefined } from '../application/orUndefined';
import { isSame, present, resourceOf } from '../application/resources';
import { applicationResource, Site } from '../application/site';
import { terminate } from '../application/terminate';
import { FINALIZER } from '../apply/apply';
import { removeRehearsal } from '../plan/rehearsal';
import { failure } from '../problems';
import { ComponentSpec } from '../spec/schema';
import { TIMES } from '../times';
import { heldBy, stays } from './held';
import { leftBehind, makeAgain } from './leftBehind';

/**
 * Deletes the application with everything that came of it, and waits for the end.
 *
 * @param spec - what it was made of; undefined where that can't be read
 * @throws DriverError that names what resists
 */
export async function destroy(
  { site, current }: Located,
  spec: ComponentSpec | undefined,
): Promise<void> {
  await removeRehearsal(site, site.context.signal);
  if (!current) {
    await removeLeft(site, spec);
    return;
  }
  if (!current.metadata.deletionTimestamp) await prepare(site, current);
  await remove(site, current);
}

async function removeLeft(
  site: Site,
  spec: ComponentSpec | undefined,
): Promise<void> {
  const { ref, say } = site;
  say(`There is no application "${ref.name}"`);
  const { left } = await leftBehind(site, spec);
  if (!spec || left.length === 0) return;
  refuseWhatStays(site, left);
  const names = left.map(({ kind, name }) => `${kind}/${name}`).join(', ');
  say(`Left without its application: ${names}; removing it as well`, 'warning');
  await remove(site, await makeAgain(site, spec, [FINALIZER]));
}

async function prepare(site: Site, current: ArgocdApplication): Promise<void> {
  const { client, ref, say } = site;
  if (current.operation) {
    // It would hold the deletion up.
    say('A sync is under way: terminating it', 'warning');
    await terminate(client, ref);
  }
  refuseWhatStays(site, await everythingSeen(site));
}

/** Argo CD deletes what it has seen by then, and it sees a moment later what a sync has made. */
async function everythingSeen(site: Site): Promise<ArgocdManagedResource[]> {
  const { client, ref, context } = site;
  let seen: ArgocdManagedResource[] = [];
  try {
    await follow(
      client,
      ref,
      { signal: context.signal, withinMs: TIMES.seenMs },
      async application => {
        seen = present(await managed(site));
        const made = application ? madeLast(application) : [];
        return (
          made.every(one => seen.some(two => isLike(one, two))) || undefined
        );
      },
    );
  } catch (error) {
    // Somebody may have removed by hand what is not seen.
    if (!(error instanceof TookTooLong)) throw error;
  }
  return seen;
}

/** What the last sync has made or changed, hooks left out. */
function madeLast({ status: { operationState } }: ArgocdApplication) {
  const resources = operationState?.syncResult?.resources ?? [];
  return resources.filter(
    ({ status, hookType }) => status === 'Synced' && !hookType,
  );
}

/** Argo CD tells of what lies in no namespace now with one, now without. */
function isLike(one: ArgocdResourceId, other: ArgocdResourceId): boolean {
  const apart = one.namespace && other.namespace;
  return apart
    ? isSame(one, other)
    : isSame({ ...one, namespace: '' }, { ...other, namespace: '' });
}

function refuseWhatStays(
  { owner, ref }: Site,
  resources: ArgocdManagedResource[],
): void {
  const kept = stays(resources, ref.name);
  if (kept.length > 0)
    throw failure(owner.component, {
      code: 'argocd.resource.stays',
      message: `${kept.join(', ')} of component "${owner.component}" would stay behind`,
      remedy:
        'Take the annotation away that keeps it, sync what has lost its mark, or remove it by hand; then try again',
    });
}

async function remove(
  site: Site,
  application: ArgocdApplication,
): Promise<void> {
  const { client, ref, context, say } = site;
  const { signal } = context;
  if (!application.metadata.deletionTimestamp) await begin(site, application);
  try {
    await follow(
      client,
      ref,
      { signal, withinMs: TIMES.removalMs },
      teller(site),
    );
  } catch (error) {
    if (error instanceof TookTooLong) throw await stuck(site);
    throw error;
  }
  say(`The application "${ref.name}" is gone`);
}

async function begin(site: Site, current: ArgocdApplication): Promise<void> {
  const { client, ref, context, say } = site;
  const { signal } = context;
  if (!current.metadata.finalizers.includes(FINALIZER)) {
    say('The finalizer was gone: without it everything would stay behind');
    const finalizers = [...current.metadata.finalizers, FINALIZER];
    await client.patchApplication(ref, { metadata: { finalizers } }, signal);
  }
  await orUndefined(client.deleteApplication(ref, { cascade: true }, signal));
  say(`Deleting the application "${ref.name}" with everything of it`);
}

/** Says what is left whenever that has become another, until the application is gone. */
function teller(site: Site) {
  let before = '';
  return async (application: ArgocdApplication | undefined) => {
    if (!application) return true;
    const left = present(await managed(site));
    const lines = left.map(one => heldBy(one)).filter(Boolean);
    const text = [`${left.length} resources are left`, ...lines].join('; ');
    if (text !== before) site.say(text, lines.length > 0 ? 'warning' : 'info');
    before = text;
    return undefined;
  };
}

async function stuck(site: Site) {
  const { owner, ref } = site;
  const left = present(await managed(site));
  const held = left.map(one => heldBy(one)).filter(Boolean);
  return failure(owner.component, {
    code: 'argocd.deletion.stuck',
    message: `The application "${ref.name}" could not be deleted within ${TIMES.removalMs / 60_000} minutes: ${held[0] ?? `${left.length} resources are left`}`,
    remedy:
      held.length > 0
        ? `Let the controller that set the finalizer do its work; if it is gone for good, take the finalizer away by hand. What waits for a confirmation gets it in Argo CD (argocd app confirm-deletion ${ref.name}). The next attempt goes on from here`
        : "Look at the application's events in Argo CD; the next attempt goes on from here",
    detail: held.join('\n'),
  });
}

/**
 * What of the component is there, by Argo CD's look at the cluster.
 *
 * @param spec - what it was made of; undefined where that can't be read
 */
export async function prove(
  { site, current }: Located,
  spec: ComponentSpec | undefined,
): Promise<DriverProof> {
  const { context, say } = site;
  await removeRehearsal(site, context.signal);
  if (!current) {
    const { left, unknown } = await leftBehind(site, spec);
    if (unknown)
      say(
        `Argo CD does not have the application "${site.ref.name}"; whether anything that it made is left can't be looked at: ${unknown}`,
        'warning',
      );
    const namespace = spec?.namespace ?? site.ref.name;
    return {
      gone: left.length === 0,
      left: left.map(one => resourceOf(one, namespace)),
    };
  }
  const { namespace = '' } = current.spec.destination;
  const left = present(await managed(site));
  return {
    gone: false,
    left: [
      applicationResource(site),
      ...left.map(one => resourceOf(one, namespace)),
    ],
  };
}

/** Nothing, once the application is gone. */
async function managed({
  client,
  ref,
  context,
}: Site): Promise<ArgocdManagedResource[]> {
  return (
    (await orUndefined(client.managedResources(ref, {}, context.signal))) ?? []
  );
}
