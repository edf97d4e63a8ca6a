import { Problem } from '../problem';
import { LeaseSelection } from './leaseFleetTypes';
import { LeaseRequest, MoveLeaseRequest } from './leaseTypes';
import { Timestamp } from './types';

export const MORE_TIME_STATES = [
  'waiting',
  'approved',
  'declined',
  'withdrawn',
  'lapsed',
] as const;
/**
 * - `waiting`: for somebody who may go beyond the limits; `approved`, `declined`: by them;
 * - `withdrawn`: by whoever asked; `lapsed`: the lease ended, or reaches as far anyway.
 */
export type MoreTimeState = (typeof MORE_TIME_STATES)[number];

/** A request for a lease beyond its limits. It moves nothing by itself, and stops no end. */
export interface MoreTimeRequest {
  id: string;
  environmentId: string;
  environmentName: string;
  /** Of the environment. */
  owner: string;
  askedBy: string;
  askedAt: Timestamp;
  /** The end that is asked for. */
  until: Timestamp;
  reason: string;
  /** The limit that stood in the way. */
  limit: Problem;
  state: MoreTimeState;
  /** Absent: it waits. */
  answer?: { by: string; at: Timestamp; reason: string };
  /** What the caller may do about it. */
  rights: {
    /** Approve and decline it: whoever may go beyond the limits, and has not asked themselves. */
    answer: boolean;
    /** Whoever has asked. */
    withdraw: boolean;
  };
}

/** A request for more time among those of many environments. */
export interface WaitingMoreTime extends MoreTimeRequest {
  /** When the environment ends if nobody answers. */
  expiresAt?: Timestamp;
}

/** By how much more, or until when, and why. */
export interface AskMoreTimeRequest extends MoveLeaseRequest {
  reason: string;
}

/** What becomes of a request for more time. */
export interface AnswerMoreTimeRequest extends LeaseRequest {
  /** Id of the request. */
  request: string;
}

/** Takes words, for whoever asked. */
export interface DeclineMoreTimeRequest extends AnswerMoreTimeRequest {
  reason: string;
}

export interface ListMoreTimeQuery extends LeaseSelection {
  cursor?: string;
  limit?: number;
}
