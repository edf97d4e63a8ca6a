import { MoreTimeState, Problem } from '@greenroom/plugin-environments-common';

/** Somebody's request for a lease beyond its limits. */
export interface TimeRequest {
  id: string;
  environmentId: string;
  askedBy: string;
  askedAt: Date;
  wantedEnd: Date;
  reason: string;
  /** What stood in the way. */
  limit: Pick<Problem, 'code' | 'message'>;
  state: MoreTimeState;
  /** Once it does not wait any more. */
  answer?: TimeAnswer;
}

/** What became of a request. */
export interface TimeAnswer {
  by: string;
  at: Date;
  reason: string;
}

export type NewTimeRequest = Omit<TimeRequest, 'state' | 'answer'>;
