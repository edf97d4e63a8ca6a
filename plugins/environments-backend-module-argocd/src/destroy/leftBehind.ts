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
import { TookTooLong } from '../application/follow';
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
 * @returns nothing, and says so, where Argo CD does not take the application any more
 */
export async function leftBehind(
  site: Site,
  spec: ComponentSpec | undefined,
): Promise<ArgocdManagedResource[]> {
  // What was taken over had another name.
  if (!spec || spec.takeOver) return cannotLook(site, 'its name is not known');
  let application: ArgocdApplication;
  try {
    application = await makeAgain(site, spec);
  } catch (error) {
    if (!(error instanceof ArgocdInvalidError)) throw error;
    return cannotLook(site, error.message);
  }
  try {
    return await look(site, sourcesIn(application.spec));
  } finally {
    const { client, ref } = site;
    // Also when the look was aborted: the signal of that would stop this at once.
    const signal = AbortSignal.timeout(TIMES.letGoMs);
    await orUndefined(
      client.deleteApplication(ref, { cascade: false }, signal),
    );
  }
}

async function makeAgain(
  { client, ref, owner, placement, context }: Site,
  spec: ComponentSpec,
) {
  const wanted = wantedApplication(ref.name, spec, placement);
  return client.createApplication(
    {
      name: ref.name,
      labels: ownLabels(owner),
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

function cannotLook({ ref, say }: Site, why: string) {
  say(
    `Argo CD does not have the application "${ref.name}"; whether anything that it made is left can't be looked at: ${why}`,
    'warning',
  );
  return [];
}
