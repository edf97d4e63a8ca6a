import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { Account, mayUse, requireProject } from './accounts';
import { Application, Kept, Operation, sourcesOf, Spec } from './application';
import { Cluster, Living } from './cluster';
import { Controller, Delays } from './controller';
import { idOf, mergePatch, trackedBy } from './manifest';
import { Memory } from './memory';
import { denied, invalid, notFound, precondition, wordsOf } from './refusal';
import { Repositories, UnreadRepository } from './repositories';
import { revisionsOf } from './target';
import { nodesOf } from './tree';

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
  /** `event` with type and application; `change` when anything is not as it was. */
  readonly events = new EventEmitter().setMaxListeners(0);
  readonly projects: string[];
  /** Those of the projects whose applications tell of what is nobody's in their namespace. */
  readonly orphansIn: string[];
  /** The addresses of repositories that there are nowhere else. */
  readonly repositories: string[];
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  #version = 0;

  constructor(options: {
    repositories: Repositories;
    projects: string[];
    /** Projects whose applications tell of what is nobody's in their namespace. */
    orphansIn?: string[];
    delays: Delays;
    now: () => number;
  }) {
    this.projects = options.projects;
    this.orphansIn = options.orphansIn ?? [];
    this.repositories = options.repositories.addresses;
    this.#now = options.now;
    this.cluster = new Cluster(options.delays.healthyMs, options.now, owner => {
      this.events.emit('change');
      const kept = owner === undefined ? undefined : this.#kept.get(owner);
      // While it is synced the end of the sync compares.
      if (kept && !kept.application.operation) this.controller.compare(kept);
    });
    this.controller = new Controller({
      repositories: options.repositories,
      cluster: this.cluster,
      delays: options.delays,
      now: options.now,
      changed: kept => {
        // What was looked at late may be gone by then.
        const { name } = kept.application.metadata;
        if (this.#kept.get(name) === kept) this.#tell('MODIFIED', kept);
      },
      removed: kept => {
        this.#kept.delete(kept.application.metadata.name);
        this.#tell('DELETED', kept);
      },
    });
  }

  memory(): Memory {
    const applications = [...this.#kept.values()].map(
      ({ application, cascade }) => ({ application, cascade }),
    );
    return {
      version: this.#version,
      applications,
      objects: this.cluster.all(),
    };
  }

  /** Goes on where `memory` was taken, with what was under way then. */
  async restore({ version, applications, objects }: Memory): Promise<void> {
    this.#version = version;
    this.cluster.restore(objects);
    for (const kept of applications)
      this.#kept.set(kept.application.metadata.name, { ...kept });
    for (const kept of this.#kept.values()) {
      const { operation, metadata } = kept.application;
      await this.controller.refresh(kept);
      if (operation) this.controller.begin(kept, operation);
      if (metadata.deletionTimestamp)
        void this.controller.delete(kept, kept.cascade !== false);
    }
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
    { upsert, validate }: { upsert: boolean; validate: boolean },
  ): Promise<Application> {
    const { name } = metadata;
    const act = `create, ${spec.project}/${name}`;
    requireProject(account, spec.project, act);
    const existing = this.#kept.get(name);
    if (existing) return this.#again(account, existing, metadata, spec, upsert);
    await this.#check(name, spec, { readable: validate });
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
    return this.update(kept, next);
  }

  async update(
    kept: Kept,
    next: Pick<NewApplication, 'spec'> & Partial<NewApplication>,
  ): Promise<Application> {
    const { application } = kept;
    await this.#check(application.metadata.name, next.spec);
    application.spec = next.spec;
    Object.assign(application.metadata, next.metadata);
    await this.controller.refresh(kept);
    return application;
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
      wanted !== application.spec.source?.targetRevision
    )
      throw precondition(
        `Cannot sync to ${wanted}: auto-sync currently set to ${application.spec.source?.targetRevision}`,
      );
    const { source, sources } = { ...application.spec, ...operation.sync };
    let commits: string[];
    try {
      ({ commits } = await this.controller.target(application, {
        sources: sources ?? (source ? [source] : undefined),
        revision: wanted,
      }));
    } catch (error) {
      throw precondition(`error resolving repo revision: ${wordsOf(error)}`);
    }
    if (application.operation)
      throw precondition('another operation is already in progress');
    const sync = {
      ...operation.sync,
      ...{ source, sources },
      ...revisionsOf(application.spec, commits),
    };
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
    const { revision, source, sources } = entry;
    return this.sync(kept, {
      sync: { revision, source, sources, prune },
      info: [],
      initiatedBy: { username: by.name },
    });
  }

  /** Everything that came of an application, and what is nobody's beside it. */
  tree({ application: { metadata, spec } }: Kept) {
    const { cluster } = this;
    const isOrphaned = ({ manifest }: Living) =>
      this.orphansIn.includes(spec.project) &&
      idOf(manifest).namespace === spec.destination.namespace &&
      !this.#kept.has(trackedBy(manifest) ?? '');
    return {
      nodes: nodesOf(cluster, cluster.livingOf(metadata.name)),
      orphanedNodes: nodesOf(cluster, cluster.all().filter(isOrphaned)),
    };
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
    const own = application.metadata;
    Object.assign(own, {
      labels: { ...own.labels, ...labels },
      annotations: { ...own.annotations, ...annotations },
      finalizers,
    });
    application.spec = spec;
    await this.controller.refresh(kept);
    return application;
  }

  async #check(
    name: string,
    spec: Spec,
    { readable = true } = {},
  ): Promise<void> {
    const wrong = (words: string) =>
      invalid(
        `application spec for ${name} is invalid: InvalidSpecError: ${words}`,
      );
    if (!this.projects.includes(spec.project))
      throw wrong(
        `Application referencing project ${spec.project} which does not exist`,
      );
    if (!readable) return;
    try {
      await this.controller.target({ metadata: { name }, spec });
    } catch (error) {
      if (error instanceof UnreadRepository) throw wrong(error.message);
      const paths = sourcesOf(spec).map(({ path }) => path);
      throw wrong(
        `Unable to generate manifests in ${paths.join(', ')}: ${wordsOf(error)}`,
      );
    }
  }

  #tell(type: string, kept: Kept): void {
    this.#version += 1;
    kept.application.metadata.resourceVersion = `${this.#version}`;
    this.events.emit('change');
    this.events.emit('event', {
      type,
      application: structuredClone(kept.application),
    });
  }
}
