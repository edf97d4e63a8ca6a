import { LeaseSelection } from './leaseFleetTypes';
import { EnvironmentSchedule, EnvironmentState, Timestamp } from './types';

/** So many days ahead a calendar of sleeps reaches. */
export const SLEEPS_REACH_DAYS: number = 31;

export interface ListSleepsQuery extends LeaseSelection {
  /** What is over by then is not told: the ledgers of leases say what was. */
  from: Timestamp;
  /** At most {@link SLEEPS_REACH_DAYS} days from now. */
  until: Timestamp;
  cursor?: string;
  limit?: number;
}

/**
 * - `awake`; `asleep`: by its schedule, which wakes it;
 * - `paused`: by somebody, or since its time is up. Its schedule leaves it so.
 */
export type SleepStanding = 'awake' | 'asleep' | 'paused';

/** An environment that has a schedule, and when it sleeps by it unless somebody steps in. */
export interface SleepingEnvironment {
  environmentId: string;
  environmentName: string;
  owner: string;
  state: EnvironmentState;
  schedule: EnvironmentSchedule;
  standing: SleepStanding;
  /** Of what is asked for; none of what is paused. */
  sleeps: SleepTime[];
  /** When it falls asleep or wakes next; absent: not until the end of what is asked for. */
  next?: { kind: 'sleep' | 'wake'; at: Timestamp };
  /** Days of what is asked for on which nothing wakes, as its time zone has them: `2026-12-25`. */
  holidays: string[];
  /** When its time is up, after which it has no more sleeps; absent: never. */
  endsAt?: Timestamp;
  rights: {
    /** Resume it at any time. */
    wake: boolean;
  };
}

export interface SleepTime {
  from: Timestamp;
  /** Absent: it goes on beyond what is asked for. */
  until?: Timestamp;
}
