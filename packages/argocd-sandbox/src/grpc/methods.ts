import { Account } from '../accounts';
import { Spec } from '../application';
import { Calls, VERSION } from '../calls';
import {
  Named,
  Query,
  ResourcesQuery,
  SyncRequest,
} from '../calls/applications';
import { invalid } from '../refusal';
import { NewApplication } from '../sandbox';

/** Who calls. */
export interface Caller {
  token: string | undefined;
  /** @throws Refusal when it is nobody */
  account(): Account;
}

type Tell = (answer: object) => void;

/** Answers once. */
export type Unary = (request: never, caller: Caller) => unknown;

/** Answers until the function that it returns is called. */
export type Streaming = (
  request: never,
  caller: Caller,
  tell: Tell,
) => () => void;

/** What is served of gRPC, by Argo CD's names: the very calls that HTTP has. */
export function methodsOn({ accounts, applications, projects }: Calls) {
  const of = (service: string, methods: Record<string, Unary>) =>
    Object.entries(methods).map(([name, work]): [string, Unary] => [
      `${service}/${name}`,
      work,
    ]);
  const unary = new Map<string, Unary>([
    ...of('version.VersionService', { Version: () => ({ Version: VERSION }) }),
    ...of('session.SessionService', {
      Create: ({ username, password }: Record<string, string>) => ({
        token: accounts.signIn(username, password),
      }),
      GetUserInfo: (_, { token }) => accounts.userInfo(token),
    }),
    ...of('cluster.SettingsService', {
      Get: () => ({
        appLabelKey: 'app.kubernetes.io/instance',
        trackingMethod: 'annotation',
        controllerNamespace: 'argocd',
      }),
    }),
    ...of('cluster.ClusterService', {
      List: (_, caller) => caller.account() && { items: projects.clusters() },
    }),
    ...of('repository.RepositoryService', {
      ListRepositories: (_, caller) =>
        caller.account() && { items: projects.repositories() },
    }),
    ...of('project.ProjectService', {
      List: (_, caller) => ({ items: projects.list(caller.account()) }),
      Get: ({ name = '' }: Partial<Named>, caller) =>
        projects.get(caller.account(), name),
      GetDetailedProject: ({ name = '' }: Partial<Named>, caller) =>
        projects.detailed(caller.account(), name),
    }),
    ...of('application.ApplicationService', {
      List: (query: Query, caller) => ({
        items: applications.list(caller.account(), query),
      }),
      Get: (query: Query & { refresh?: string }, caller) =>
        applications.get(caller.account(), { ...query, ...oneOf(query) }),
      Create: (
        request: { application?: NewApplication; upsert?: boolean },
        caller,
      ) =>
        applications.create(caller.account(), whole(request.application), {
          upsert: request.upsert === true,
          validate: true,
        }),
      UpdateSpec: (request: Named & { spec: Spec }, caller) =>
        applications.updateSpec(caller.account(), request),
      Patch: (request: Named & { patch: string }, caller) =>
        applications.patch(caller.account(), request),
      Delete: (request: Named & { cascade?: boolean }, caller) => {
        applications.delete(caller.account(), request);
        return {};
      },
      Sync: (request: SyncRequest, caller) =>
        applications.sync(caller.account(), request),
      Rollback: (request: Named & { id: number }, caller) =>
        applications.rollback(caller.account(), request),
      TerminateOperation: (request: Named, caller) => {
        applications.terminate(caller.account(), request);
        return {};
      },
      ManagedResources: (query: ResourcesQuery, caller) => ({
        items: applications.managedResources(caller.account(), query),
      }),
      ResourceTree: (query: ResourcesQuery, caller) =>
        applications.tree(caller.account(), query),
      GetManifests: (request: Named & { revision?: string }, caller) =>
        applications.manifests(caller.account(), request),
    }),
  ]);
  const streaming = new Map<string, Streaming>([
    [
      'application.ApplicationService/Watch',
      (query: Query, caller: Caller, tell: Tell) =>
        applications.watch(caller.account(), query, tell),
    ],
    [
      'application.ApplicationService/WatchResourceTree',
      (query: ResourcesQuery, caller: Caller, tell: Tell) =>
        applications.watchTree(caller.account(), query, tell),
    ],
  ]);
  return { unary, streaming };
}

/** A list may ask for several projects by the same words. */
function oneOf({ name = '', projects, project }: Query) {
  const all = [...(projects ?? []), ...(project ?? [])];
  if (all.length > 1) throw invalid('one application is in one project');
  return { name, project: all.at(0) };
}

/** By gRPC what is empty is left out, and who names no project means that one. */
function whole(application: NewApplication | undefined): NewApplication {
  const { metadata, spec } = application ?? {};
  if (!metadata?.name || !spec) throw invalid('there is no application in it');
  const { project = 'default', destination = {} } = spec;
  return { metadata, spec: { ...spec, project, destination } };
}
