import { z } from 'zod';
import * as answers from './answers';
import { ArgocdInstanceConfig } from './config';
import { ArgocdInvalidError, ArgocdTimeoutError } from './errors';
import {
  ArgocdListQuery,
  ArgocdNewApplication,
  ArgocdSyncRequest,
} from './requests';
import { ArgocdRequest, Transport } from './transport';
import {
  ArgocdApplication,
  ArgocdApplicationEvent,
  ArgocdApplicationRef,
  ArgocdApplicationSummary,
  ArgocdKubernetesEvent,
  ArgocdManagedResource,
  ArgocdManifest,
  ArgocdProject,
  ArgocdResourceId,
  ArgocdResourceTree,
} from './types';
import { podLog } from './podLog';
import { watch } from './watch';

const APPLICATIONS = ['api', 'v1', 'applications'];

// Argo CD knows a few fields here and passes over all others without a word; conditions and
// revisions are not among them.
const LIST_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'spec',
  'status.sync.status',
  'status.health',
]
  .map(field => `items.${field}`)
  .join(',');

/**
 * One Argo CD, by its REST API.
 *
 * Every method throws an ArgocdError of the class that the cause has, and the reason of `signal`
 * when that aborts. Reads and what may be repeated are tried three times; a sync or a rollback
 * once, since a second one is a second operation.
 */
export class ArgocdClient {
  /** As the configuration names it. */
  readonly instance: string;
  /** Where people open it. */
  readonly frontendUrl: string;
  readonly #transport: Transport;

  constructor(config: ArgocdInstanceConfig) {
    this.instance = config.name;
    this.frontendUrl = config.frontendUrl ?? config.url;
    this.#transport = new Transport(config);
  }

  /** The release that answers, `v3.2.11`. Needs no right. */
  async version(signal?: AbortSignal): Promise<string> {
    const { Version } = await this.#get(
      ['api', 'version'],
      {},
      answers.version,
      signal,
    );
    return Version;
  }

  /** The name of the account that the instance takes us for. */
  async whoAmI(signal?: AbortSignal): Promise<string | undefined> {
    const path = ['api', 'v1', 'session', 'userinfo'];
    const { username } = await this.#get(path, {}, answers.userInfo, signal);
    return username;
  }

  async project(name: string, signal?: AbortSignal): Promise<ArgocdProject> {
    const path = ['api', 'v1', 'projects', name];
    return this.#get(path, {}, answers.project, signal);
  }

  /** Many applications by one request, each with no more than a list needs. Those that may not be seen are left out. */
  async listApplications(
    query: ArgocdListQuery,
    signal?: AbortSignal,
  ): Promise<ArgocdApplicationSummary[]> {
    const { items } = await this.#get(
      APPLICATIONS,
      { ...query, fields: LIST_FIELDS },
      answers.summaryList,
      signal,
    );
    return items;
  }

  /** As Argo CD has it now, without a look at Git or at the cluster. */
  async application(
    ref: ArgocdApplicationRef,
    signal?: AbortSignal,
  ): Promise<ArgocdApplication> {
    return this.#application(ref, {}, signal);
  }

  /**
   * Lets Argo CD look at Git and at the cluster first; `hard` forgets rendered manifests too.
   * Where it does not get that done in time, the state is the one it had: `fresh` says which.
   */
  async refreshed(
    ref: ArgocdApplicationRef,
    refresh: 'normal' | 'hard',
    signal?: AbortSignal,
  ): Promise<{ application: ArgocdApplication; fresh: boolean }> {
    try {
      return {
        application: await this.#application(ref, { refresh }, signal),
        fresh: true,
      };
    } catch (error) {
      if (!(error instanceof ArgocdTimeoutError)) throw error;
      return { application: await this.application(ref, signal), fresh: false };
    }
  }

  /**
   * Makes an application. One that is there already, with the same specification, labels and
   * finalizers, is answered as it is.
   *
   * @param options - `validate: false`: its sources are not read, and need not be readable
   * @throws ArgocdConflictError, reason `existsDifferently`, unless it is to be changed by `upsert`
   */
  async createApplication(
    {
      name,
      appNamespace,
      labels,
      annotations,
      finalizers,
      spec,
    }: ArgocdNewApplication,
    options: { upsert?: boolean; validate?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<ArgocdApplication> {
    const metadata = {
      name,
      ...(appNamespace && { namespace: appNamespace }),
      labels,
      annotations,
      finalizers,
    };
    return this.#call(
      {
        method: 'POST',
        path: APPLICATIONS,
        query: {
          upsert: options.upsert ?? false,
          validate: options.validate,
        },
        body: { metadata, spec },
        repeatable: true,
        signal,
      },
      answers.application,
    );
  }

  /** Changes what `patch` names, by a JSON merge patch: null removes a field, a list is replaced whole. */
  async patchApplication(
    ref: ArgocdApplicationRef,
    patch: ArgocdManifest,
    signal?: AbortSignal,
  ): Promise<ArgocdApplication> {
    return this.#call(
      {
        method: 'PATCH',
        path: [...APPLICATIONS, ref.name],
        body: {
          ...bodyOf(ref),
          patchType: 'merge',
          patch: JSON.stringify(patch),
        },
        repeatable: true,
        signal,
      },
      answers.application,
    );
  }

  /**
   * Begins a deletion; it is over when the application is not found any more. An operation that
   * is under way holds it up: terminate that one.
   *
   * @param options `cascade: false` leaves everything in the cluster
   */
  async deleteApplication(
    ref: ArgocdApplicationRef,
    options: { cascade: boolean },
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#call(
      {
        method: 'DELETE',
        path: [...APPLICATIONS, ref.name],
        query: {
          ...queryOf(ref),
          cascade: options.cascade,
          propagationPolicy: options.cascade ? 'foreground' : undefined,
        },
        repeatable: true,
        signal,
      },
      answers.nothing,
    );
  }

  /**
   * Asks for a sync. The answer has `operation` set and says nothing yet of how it goes.
   *
   * @throws ArgocdConflictError while an operation is under way
   */
  async sync(
    ref: ArgocdApplicationRef,
    { syncOptions, ...request }: ArgocdSyncRequest,
    signal?: AbortSignal,
  ): Promise<ArgocdApplication> {
    return this.#post(
      [...APPLICATIONS, ref.name, 'sync'],
      {
        ...bodyOf(ref),
        ...request,
        ...(syncOptions && { syncOptions: { items: syncOptions } }),
      },
      signal,
    );
  }

  /** Asks for a sync to what an entry of the history had. */
  async rollback(
    ref: ArgocdApplicationRef,
    entry: { id: number; prune?: boolean },
    signal?: AbortSignal,
  ): Promise<ArgocdApplication> {
    const path = [...APPLICATIONS, ref.name, 'rollback'];
    return this.#post(path, { ...bodyOf(ref), ...entry }, signal);
  }

  /** Asks for the end of the operation under way; answers whether there was one. */
  async terminateOperation(
    ref: ArgocdApplicationRef,
    signal?: AbortSignal,
  ): Promise<boolean> {
    try {
      await this.#call(
        {
          method: 'DELETE',
          path: [...APPLICATIONS, ref.name, 'operation'],
          query: queryOf(ref),
          repeatable: true,
          signal,
        },
        answers.nothing,
      );
      return true;
    } catch (error) {
      if (error instanceof ArgocdInvalidError) return false;
      throw error;
    }
  }

  /**
   * What is and what is to be. Look at the application's conditions first: with a
   * `ComparisonError` among them all of this reads as if everything were to be deleted.
   */
  async managedResources(
    ref: ArgocdApplicationRef,
    filter: Partial<ArgocdResourceId> = {},
    signal?: AbortSignal,
  ): Promise<ArgocdManagedResource[]> {
    const { items } = await this.#get(
      [...APPLICATIONS, ref.name, 'managed-resources'],
      { ...queryOf(ref), ...filter },
      answers.managedResourceList,
      signal,
    );
    return items;
  }

  async resourceTree(
    ref: ArgocdApplicationRef,
    signal?: AbortSignal,
  ): Promise<ArgocdResourceTree> {
    const path = [...APPLICATIONS, ref.name, 'resource-tree'];
    return this.#get(path, queryOf(ref), answers.resourceTree, signal);
  }

  /** The manifests of a revision, rendered as a sync would; of the one it follows when absent. */
  async manifests(
    ref: ArgocdApplicationRef,
    revision?: string,
    signal?: AbortSignal,
  ): Promise<{ manifests: ArgocdManifest[]; revision: string }> {
    const path = [...APPLICATIONS, ref.name, 'manifests'];
    const query = { ...queryOf(ref), revision };
    const answer = await this.#get(path, query, answers.manifests, signal);
    return {
      manifests: answer.manifests.map(text => JSON.parse(text)),
      revision: answer.revision,
    };
  }

  /** What Kubernetes says of one resource of the application, or of the application itself. */
  async kubernetesEvents(
    ref: ArgocdApplicationRef,
    resource?: { name: string; namespace?: string; uid: string },
    signal?: AbortSignal,
  ): Promise<ArgocdKubernetesEvent[]> {
    const { items } = await this.#get(
      [...APPLICATIONS, ref.name, 'events'],
      {
        ...queryOf(ref),
        resourceName: resource?.name,
        resourceNamespace: resource?.namespace,
        resourceUID: resource?.uid,
      },
      answers.kubernetesEvents,
      signal,
    );
    return items;
  }

  /** The last lines of the log of a pod that came of the application, oldest first. */
  async podLog(
    ref: ArgocdApplicationRef,
    pod: { name: string; namespace?: string; lines: number },
    signal?: AbortSignal,
  ): Promise<string[]> {
    return podLog(this.#transport, ref, pod, signal);
  }

  /**
   * Says what becomes of applications, from what they are now on, until `signal` aborts. Where
   * the stream breaks off or keeps silent it begins again by itself, so one state may come twice.
   * An application that is not there is waited for.
   *
   * @throws ArgocdError once the instance refuses, or can't be reached three times in a row
   */
  watchApplications(
    query: { name?: string; project: string; appNamespace?: string },
    signal: AbortSignal,
  ): AsyncGenerator<ArgocdApplicationEvent> {
    return watch(this.#transport, query, signal);
  }

  /** Lets go of the connections; what is under way fails. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #application(
    ref: ArgocdApplicationRef,
    query: { refresh?: string },
    signal?: AbortSignal,
  ): Promise<ArgocdApplication> {
    return this.#get(
      [...APPLICATIONS, ref.name],
      { ...queryOf(ref), ...query },
      answers.application,
      signal,
    );
  }

  async #get<T>(
    path: string[],
    query: ArgocdRequest['query'],
    shape: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.#call({ method: 'GET', path, query, signal }, shape);
  }

  async #post(
    path: string[],
    body: unknown,
    signal?: AbortSignal,
  ): Promise<ArgocdApplication> {
    const request: ArgocdRequest = { method: 'POST', path, body, signal };
    return this.#call(request, answers.application);
  }

  async #call<T>(request: ArgocdRequest, shape: z.ZodType<T>): Promise<T> {
    return this.#transport.call(request, shape);
  }
}

function queryOf({ project, appNamespace }: ArgocdApplicationRef) {
  return { project, appNamespace };
}

function bodyOf({ name, project, appNamespace }: ArgocdApplicationRef) {
  return { name, project, appNamespace };
}
