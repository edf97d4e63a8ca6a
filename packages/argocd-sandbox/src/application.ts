import { Manifest } from './manifest';

export interface Info {
  name: string;
  value: string;
}

export interface Source {
  repoURL: string;
  path?: string;
  targetRevision?: string;
}

export interface Spec {
  project: string;
  source: Source;
  destination: { server?: string; name?: string; namespace?: string };
  syncPolicy?: { automated?: { prune?: boolean; selfHeal?: boolean } };
}

/** What a sync is to do. */
export interface Operation {
  sync: {
    revision: string;
    prune?: boolean;
    dryRun?: boolean;
    source?: Source;
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
    source: Source;
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
    sync: { status: string; revision?: string };
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
      deployedAt: string;
      source: Source;
    }[];
    summary?: { images?: string[] };
  };
}

/** An application with what is known of it beside. */
export interface Kept {
  application: Application;
  /** What Git says; absent until it could be read. */
  targets?: Manifest[];
  /** Lets a sync that waits for a hook go on, to its end. */
  terminate?: () => void;
}
