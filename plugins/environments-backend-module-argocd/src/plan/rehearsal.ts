import {
  ArgocdApplication,
  ArgocdApplicationRef,
  ArgocdManagedResource,
  ArgocdSource,
  comparisonErrors,
  progressOf,
} from '@greenroom/plugin-argocd-node';
import { compared } from '../application/compared';
import { follow } from '../application/follow';
import {
  isRehearsal,
  OWN_INFO,
  ownLabels,
  REHEARSAL_LABEL,
  rehearsalName,
} from '../application/names';
import {
  comparedSpec,
  WantedApplication,
} from '../application/applicationSpec';
import { haveSameReleases, withReleases } from '../application/releases';
import { orUndefined } from '../application/orUndefined';
import { Site } from '../application/site';
import { failure } from '../problems';
import { failedResources } from '../apply/syncResult';
import { TIMES } from '../times';

const COMPARED_WITHIN_MS = 60_000;

/**
 * An application that is compared with the cluster and never synced: Argo CD renders manifests,
 * resolves revisions and compares for applications alone. It has no finalizer, so that nothing
 * goes with it, and it is taken away as soon as its work is done.
 */
export class Rehearsal {
  /** Sets one up, lets `work` look at it, and takes it away, whatever comes. */
  static async run<T>(
    site: Site,
    wanted: WantedApplication,
    work: (rehearsal: Rehearsal) => Promise<T>,
  ): Promise<T> {
    const { signal } = site.context;
    await removeRehearsal(site, signal);
    try {
      return await work(await Rehearsal.#setUp(site, wanted, signal));
    } finally {
      // Also when the work was aborted: the signal of that would stop this at once.
      await removeRehearsal(site, AbortSignal.timeout(TIMES.letGoMs));
    }
  }

  static async #setUp(
    site: Site,
    wanted: WantedApplication,
    signal: AbortSignal,
  ): Promise<Rehearsal> {
    const ref = rehearsalRef(site);
    const { name } = wanted;
    const guessed = withReleases(wanted.sources, name);
    const first = await compareWith(site, wanted, guessed, signal);
    // Only Argo CD knows whether a folder is a chart.
    const known = withReleases(guessed, name, first.status.sourceTypes);
    const last = haveSameReleases(guessed, known)
      ? first
      : await compareWith(site, wanted, known, signal);
    return new Rehearsal(site, ref, last);
  }

  private constructor(
    private readonly site: Site,
    private readonly ref: ArgocdApplicationRef,
    private readonly application: ArgocdApplication,
  ) {}

  /** What the sources' revisions stood for when they were read, one each. */
  get revisions(): string[] {
    const { revision, revisions } = this.application.status.sync;
    return revisions.length > 0 ? revisions : [revision];
  }

  async resources(): Promise<ArgocdManagedResource[]> {
    const { client, context } = this.site;
    return client.managedResources(this.ref, {}, context.signal);
  }

  /**
   * Lets the cluster try what a sync would do.
   *
   * @returns whether the namespace would have to be made
   * @throws DriverError for what it would not take
   */
  async dryRun(options: {
    createNamespace: boolean;
  }): Promise<{ namespaceIsNew: boolean }> {
    const { client, context, owner } = this.site;
    const mine = { name: OWN_INFO, value: `try ${context.operationId}` };
    await client.sync(
      this.ref,
      {
        dryRun: true,
        infos: [mine],
        // So the answer says whether the namespace is there.
        syncOptions: options.createNamespace ? ['CreateNamespace=true'] : [],
      },
      context.signal,
    );
    const result = await follow(
      client,
      this.ref,
      { signal: context.signal, withinMs: COMPARED_WITHIN_MS },
      application => {
        if (!application) return undefined;
        const progress = progressOf(application, mine);
        return progress.state === 'over' ? progress.operation : undefined;
      },
    );
    if (result.phase !== 'Succeeded') {
      const failed = failedResources(result);
      throw failure(owner.component, {
        code: 'argocd.manifest.refused',
        message: `The cluster would not take the manifests of component "${owner.component}": ${failed[0] ?? result.message}`,
        remedy:
          'Mend the manifest, or let the project permit it; nothing has been changed',
        detail: [result.message, ...failed].join('\n'),
      });
    }
    const made = result.syncResult?.resources ?? [];
    return {
      namespaceIsNew: made.some(
        ({ kind, group, syncPhase }) =>
          kind === 'Namespace' && !group && syncPhase === 'PreSync',
      ),
    };
  }
}

/** Lets Argo CD compare these sources with the cluster. */
async function compareWith(
  site: Site,
  wanted: WantedApplication,
  sources: ArgocdSource[],
  signal: AbortSignal,
): Promise<ArgocdApplication> {
  const ref = rehearsalRef(site);
  await site.client.createApplication(
    {
      name: ref.name,
      labels: { ...ownLabels(site.owner), [REHEARSAL_LABEL]: 'true' },
      spec: comparedSpec(wanted, sources),
    },
    { upsert: true },
    signal,
  );
  const application = await compared(site.client, ref, sources, {
    signal,
    withinMs: COMPARED_WITHIN_MS,
  });
  const [said] = comparisonErrors(application);
  if (said) throw manifestsUnreadable(site, said, sources);
  return application;
}

function rehearsalRef({ ref }: Site): ArgocdApplicationRef {
  return { ...ref, name: rehearsalName(ref.name) };
}

/** Takes away a rehearsal that a dead worker may have left, too. */
export async function removeRehearsal(
  site: Site,
  signal: AbortSignal,
): Promise<void> {
  const ref = rehearsalRef(site);
  const { client } = site;
  const found = await orUndefined(client.application(ref, signal));
  if (!found || !isRehearsal(found.metadata.labels)) return;
  if (found.operation) await client.terminateOperation(ref, signal);
  await orUndefined(client.deleteApplication(ref, { cascade: false }, signal));
}

function manifestsUnreadable(
  { owner }: Site,
  said: string,
  sources: ArgocdSource[],
) {
  const where = sources
    .map(({ repoURL, path, chart }) => [repoURL, path ?? chart].join(' '))
    .join(', ');
  return failure(owner.component, {
    code: 'argocd.manifest.unreadable',
    message: `Argo CD can't make manifests of ${where}: ${said}`,
    remedy:
      'Mend what it names there and commit it, or check that Argo CD can reach the repository',
  });
}
