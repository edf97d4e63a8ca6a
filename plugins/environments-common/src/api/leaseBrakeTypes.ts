import { LeaseStage, OnExpiry } from './leaseTypes';
import { Timestamp } from './types';

/** How a brake ended: they end now, they have more time, or nothing waited any more. */
export type LeaseBrakeEnd = 'released' | 'postponed' | 'lifted';

/** Leases that fell due in a leap of the clock, held for the word of an operator. */
export interface LeaseBrake {
  id: string;
  /** Moves whenever it holds other leases than before. */
  revision: number;
  /** When it was set, by the clock of then. */
  since: Timestamp;
  /** The leap: it holds what falls due after that moment and not later than the next one. */
  dueAfter: Timestamp;
  dueUntil: Timestamp;
  /** How many fell due in the leap. */
  falling: number;
  /** How many leases with an end there were then. */
  living: number;
  /** How many still wait, of those that the caller may see. */
  waiting: number;
  /** Whose they are, the owners of most first; the first twenty. */
  owners: { owner: string; waiting: number }[];
  ownersTotal: number;
  /** While they are being postponed, and in the answer to a word. */
  word?: {
    end: LeaseBrakeEnd;
    by: string;
    reason: string;
    at: Timestamp;
    /** Of a postponement. */
    until?: Timestamp;
  };
}

/** Whether the brake on ends of leases is set, and when it would be. */
export interface LeaseBrakeStatus {
  /** Absent: nothing waits. */
  brake?: LeaseBrake;
  limits: {
    /** A look of the sweep so long after the one before is a leap. */
    leapSeconds: number;
    /** Of all leases with an end, so many may end by a leap. */
    sharePercent: number;
    /** Fewer than that end whatever their share is. */
    atLeast: number;
  };
  rights: {
    /** Say what becomes of what waits. */
    decide: boolean;
  };
}

/** An environment whose lease fell due in a leap. */
export interface WaitingLease {
  environmentId: string;
  environmentName: string;
  owner: string;
  stage: LeaseStage;
  onExpiry: OnExpiry;
  dueAt: Timestamp;
}

export interface ListWaitingLeasesQuery {
  cursor?: string;
  limit?: number;
  /** Any of these. */
  owner?: string[];
}

/** What an operator says of all that a brake holds. */
export interface LeaseBrakeRequest {
  /** For the record. */
  reason: string;
  /** Say it only if this is still its revision. */
  revision?: number;
  /** Say what would be, and change nothing. */
  dryRun?: boolean;
}

/** Has nothing of them fall due for a while. */
export interface PostponeLeaseBrakeRequest extends LeaseBrakeRequest {
  /** From now on, a duration: 8h, 2d. */
  by: string;
}

/** What a word comes to, or would. */
export interface LeaseBrakeAnswer {
  dryRun: boolean;
  /** How many it is about. */
  environments: number;
  brake: LeaseBrake;
}
