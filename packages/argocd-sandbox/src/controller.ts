import { setTimeout as delay } from 'node:timers/promises';
import { Application, Kept, Operation, Source } from './application';
import { Cluster } from './cluster';
import { compare, isSynced } from './compare';
import { idOf, isHook, Manifest } from './manifest';
import { render } from './render';
import { Repositories } from './repositories';

/** On an object in Git: with the value `fail` the cluster does not take it. */
export const SYNC_ANNOTATION = 'argocd-sandbox.greenroom.dev/sync';

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

  /** The commit and the manifests of a source. */
  async manifests(
    { metadata: { name }, spec }: Application,
    source: Source,
    revision: string = source.targetRevision ?? 'HEAD',
  ): Promise<{ commit: string; manifests: Manifest[] }> {
    const { repositories } = this.options;
    const commit = await repositories.resolve(source.repoURL, revision);
    const tree = await repositories.checkout(source.repoURL, commit);
    const namespace = spec.destination.namespace ?? 'default';
    const path = source.path ?? '.';
    return { commit, manifests: await render({ tree, path, name, namespace }) };
  }

  /** Reads Git again, then compares. */
  async refresh(kept: Kept): Promise<void> {
    const { application } = kept;
    try {
      const { source } = application.spec;
      const { commit, manifests } = await this.manifests(application, source);
      kept.targets = manifests;
      application.status.sync.revision = commit;
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

  /** Compares with what was last read of Git. */
  compare(kept: Kept): void {
    const { application, targets } = kept;
    const { cluster } = this.options;
    const all = compare(targets ?? [], cluster, application.metadata.name);
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
    this.options.changed(kept);
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
    kept.application.metadata.deletionTimestamp = this.#time();
    this.options.changed(kept);
    // A running operation holds a deletion up.
    while (kept.application.operation) await delay(20);
    await delay(this.options.delays.operationMs);
    const { cluster } = this.options;
    if (cascade)
      for (const manifest of cluster.ownedBy(kept.application.metadata.name))
        cluster.delete(idOf(manifest));
    this.options.removed(kept);
  }

  async #sync(kept: Kept, operation: Operation): Promise<void> {
    const { application } = kept;
    const { delays } = this.options;
    await delay(delays.operationMs);
    const source = operation.sync.source ?? application.spec.source;
    const state = {
      operation,
      phase: 'Running' as const,
      startedAt: this.#time(),
    };
    application.status.operationState = state;
    this.options.changed(kept);
    try {
      const { revision } = operation.sync;
      const { manifests } = await this.manifests(application, source, revision);
      await hooksEnd(kept, manifests);
      await delay(delays.operationMs);
      if (isTerminating(kept)) {
        this.#end(kept, 'Failed', 'Operation terminated');
        this.compare(kept);
        return;
      }
      const resources = this.#apply(kept, manifests, operation);
      application.status.operationState = {
        ...state,
        syncResult: { revision, source, resources },
      };
      if (resources.some(({ status }) => status === 'SyncFailed')) {
        const message = 'one or more objects failed to apply';
        this.#end(kept, 'Failed', message);
      } else {
        if (!operation.sync.dryRun)
          this.#remember(application, revision, source);
        this.#end(kept, 'Succeeded', 'successfully synced (all tasks run)');
      }
    } catch (error) {
      this.#end(kept, 'Error', `ComparisonError: ${wordsOf(error)}`);
    }
    // What was made is told as it is, before Git is read anew.
    this.compare(kept);
    await this.refresh(kept);
    // What takes time to become healthy has become so by then.
    setTimeout(() => this.compare(kept), delays.healthyMs + 1).unref();
  }

  #apply(kept: Kept, manifests: Manifest[], { sync }: Operation) {
    const { cluster } = this.options;
    const { name } = kept.application.metadata;
    return compare(manifests, cluster, name).map(({ id, target }) => {
      const result = { ...id, syncPhase: 'Sync' };
      if (target?.metadata.annotations?.[SYNC_ANNOTATION] === 'fail') {
        const message = 'it was told not to be taken';
        return { ...result, status: 'SyncFailed', message };
      }
      if (target) {
        if (!sync.dryRun) cluster.apply(target, name);
        return { ...result, status: 'Synced', message: 'configured' };
      }
      if (!sync.prune)
        return { ...result, status: 'PruneSkipped', message: 'ignored' };
      if (!sync.dryRun) cluster.delete(id);
      return { ...result, status: 'Pruned', message: 'pruned' };
    });
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

  #remember({ status }: Application, revision: string, source: Source): void {
    const history = status.history ?? [];
    const id = (history.at(-1)?.id ?? -1) + 1;
    const entry = { id, revision, deployedAt: this.#time(), source };
    status.history = [...history, entry].slice(-10);
  }

  #time(): string {
    return new Date(this.options.now()).toISOString();
  }
}

/** A hook that is a pod never ends here, so a sync with one waits until it is terminated. */
async function hooksEnd(kept: Kept, manifests: Manifest[]): Promise<void> {
  const endless = manifests.some(one => isHook(one) && one.kind === 'Pod');
  if (!endless || isTerminating(kept)) return;
  await new Promise<void>(resolve => {
    kept.terminate = resolve;
  });
  kept.terminate = undefined;
}

function isTerminating({ application: { status } }: Kept): boolean {
  return status.operationState?.phase === 'Terminating';
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
