import { ArgocdApplicationSpec, ArgocdInfo, ArgocdResourceId } from './types';

/** What a list is narrowed to. */
export interface ArgocdListQuery {
  projects?: string[];
  /** A label selector as Kubernetes writes it. */
  selector?: string;
  appNamespace?: string;
}

/** An application that is to be made, or made so. */
export interface ArgocdNewApplication {
  name: string;
  appNamespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  spec: ArgocdApplicationSpec;
}

/** What a sync is to do. */
export interface ArgocdSyncRequest {
  /** A commit, a tag or a branch; what the application follows when absent. */
  revision?: string;
  /** Removes what Git does not have any more. Without it the sync succeeds and it stays. */
  prune?: boolean;
  dryRun?: boolean;
  /** Come back with the operation: how a caller knows its own again. */
  infos?: ArgocdInfo[];
  /** `CreateNamespace=true`, … */
  syncOptions?: string[];
  /** Only these. One that the application does not have is passed over without a word. */
  resources?: ArgocdResourceId[];
}
