import { JsonObject } from '../json';
import { LeaseSelection } from './leaseFleetTypes';
import { Timestamp } from './types';

export const LEASE_OUTCOMES = [
  'ended',
  'paused',
  'earlier',
  'later',
  'needs-end',
  'unchanged',
] as const;
/**
 * What would be of an environment, had its lease been granted and extended under other rules:
 *
 * - `ended`: its time would have been up before now; `paused`: so, and it would be in its grace;
 * - `earlier`, `later`: it would end then; `unchanged`: it would end when it does;
 * - `needs-end`: the request would have had to say when it ends.
 */
export type LeaseOutcome = (typeof LEASE_OUTCOMES)[number];

export interface SimulateLeasesRequest extends LeaseSelection {
  /** As `environments.leases.rules` in the configuration. */
  rules: JsonObject[];
  /** How far hours are counted; 1 to 90, 14 when absent. */
  horizonDays?: number;
}

/** What would be of one environment. */
export interface SimulatedLease {
  environmentId: string;
  environmentName: string;
  owner: string;
  outcome: LeaseOutcome;
  /** When it ends; absent: never. */
  endsAt?: Timestamp;
  /** When it would; absent: never, or nobody can say. */
  wouldEndAt?: Timestamp;
  /** Which rule would make it so. */
  rule?: string;
  /** As it is now, it is beyond the maximum of those rules; it stays, and can't be extended. */
  overMaximum: boolean;
  /** From now on it could be extended less far, or less often. */
  losesExtensions: boolean;
  /** Absent: nobody has estimated it. */
  cost?: SimulatedCost;
}

/**
 * What something costs until the horizon, by the estimates of the blueprints' authors: in its grace
 * an environment is paused, at all other times it counts as awake. Amounts in different currencies
 * are never added up.
 */
export interface SimulatedCost {
  /** ISO 4217: EUR. */
  currency: string;
  now: number;
  simulated: number;
}

/** What other rules would have come to; nothing is changed. */
export interface LeaseSimulation {
  at: Timestamp;
  horizonDays: number;
  /** How many leases were looked at. */
  leases: number;
  outcomes: Record<LeaseOutcome, number>;
  overMaximum: number;
  losesExtensions: number;
  /** Hours that the environments are on until the horizon; their sleep is not taken off. */
  hours: { now: number; simulated: number };
  /** What all of them cost, one for each currency, by its code. */
  costs: SimulatedCost[];
  /** Of how many nobody has estimated what they cost. */
  withoutCost: number;
  /** Whose environments would fare otherwise, the owners of most first; the first fifty. */
  owners: LeaseSimulationOwner[];
}

export interface LeaseSimulationOwner {
  owner: string;
  /** Environments of theirs that would fare otherwise. */
  environments: number;
  /** By how many hours more, or less. */
  hours: number;
}

export interface ListSimulatedLeasesRequest extends SimulateLeasesRequest {
  cursor?: string;
  limit?: number;
}

/** Environments that would fare otherwise, by their names. */
export interface SimulatedLeasePage {
  items: SimulatedLease[];
  nextCursor?: string;
}
