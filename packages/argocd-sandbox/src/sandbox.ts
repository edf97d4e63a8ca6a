import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { Account, mayUse, requireProject } from './accounts';
import { Application, Kept, Operation, Spec } from './application';
import { Cluster } from './cluster';
import { Controller, Delays, wordsOf } from './controller';
import { mergePatch } from './manifest';
import { denied, invalid, notFound, precondition } from './refusal';
import { Repositories } from './repositories';

/** What a caller sends to make an application. */
export interface NewApplication {
  metadata: {
    name: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
  };
  spec: Spec;
}

/** Applications, with what may be done with them and by whom. */
export class Sandbox {
  readonly cluster: Cluster;
  readonly controller: Controller;
  /** `event` with type and application. */
  readonly events = new EventEmitter().setMaxListeners(0);
  readonly projects: string[];
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  #version = 0;

  constructor(options: {
    folder: string;
    projects: string[];
    delays: Delays;
    now: () => number;
  }) {
    this.projects = options.projects;
    this.#now = options.now;
    this.cluster = new Cluster(options.delays.healthyMs, options.now, owner => {
      const kept = owner === undefined ? undefined : this.#kept.get(owner);
      // While it is synced the end of the sync compares.
      if (kept && !kept.application.operation) this.controller.compare(kept);
    });
    this.controller = new Controller({
      repositories: new Repositories(options.folder),
      cluster: this.cluster,
      delays: options.delays,
      now: options.now,
      changed: kept => this.#tell('MODIFIED', kept),
      removed: kept => {
        this.#kept.delete(kept.application.metadata.name);
        this.#tell('DELETED', kept);
      },
    });
  }

  /** Those that may be seen; of these projects where there are any. */
  list(account: Account, projects: string[]): Application[] {
    return [...this.#kept.values()]
      .map(({ application }) => application)
      .filter(({ spec: { project } }) => mayUse(account, project))
      .filter(
        ({ spec: { project } }) =>
          projects.length === 0 || projects.includes(project),
      );
  }

  /** As Argo CD does: who names no project is told no more than that it may not. */
  find(account: Account, name: string, project?: string): Kept {
    if (project !== undefined && !mayUse(account, project)) throw denied();
    const kept = this.#kept.get(name);
    const own = kept?.application.spec.project;
    if (
      !kept ||
      own === undefined ||
      (project !== undefined && project !== own)
    )
      throw project === undefined ? denied() : notFound(name);
    if (!mayUse(account, own)) throw denied();
    return kept;
  }

  async create(
    account: Account,
    { metadata, spec }: NewApplication,
    upsert: boolean,
  ): Promise<Application> {
    const { name } = metadata;
    const act = `create, ${spec.project}/${name}`;
    requireProject(account, spec.project, act);
    const existing = this.#kept.get(name);
    if (existing) return this.#again(account, existing, metadata, spec, upsert);
    await this.#check(name, spec);
    const kept: Kept = {
      application: {
        metadata: {
          ...metadata,
          namespace: 'argocd',
          uid: randomUUID(),
          resourceVersion: '0',
          creationTimestamp: new Date(this.#now()).toISOString(),
        },
        spec,
        status: { sync: { status: '' }, health: { status: '' } },
      },
    };
    this.#kept.set(name, kept);
    this.#tell('ADDED', kept);
    const answer = structuredClone(kept.application);
    void this.controller.refresh(kept);
    return answer;
  }

  async patch(kept: Kept, patch: unknown): Promise<Application> {
    const { metadata, spec } = kept.application;
    const next = mergePatch({ metadata, spec }, patch) as NewApplication;
    await this.#check(metadata.name, next.spec);
    kept.application.spec = next.spec;
    await this.controller.refresh(kept);
    return kept.application;
  }

  async sync(kept: Kept, operation: Operation): Promise<Application> {
    const { application } = kept;
    if (application.metadata.deletionTimestamp)
      throw precondition('application is deleting');
    const { automated } = application.spec.syncPolicy ?? {};
    const wanted = operation.sync.revision;
    if (
      automated &&
      wanted &&
      wanted !== application.spec.source.targetRevision
    )
      throw precondition(
        `Cannot sync to ${wanted}: auto-sync currently set to ${application.spec.source.targetRevision}`,
      );
    const source = operation.sync.source ?? application.spec.source;
    let commit: string;
    try {
      ({ commit } = await this.controller.manifests(
        application,
        source,
        wanted || source.targetRevision,
      ));
    } catch (error) {
      throw precondition(`error resolving repo revision: ${wordsOf(error)}`);
    }
    if (application.operation)
      throw precondition('another operation is already in progress');
    const sync = { ...operation.sync, revision: commit };
    this.controller.begin(kept, { ...operation, sync });
    return application;
  }

  async rollback(
    kept: Kept,
    { id, prune }: { id: number; prune?: boolean },
    by: Account,
  ): Promise<Application> {
    const { spec, status, metadata } = kept.application;
    if (spec.syncPolicy?.automated)
      throw precondition(
        'rollback cannot be initiated when auto-sync is enabled',
      );
    const entry = status.history?.find(one => one.id === id);
    if (!entry)
      throw invalid(
        `application ${metadata.name} does not have deployment with id ${id}`,
      );
    const { revision, source } = entry;
    return this.sync(kept, {
      sync: { revision, source, prune },
      info: [],
      initiatedBy: { username: by.name },
    });
  }

  terminate(kept: Kept): void {
    const { operation, status } = kept.application;
    if (!operation || status.operationState?.phase !== 'Running')
      throw invalid(
        'Unable to terminate operation. No operation is in progress',
      );
    status.operationState.phase = 'Terminating';
    this.#tell('MODIFIED', kept);
    kept.terminate?.();
  }

  async #again(
    account: Account,
    kept: Kept,
    metadata: NewApplication['metadata'],
    spec: Spec,
    upsert: boolean,
  ): Promise<Application> {
    const { application } = kept;
    const { project } = application.spec;
    requireProject(account, project, `update, ${project}/${metadata.name}`);
    const { labels, annotations, finalizers } = metadata;
    const same =
      isDeepStrictEqual(application.spec, spec) &&
      isDeepStrictEqual(application.metadata.labels, labels) &&
      isDeepStrictEqual(application.metadata.finalizers, finalizers);
    if (same) return application;
    if (!upsert)
      throw invalid(
        'existing application spec is different, use upsert flag to force update',
      );
    await this.#check(metadata.name, spec);
    Object.assign(application.metadata, { labels, annotations, finalizers });
    application.spec = spec;
    await this.controller.refresh(kept);
    return application;
  }

  async #check(name: string, spec: Spec): Promise<void> {
    const wrong = (words: string) =>
      invalid(
        `application spec for ${name} is invalid: InvalidSpecError: ${words}`,
      );
    if (!this.projects.includes(spec.project))
      throw wrong(
        `Application referencing project ${spec.project} which does not exist`,
      );
    const probe = { metadata: { name }, spec } as Application;
    try {
      await this.controller.manifests(probe, spec.source);
    } catch (error) {
      throw wrong(
        `Unable to generate manifests in ${spec.source.path}: ${wordsOf(error)}`,
      );
    }
  }

  #tell(type: string, kept: Kept): void {
    this.#version += 1;
    kept.application.metadata.resourceVersion = `${this.#version}`;
    this.events.emit('event', {
      type,
      application: structuredClone(kept.application),
    });
  }
}
