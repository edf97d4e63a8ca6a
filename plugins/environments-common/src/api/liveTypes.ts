import { Problem } from '../problem';
import { ResourceChange } from './operationTypes';
import { Timestamp } from './types';

/** Whether what is there is what was declared; unknown while the two can't be compared. */
export type LiveSync = 'synced' | 'outOfSync' | 'unknown';

export type LiveHealth =
  'healthy' | 'progressing' | 'degraded' | 'missing' | 'suspended' | 'unknown';

/** How one component stands, by the last look of the system that runs it. */
export interface LiveComponent {
  component: string;
  /** The driver whose system says so. */
  driver: string;
  /** What that system calls it: the name of its application. */
  name: string;
  /** Where people find it there. */
  url?: string;
  sync: LiveSync;
  health: LiveHealth;
  /** Why it is not well or can't be compared, where that is known. */
  message?: string;
  /** What was declared: a commit, the version of a chart. */
  revision?: string;
  /** The system undoes what others change, by itself. */
  selfHeals: boolean;
}

/** What runs of an environment. */
export interface LiveComponents {
  /** In the order of the components; those of drivers that see nothing are left out, as is what is not there. */
  items: LiveComponent[];
  /** Why nothing can be said of others: a system that can't be reached. */
  problems: Problem[];
}

/** One thing that came of a component. */
export interface LiveResource {
  /** Unique within the component. */
  id: string;
  /** What it came of; absent for what was declared itself. */
  parentId?: string;
  /** Empty for the core group of Kubernetes. */
  group: string;
  kind: string;
  namespace?: string;
  name: string;
  /** Absent for what is not compared. */
  sync?: LiveSync;
  /** Absent for what has none. */
  health?: LiveHealth;
  message?: string;
  images: string[];
  createdAt?: Timestamp;
}

/** Something that ran before, and may be gone back to. */
export interface LiveHistoryEntry {
  id: string;
  revision: string;
  deployedAt?: Timestamp;
  /** Where it came from, where that may be told: repository and path. */
  source?: string;
}

/** The last sync, or the one under way. */
export interface LiveOperation {
  phase: 'running' | 'terminating' | 'succeeded' | 'failed';
  message: string;
  startedAt?: Timestamp;
  finishedAt?: Timestamp;
  /** The account there, or the person whom Greenroom did it for; absent: the system by itself. */
  by?: string;
  /** What it brought or brings. */
  revision?: string;
}

/** One component with all that is seen of it. */
export interface LiveDetail extends LiveComponent {
  /** Parents before what came of them. */
  resources: LiveResource[];
  /** In its namespace, and nobody's. */
  orphaned: LiveResource[];
  /** Resources left out of the two lists since there are too many to read. */
  omittedResources: number;
  /** What differs from what was declared, resource by resource, seen from what was declared. */
  changes: ResourceChange[];
  /** Newest first. */
  history: LiveHistoryEntry[];
  operation?: LiveOperation;
}
