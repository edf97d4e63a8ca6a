import {
  ArgocdApplication,
  ArgocdInvalidError,
  ArgocdManagedResource,
  ArgocdSource,
} from '@greenroom/plugin-argocd-node';
import {
  comparedSpec,
  sourcesIn,
  wantedApplication,
} from '../application/applicationSpec';
import { compared } from '../application/compared';
import { follow, TookTooLong } from '../application/follow';
import { ownLabels, trackedBy } from '../application/names';
import { orUndefined } from '../application/orUndefined';
import { present } from '../application/resources';
import { Site } from '../application/site';
import { failure } from '../problems';
import { ComponentSpec } from '../spec/schema';
import { TIMES } from '../times';

/**
 * What the cluster has of an application that is gone: somebody may have deleted it without what
 * it made, or taken its finalizer away. Argo CD tells of resources by their application alone, so
 * that is made once more for the look, without a finalizer: when it goes, nothing goes with it.
 *
 * @param spec - undefined where it can't be read
 * @returns also where it can't be known, in `unknown`: why
 */
export async function leftBehind(
  site: Site,
  spec: ComponentSpec | undefined,
): Promise<{ left: ArgocdManagedResource[]; unknown?: string }> {
  // What was taken over had another name.
  if (!spec || spec.takeOver)
    return { left: [], unknown: 'its name is not known' };
  let application: ArgocdApplication;
  try {
    application = await makeAgain(site, spec, []);
  } catch (error) {
    if (!(error instanceof ArgocdInvalidError)) throw error;
    return { left: [], unknown: error.message };
  }
  try {
    return { left: await look(site, sourcesIn(application.spec)) };
  } finally {
    await letGo(site);
  }
}

/** Until it is gone: whoever looks next must not take it for the component's. */
async function letGo({ client, ref, owner }: Site): Promise<void> {
  const { letGoMs: withinMs } = TIMES;
  // Also when the look was aborted: the signal of that would stop this at once.
  const signal = AbortSignal.timeout(withinMs);
  await orUndefined(client.deleteApplication(ref, { cascade: false }, signal));
  try {
    const { signal: none } = new AbortController();
    await follow(client, ref, { signal: none, withinMs }, one =>
      one ? undefined : true,
    );
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    throw failure(owner.component, {
      code: 'argocd.left.unknown',
      message: `Argo CD did not take the application "${ref.name}" away within ${withinMs / 1000} s, which was made again for a look at what is left`,
      remedy:
        'Look at what holds it in Argo CD; it has nothing of its own. The next attempt deletes it',
    });
  }
}

/** Makes an application that is gone once more; it syncs nothing. */
export async function makeAgain(
  { client, ref, owner, placement, context }: Site,
  spec: ComponentSpec,
  finalizers: string[],
): Promise<ArgocdApplication> {
  const wanted = wantedApplication(ref.name, spec, placement);
  return client.createApplication(
    {
      name: ref.name,
      labels: ownLabels(owner),
      finalizers,
      spec: comparedSpec(wanted, wanted.sources),
    },
    // Its repository may be gone by now, and what it left is found all the same.
    { validate: false },
    context.signal,
  );
}

async function look(
  { client, ref, owner, context: { signal } }: Site,
  sources: ArgocdSource[],
): Promise<ArgocdManagedResource[]> {
  try {
    await compared(client, ref, sources, { signal, withinMs: TIMES.lookMs });
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error;
    throw failure(owner.component, {
      code: 'argocd.left.unknown',
      message: `Argo CD did not say within ${TIMES.lookMs / 1000} s what is left of the application "${ref.name}"`,
      remedy:
        "Look at Argo CD's application controller and its connection to the cluster; the next attempt looks again",
    });
  }
  const resources = await client.managedResources(ref, {}, signal);
  return present(resources).filter(
    ({ liveState }) => liveState && trackedBy(liveState) === ref.name,
  );
}
