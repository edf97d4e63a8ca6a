import { applyPatch } from 'fast-json-patch';
import { Account, mayUse } from '../accounts';
import { Application, Info, Kept, Spec } from '../application';
import { managedResources } from '../managedResources';
import { Refusal, unserved } from '../refusal';
import { NewApplication, Sandbox } from '../sandbox';
import { isSelected } from '../selector';

/** What names one application. */
export interface Named {
  name: string;
  project?: string;
  appNamespace?: string;
}

/** Which applications are meant; all that may be seen when it says nothing. */
export interface Query {
  name?: string;
  appNamespace?: string;
  projects?: string[];
  project?: string[];
  selector?: string;
}

/** What names a resource, or several, by what of it is given. */
export interface ResourcesQuery {
  applicationName: string;
  project?: string;
  appNamespace?: string;
  group?: string;
  kind?: string;
  namespace?: string;
  name?: string;
}

export interface SyncRequest extends Named {
  revision?: string;
  prune?: boolean;
  dryRun?: boolean;
  infos?: Info[];
  syncOptions?: { items?: string[] };
  resources?: unknown[];
  manifests?: unknown[];
  revisions?: unknown[];
}

/** The calls on applications, by the names that Argo CD has for them, whichever way they come. */
export class ApplicationCalls {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly frozen: () => boolean,
  ) {}

  list(account: Account, query: Query): Application[] {
    return this.sandbox
      .list(account, projectsOf(query))
      .filter(({ metadata }) => !query.name || metadata.name === query.name)
      .filter(({ metadata }) => isSelected(metadata.labels, query.selector));
  }

  async get(
    account: Account,
    request: Named & { refresh?: string },
  ): Promise<Application> {
    const found = this.#find(account, request);
    if (request.refresh) {
      // As a real one whose repo-server hangs: no answer at all.
      if (this.frozen()) return new Promise(() => {});
      await this.sandbox.controller.refresh(found);
    }
    return found.application;
  }

  async create(
    account: Account,
    application: NewApplication,
    options: { upsert: boolean; validate: boolean },
  ): Promise<Application> {
    return this.sandbox.create(account, application, options);
  }

  async updateSpec(
    account: Account,
    request: Named & { spec: Spec },
  ): Promise<Spec> {
    const found = this.#find(account, request);
    return (await this.sandbox.update(found, { spec: request.spec })).spec;
  }

  async patch(
    account: Account,
    request: Named & { patch: string; patchType?: string },
  ): Promise<Application> {
    const found = this.#find(account, request);
    const patch = parsed(request.patch);
    if (request.patchType === 'merge') return this.sandbox.patch(found, patch);
    const { metadata, spec } = structuredClone(found.application);
    const { newDocument } = applyPatch({ metadata, spec }, patch as []);
    return this.sandbox.update(found, newDocument);
  }

  delete(account: Account, request: Named & { cascade?: boolean }): void {
    const found = this.#find(account, request);
    if (!found.application.metadata.deletionTimestamp)
      void this.sandbox.controller.delete(found, request.cascade !== false);
  }

  async sync(account: Account, request: SyncRequest): Promise<Application> {
    const found = this.#find(account, request);
    for (const part of ['resources', 'manifests', 'revisions'] as const)
      if (request[part]?.length) throw unserved(`A sync of single ${part}`);
    const { revision = '', prune, dryRun, infos = [], syncOptions } = request;
    return this.sandbox.sync(found, {
      sync: { revision, prune, dryRun, syncOptions: syncOptions?.items },
      info: infos,
      initiatedBy: { username: account.name },
    });
  }

  async rollback(
    account: Account,
    request: Named & { id: number; prune?: boolean },
  ): Promise<Application> {
    return this.sandbox.rollback(
      this.#find(account, request),
      request,
      account,
    );
  }

  terminate(account: Account, request: Named): void {
    this.sandbox.terminate(this.#find(account, request));
  }

  managedResources(account: Account, query: ResourcesQuery) {
    const all = this.sandbox.controller.compared(this.#ofQuery(account, query));
    return managedResources(all).filter(item =>
      (['group', 'kind', 'namespace', 'name'] as const).every(
        field => !query[field] || query[field] === item[field],
      ),
    );
  }

  tree(account: Account, query: ResourcesQuery) {
    return this.sandbox.tree(this.#ofQuery(account, query));
  }

  async manifests(account: Account, request: Named & { revision?: string }) {
    const { application } = this.#find(account, request);
    const { commits, manifests } = await this.sandbox.controller.target(
      application,
      { revision: request.revision || undefined },
    );
    const texts = manifests.map(manifest => JSON.stringify(manifest));
    return { manifests: texts, revision: commits[0] };
  }

  /**
   * Tells of what is there, then of each change.
   *
   * @returns ends it
   */
  watch(
    account: Account,
    query: Query,
    tell: (event: Event) => void,
  ): () => void {
    const projects = projectsOf(query);
    // Said now, or the first change would be what stumbles over it.
    isSelected({}, query.selector);
    const tellWanted = (event: Event) => {
      const { metadata, spec } = event.application;
      if (
        mayUse(account, spec.project) &&
        (!query.name || query.name === metadata.name) &&
        (projects.length === 0 || projects.includes(spec.project)) &&
        isSelected(metadata.labels, query.selector)
      )
        tell(event);
    };
    for (const application of this.sandbox.list(account, []))
      tellWanted({ type: 'ADDED', application });
    return this.#follow(tellWanted);
  }

  /** The same with the tree of one application. */
  watchTree(
    account: Account,
    query: ResourcesQuery,
    tell: (tree: ReturnType<Sandbox['tree']>) => void,
  ): () => void {
    const found = this.#ofQuery(account, query);
    tell(this.sandbox.tree(found));
    return this.#follow(({ application }) => {
      if (application.metadata.uid === found.application.metadata.uid)
        tell(this.sandbox.tree(found));
    });
  }

  #follow(listener: (event: Event) => void): () => void {
    const { events } = this.sandbox;
    events.on('event', listener);
    return () => events.off('event', listener);
  }

  #ofQuery(account: Account, query: ResourcesQuery): Kept {
    return this.#find(account, { ...query, name: query.applicationName });
  }

  #find(account: Account, { name, project, appNamespace }: Named): Kept {
    if (appNamespace && appNamespace !== 'argocd')
      throw new Refusal(403, 7, 'permission denied');
    return this.sandbox.find(account, name, project || undefined);
  }
}

export interface Event {
  type: string;
  application: Application;
}

function projectsOf({ projects = [], project = [] }: Query): string[] {
  return projects.length > 0 ? projects : project;
}

function parsed(patch: string): unknown {
  try {
    return JSON.parse(patch);
  } catch (error) {
    throw new Refusal(500, 2, `error decoding the patch: ${error}`);
  }
}
