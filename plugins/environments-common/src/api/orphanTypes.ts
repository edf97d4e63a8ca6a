import { EnvironmentScope, Timestamp } from './types';

export const ORPHAN_STATES = ['open', 'gone', 'forgotten'] as const;
/**
 * - `open`: tried again until it is gone; `gone`: that it is, is proven;
 * - `forgotten`: somebody took it upon themselves to call it gone.
 */
export type OrphanState = (typeof ORPHAN_STATES)[number];

/** What a teardown could not remove. */
export interface Orphan {
  id: string;
  environmentId: string;
  environmentName: string;
  component: string;
  driver: string;
  /** The driver's own address: `aws_db_instance.main`. */
  address: string;
  type: string;
  /** The id in the place where it was made, where it is known. */
  externalId?: string;
  /** Entity ref. */
  owner: string;
  state: OrphanState;
  since: Timestamp;
  /** Failed teardowns so far. */
  attempts: number;
  lastError: string;
  /** The last operation that tried. */
  operationId?: string;
  /** When the next one does; absent while one is under way, and once it is no longer open. */
  nextAttemptAt?: Timestamp;
  endedAt?: Timestamp;
  /** Who forgot it, and why. */
  forgotten?: { by: string; reason: string };
}

/** A teardown that failed and is tried again. */
export interface FailedTeardown {
  environmentId: string;
  environmentName: string;
  owner: string;
  since: Timestamp;
  attempts: number;
  lastError: string;
  operationId?: string;
  nextAttemptAt?: Timestamp;
  /** When owner and operators were told; absent before. */
  escalatedAt?: Timestamp;
  /** What is known to be left; see {@link Orphan}. */
  orphans: number;
}

export interface ListOrphansQuery {
  scope?: EnvironmentScope;
  /** Open ones when absent. */
  state?: OrphanState[];
  /** Part of the environment's name, the address or the id. */
  search?: string;
  owner?: string[];
  cursor?: string;
  /** 1 to 100, 50 when absent. */
  limit?: number;
}

/** Calls everything that is left of an environment gone, and the environment destroyed. */
export interface ForgetRequest {
  reason: string;
}
