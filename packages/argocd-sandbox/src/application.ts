import { HelmOptions } from './helm';
import { KustomizeOptions } from './kustomize';
import { Manifest } from './manifest';

export interface Info {
  name: string;
  value: string;
}

export interface Source {
  repoURL: string;
  path?: string;
  chart?: string;
  targetRevision?: string;
  helm?: HelmOptions;
  kustomize?: KustomizeOptions;
  /** For the value files of other sources alone. */
  ref?: string;
}

export interface Spec {
  project: string;
  source?: Source;
  sources?: Source[];
  destination: { server?: string; name?: string; namespace?: string };
  syncPolicy?: {
    automated?: { prune?: boolean; selfHeal?: boolean };
    syncOptions?: string[];
    managedNamespaceMetadata?: {
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    };
  };
}

export function sourcesOf({ source, sources = [] }: Spec): Source[] {
  return source && sources.length === 0 ? [source] : sources;
}

/** What a sync is to do. */
export interface Operation {
  sync: {
    revision: string;
    revisions?: string[];
    prune?: boolean;
    dryRun?: boolean;
    source?: Source;
    sources?: Source[];
    syncOptions?: string[];
  };
  info: Info[];
  initiatedBy: { username?: string; automated?: boolean };
}

export interface OperationState {
  operation: Operation;
  phase: 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';
  message?: string;
  startedAt: string;
  finishedAt?: string;
  syncResult?: {
    revision: string;
    revisions?: string[];
    source?: Source;
    resources: Record<string, string | undefined>[];
  };
}

/** An application as it is answered. */
export interface Application {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
  };
  spec: Spec;
  operation?: Operation;
  status: {
    sync: {
      status: string;
      revision?: string;
      revisions?: string[];
      comparedTo?: Pick<Spec, 'source' | 'sources' | 'destination'>;
    };
    sourceType?: string;
    sourceTypes?: string[];
    health: { status: string; message?: string };
    operationState?: OperationState | null;
    resources?: object[];
    conditions?: {
      type: string;
      message: string;
      lastTransitionTime: string;
    }[];
    history?: {
      id: number;
      revision: string;
      revisions?: string[];
      deployStartedAt?: string;
      deployedAt: string;
      initiatedBy?: Operation['initiatedBy'];
      source?: Source;
      sources?: Source[];
    }[];
    /** When it was last compared. */
    reconciledAt?: string;
    summary?: { images?: string[]; externalURLs?: string[] };
  };
}

/** An application with what has to be known of it besides, also after the next start. */
export interface KeptApplication {
  application: Application;
  /** Of one that is being deleted: whether what it made goes, too. */
  cascade?: boolean;
}

/** The same while the stand-in runs. */
export interface Kept extends KeptApplication {
  /** What Git says; absent until it could be read. */
  targets?: Manifest[];
  /** Lets a sync that waits for a hook go on, to its end. */
  terminate?: () => void;
  /** When something of it is to become ready. */
  nextLook?: NodeJS.Timeout;
}
