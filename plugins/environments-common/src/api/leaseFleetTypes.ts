import { EstimatedCost } from '../blueprint/cost';
import { LeaseStanding } from './leaseTypes';
import {
  BlueprintVersionRef,
  EnvironmentScope,
  EnvironmentState,
  Timestamp,
} from './types';

export const LEASE_LISTS = ['ending', 'grace', 'held', 'protected'] as const;
/**
 * - `ending`: something falls due, a destroy or a pause; `grace`: paused, until it is destroyed;
 * - `held`: somebody holds it; `protected`: nobody destroys it, though its time be up.
 */
export type LeaseListName = (typeof LEASE_LISTS)[number];

/** Whose leases. */
export interface LeaseSelection {
  scope?: EnvironmentScope;
  owner?: string[];
  blueprint?: string[];
  type?: string[];
  /** In the name of the environment. */
  search?: string;
}

export interface ListLeasesQuery extends LeaseSelection {
  /** Absent: `ending`. */
  list?: LeaseListName;
  /** Of `ending`: what falls due not before then. */
  from?: Timestamp;
  /** Of `ending`: what falls due before then. Absent: within 7 days. */
  until?: Timestamp;
  cursor?: string;
  limit?: number;
}

/** A lease among those of many environments. */
export interface LeaseSummary extends LeaseStanding {
  /** What the environment is doing. */
  state: EnvironmentState;
  owner: string;
  createdBy: string;
  type: string;
  blueprint: BlueprintVersionRef;
  /** By the estimate of its blueprint's author; absent: nobody has made one. */
  cost?: EstimatedCost;
}

export interface LeaseOverviewQuery extends LeaseSelection {
  /** So many, today among them; 1 to 31. */
  days: number;
  /** By IANA's name; says when days begin. */
  timeZone: string;
}

/** What falls due on a day: what is overdue counts as today's. */
export interface LeaseDay {
  from: Timestamp;
  /** Not part of the day. */
  until: Timestamp;
  /** Environments that are destroyed. */
  destroys: number;
  /** Environments that are paused, and destroyed after a grace. */
  pauses: number;
}

/** Living environments, by what becomes of them. */
export interface LeaseOverview {
  at: Timestamp;
  /** Beginning with today. */
  days: LeaseDay[];
  living: number;
  /** They have no end. */
  unlimited: number;
  grace: number;
  held: number;
  protected: number;
  /** Of those that are protected, how many are over their time. */
  blocked: number;
}
