import { setTimeout as delay } from 'node:timers/promises';
import { Application, Kept, Operation, Source, sourcesOf } from './application';
import { Cluster } from './cluster';
import { compare, Compared, isSynced } from './compare';
import { idOf, isHook, isNamespace, Manifest } from './manifest';
import { wordsOf } from './refusal';
import { Repositories } from './repositories';
import { summaryOf } from './summary';
import { Result, take, takeNamespace } from './taking';
import { renderTarget, revisionsOf, Target } from './target';

/** How long things take. A real one takes its time too. */
export interface Delays {
  /** Before an operation begins, and before it ends. */
  operationMs: number;
  healthyMs: number;
}

/** Does what Argo CD's controller does: compares, syncs, deletes. */
export class Controller {
  constructor(
    private readonly options: {
      repositories: Repositories;
      cluster: Cluster;
      delays: Delays;
      now: () => number;
      /** Called whenever an application is not as it was. */
      changed: (kept: Kept) => void;
      removed: (kept: Kept) => void;
    },
  ) {}

  /** The commits and the manifests of the sources. */
  async target(
    application: Parameters<typeof renderTarget>[1],
    at?: Parameters<typeof renderTarget>[2],
  ): Promise<Target> {
    return renderTarget(this.options.repositories, application, at);
  }

  /** Reads Git again, then compares. */
  async refresh(kept: Kept): Promise<void> {
    const { application } = kept;
    try {
      const { spec, status } = application;
      const { commits, types, manifests } = await this.target(application);
      kept.targets = manifests;
      Object.assign(status.sync, revisionsOf(spec, commits));
      const { source, sources, destination } = spec;
      status.sync.comparedTo = { source, sources, destination };
      status.sourceType = spec.sources?.length ? undefined : types[0];
      status.sourceTypes = spec.sources?.length ? types : undefined;
      delete application.status.conditions;
    } catch (error) {
      const message = `Failed to load target state: ${wordsOf(error)}`;
      application.status.conditions = [
        { type: 'ComparisonError', message, lastTransitionTime: this.#time() },
      ];
      kept.targets = undefined;
    }
    this.compare(kept);
  }

  /** Sets what Git says beside what the cluster has. */
  compared({ application, targets }: Kept): Compared[] {
    const { metadata, spec } = application;
    return compare(
      targets ?? [],
      this.options.cluster,
      metadata.name,
      spec.syncPolicy?.managedNamespaceMetadata && spec.destination.namespace,
    );
  }

  /** Compares with what was last read of Git. */
  compare(kept: Kept): void {
    const { application, targets } = kept;
    const { cluster } = this.options;
    const all = this.compared(kept);
    const { status } = application;
    status.resources = all.map(one => ({
      ...one.id,
      status: isSynced(one) ? 'Synced' : 'OutOfSync',
      health: cluster.health(one.id),
      ...(!one.target && { requiresPruning: true }),
    }));
    const healths = all.map(({ id }) => cluster.health(id)?.status);
    status.health = {
      status:
        ['Degraded', 'Missing', 'Progressing', 'Suspended'].find(one =>
          healths.includes(one),
        ) ?? 'Healthy',
    };
    status.sync.status = all.every(isSynced) ? 'Synced' : 'OutOfSync';
    if (!targets) {
      status.sync.status = 'Unknown';
      status.health = { status: 'Unknown' };
    }
    status.summary = summaryOf(cluster.ownedBy(application.metadata.name));
    status.reconciledAt = this.#time();
    this.options.changed(kept);
    if (all.some(({ id }) => cluster.becomesReady(id))) this.#lookAgain(kept);
  }

  /** Begins an operation, and goes on with it after the answer. */
  begin(kept: Kept, operation: Operation): void {
    kept.application.operation = operation;
    kept.application.status.operationState = null;
    this.options.changed(kept);
    void this.#sync(kept, operation);
  }

  /** Takes an application away, and with it what it made. */
  async delete(kept: Kept, cascade: boolean): Promise<void> {
    // Nothing holds it, so it is gone at once.
    if (!cascade) {
      this.options.removed(kept);
      return;
    }
    kept.application.metadata.deletionTimestamp ??= this.#time();
    kept.cascade = cascade;
    this.options.changed(kept);
    // A running operation holds a deletion up.
    while (kept.application.operation) await delay(20);
    await delay(this.options.delays.operationMs);
    await this.#deleteAll(kept.application.metadata.name);
    this.options.removed(kept);
  }

  /** Its namespace goes last, as the sync wave on it says. */
  async #deleteAll(name: string): Promise<void> {
    const { cluster } = this.options;
    for (const last of [false, true]) {
      const left = () =>
        cluster.ownedBy(name).filter(one => last || !isNamespace(one));
      for (const manifest of left()) cluster.delete(idOf(manifest));
      while (left().length > 0) await delay(20, undefined, { ref: false });
    }
  }

  async #sync(kept: Kept, operation: Operation): Promise<void> {
    const { application } = kept;
    const { delays, cluster } = this.options;
    await delay(delays.operationMs);
    const { source, sources, revision, revisions } = operation.sync;
    const state = {
      operation,
      phase: 'Running' as const,
      startedAt: this.#time(),
    };
    application.status.operationState = state;
    this.options.changed(kept);
    const tell = (resources: Result[]) => {
      const result = { revision, revisions, source, resources };
      const now = application.status.operationState ?? state;
      application.status.operationState = { ...now, syncResult: result };
      this.options.changed(kept);
    };
    try {
      const { manifests } = await this.target(application, {
        sources: pinned(
          sources ?? (source ? [source] : sourcesOf(application.spec)),
          operation,
        ),
      });
      const first = takeNamespace(cluster, application.spec, operation);
      const hooks = operation.sync.dryRun ? [] : manifests.filter(isHook);
      tell([...first, ...hooks.map(hookResult)]);
      await hooksEnd(kept, hooks);
      await delay(delays.operationMs);
      if (isTerminating(kept)) {
        this.#end(kept, 'Failed', 'Operation terminated');
        this.compare(kept);
        return;
      }
      const place = {
        name: application.metadata.name,
        namespace: application.spec.destination.namespace ?? 'default',
      };
      const resources = take(cluster, place, manifests, operation);
      tell([...first, ...resources]);
      if (resources.some(({ status }) => status === 'SyncFailed')) {
        const message = 'one or more objects failed to apply';
        this.#end(kept, 'Failed', message);
      } else {
        if (!operation.sync.dryRun)
          this.#remember(application, operation, state.startedAt);
        this.#end(kept, 'Succeeded', 'successfully synced (all tasks run)');
      }
    } catch (error) {
      this.#end(kept, 'Error', `ComparisonError: ${wordsOf(error)}`);
    }
    // What was made is told as it is, before Git is read anew.
    this.compare(kept);
    await this.refresh(kept);
  }

  /** What becomes ready in its time is seen to have become so. */
  #lookAgain(kept: Kept): void {
    kept.nextLook ??= setTimeout(() => {
      kept.nextLook = undefined;
      this.compare(kept);
    }, this.options.delays.healthyMs + 1).unref();
  }

  #end(
    { application }: Kept,
    phase: 'Succeeded' | 'Failed' | 'Error',
    message: string,
  ): void {
    const { status } = application;
    if (status.operationState)
      status.operationState = {
        ...status.operationState,
        phase,
        message,
        finishedAt: this.#time(),
      };
    delete application.operation;
  }

  #remember(
    { status }: Application,
    { sync, initiatedBy }: Operation,
    deployStartedAt: string,
  ): void {
    const { revision, revisions, source, sources } = sync;
    const history = status.history ?? [];
    const id = (history.at(-1)?.id ?? -1) + 1;
    const deployedAt = this.#time();
    const entry = { id, revision, revisions, source, sources };
    const told = { ...entry, deployStartedAt, deployedAt, initiatedBy };
    status.history = [...history, told].slice(-10);
  }

  #time(): string {
    return new Date(this.options.now()).toISOString();
  }
}

/** The sources at the very commits that the operation was begun with. */
function pinned(sources: Source[], { sync }: Operation): Source[] {
  const { revision, revisions = [revision] } = sync;
  return sources.map((source, index) => ({
    ...source,
    targetRevision: revisions[index] ?? source.targetRevision,
  }));
}

function hookResult(hook: Manifest): Result {
  const hookType = hook.metadata.annotations?.['argocd.argoproj.io/hook'];
  return {
    ...idOf(hook),
    ...{ hookType, syncPhase: hookType, hookPhase: 'Running' },
  };
}

/** A hook that is a pod never ends here, so a sync with one waits until it is terminated. */
async function hooksEnd(kept: Kept, hooks: Manifest[]): Promise<void> {
  const endless = hooks.some(one => one.kind === 'Pod');
  if (!endless || isTerminating(kept)) return;
  await new Promise<void>(resolve => {
    kept.terminate = resolve;
  });
  kept.terminate = undefined;
}

function isTerminating({ application: { status } }: Kept): boolean {
  return status.operationState?.phase === 'Terminating';
}
