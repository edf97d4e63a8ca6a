import { ArgocdCondition } from './errors';

/** Any Kubernetes object, or part of one. */
export type ArgocdManifest = Record<string, unknown>;

/** `Unknown` too for what a later release may say, and just after the creation. */
export type ArgocdSyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

/** `Unknown` too for what a later release may say. */
export type ArgocdHealthStatus =
  'Healthy' | 'Progressing' | 'Degraded' | 'Missing' | 'Suspended' | 'Unknown';

/** How well something is, and why. */
export interface ArgocdHealth {
  status: ArgocdHealthStatus;
  message?: string;
}

/** One resource in a cluster. */
export interface ArgocdResourceId {
  /** Empty for the core group. */
  group: string;
  kind: string;
  /** Absent for what belongs to the whole cluster. */
  namespace?: string;
  name: string;
}

/** Where manifests come from. Fields that are not listed are kept as they are. */
export interface ArgocdSource {
  repoURL: string;
  path?: string;
  targetRevision?: string;
  chart?: string;
  [field: string]: unknown;
}

/** What an application is to be. Fields that are not listed are kept as they are. */
export interface ArgocdApplicationSpec {
  project: string;
  source?: ArgocdSource;
  sources?: ArgocdSource[];
  destination: {
    server?: string;
    name?: string;
    namespace?: string;
    [field: string]: unknown;
  };
  syncPolicy?: { automated?: unknown; [field: string]: unknown };
  [field: string]: unknown;
}

/** What one sync did with one resource. */
export interface ArgocdResourceResult extends ArgocdResourceId {
  version: string;
  /** `Synced`, `SyncFailed`, `Pruned` or `PruneSkipped`. */
  status?: string;
  message?: string;
  syncPhase?: string;
  hookType?: string;
  hookPhase?: string;
}

/** A word that travels with an operation, so that it is known again. */
export interface ArgocdInfo {
  name: string;
  value: string;
}

/** What was asked for, and by whom. */
export interface ArgocdOperation {
  info: ArgocdInfo[];
  /** Argo CD itself, where it is `automated`. */
  initiatedBy?: { username?: string; automated?: boolean };
}

/** The last operation, or the one under way. */
export interface ArgocdOperationState {
  operation: ArgocdOperation;
  phase: 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';
  message: string;
  startedAt?: string;
  finishedAt?: string;
  syncResult?: {
    revision: string;
    revisions: string[];
    resources: ArgocdResourceResult[];
  };
}

/** A resource of an application, as last compared. */
export interface ArgocdResourceState extends ArgocdResourceId {
  version: string;
  /** Absent for what is not compared, as hooks. */
  status?: ArgocdSyncStatus;
  health?: ArgocdHealth;
  /** True for everything, wrongly, while the application has a condition `ComparisonError`. */
  requiresPruning: boolean;
}

/** One sync that succeeded. */
export interface ArgocdHistoryEntry {
  /** Counts from 0. */
  id: number;
  revision: string;
  revisions: string[];
  deployedAt?: string;
  /** Where it came from, one after another where there were several. */
  sources: ArgocdSource[];
}

/** An application as Argo CD 3 answers it, as far as it is read here. */
export interface ArgocdApplication {
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers: string[];
    creationTimestamp?: string;
    /** Set while it is being deleted. */
    deletionTimestamp?: string;
  };
  spec: ArgocdApplicationSpec;
  /** Waiting or under way; absent once it is over. */
  operation?: ArgocdOperation;
  status: {
    sync: {
      status: ArgocdSyncStatus;
      revision: string;
      revisions: string[];
      /** The sources that it speaks of, which lag behind those of the specification. */
      comparedTo: ArgocdSource[];
    };
    health: ArgocdHealth;
    /** That of the operation before, or nothing, right after a sync was asked for. */
    operationState?: ArgocdOperationState;
    resources: ArgocdResourceState[];
    conditions: ArgocdCondition[];
    history: ArgocdHistoryEntry[];
    summary?: { images: string[]; externalURLs: string[] };
    /** `Helm`, `Kustomize`, `Directory` or `Plugin`, one each; empty for what has no manifests, or is not known yet. */
    sourceTypes: string[];
    reconciledAt?: string;
  };
}

/** The little that a list of many needs. */
export interface ArgocdApplicationSummary {
  name: string;
  namespace?: string;
  labels: Record<string, string>;
  spec: ArgocdApplicationSpec;
  /** `Unknown` where it can't be compared; the application itself says why. */
  sync: ArgocdSyncStatus;
  health: ArgocdHealth;
}

/** A resource with what it is and what it is to be. */
export interface ArgocdManagedResource extends ArgocdResourceId {
  /** What a sync would do. `prune`, wrongly, for all of them while there is a `ComparisonError`. */
  change: 'create' | 'update' | 'prune' | 'none';
  /** What Git says; absent for what Git does not have. */
  targetState?: ArgocdManifest;
  /** What the cluster has; absent for what is not there. */
  liveState?: ArgocdManifest;
  /** The two sides of a diff. Values of secrets read `++++++++`. */
  before?: ArgocdManifest;
  after?: ArgocdManifest;
  hook?: boolean;
  resourceVersion?: string;
}

/** A resource as part of the tree of everything that came of an application. */
export interface ArgocdResourceNode extends ArgocdResourceId {
  version: string;
  uid?: string;
  parentRefs: ArgocdTreeRef[];
  info: ArgocdInfo[];
  images: string[];
  health?: ArgocdHealth;
  createdAt?: string;
}

/** A resource in the tree, by what it is and its uid. */
export interface ArgocdTreeRef extends ArgocdResourceId {
  version: string;
  uid?: string;
}

/** Everything that came of an application, and what nobody owns in its namespace. */
export interface ArgocdResourceTree {
  nodes: ArgocdResourceNode[];
  /** Empty where its project does not tell of them. */
  orphanedNodes: ArgocdResourceNode[];
}

/** What Kubernetes has to say of a resource. */
export interface ArgocdKubernetesEvent {
  type?: string;
  reason: string;
  message: string;
  count?: number;
  lastTimestamp?: string;
  involvedObject: { kind: string; name: string; namespace?: string };
}

/** What a project lets its applications do. */
export interface ArgocdProject {
  metadata: { name: string };
  spec: {
    sourceRepos: string[];
    destinations: { server?: string; name?: string; namespace?: string }[];
    clusterResourceWhitelist: { group: string; kind: string }[];
  };
}

/** An application has come to be what it is, or is gone. */
export interface ArgocdApplicationEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  application: ArgocdApplication;
}

/** Which application is meant. The project keeps a missing one apart from a forbidden one. */
export interface ArgocdApplicationRef {
  name: string;
  project: string;
  /** Where the resource of the application itself lies, if not with Argo CD. */
  appNamespace?: string;
}
