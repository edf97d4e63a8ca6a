import { Problem } from '../problem';
import { Timestamp } from './types';

/** What a dry run of its destroy has said of the next teardown of an environment. */
export interface TeardownCheck {
  checkedAt: Timestamp;
  /** The dry run; its plan says what would go, one by one. */
  operationId: string;
  /** Its number in the environment. */
  operationNumber: number;
  /** Since when it would fail; absent: it would get through. */
  failingSince?: Timestamp;
  /** When owner and creator were told that it would; absent before. */
  toldAt?: Timestamp;
  /** What would fail; none: it would get through. */
  problems: Problem[];
  /** What would not fail, and is to be thought of. */
  cautions: Problem[];
  /** Resources that would go. */
  removes: number;
}

/** A teardown that would fail. */
export interface FailingTeardownCheck extends TeardownCheck {
  environmentId: string;
  environmentName: string;
  /** Entity ref. */
  owner: string;
  /** When the lease ends; absent: it does not. */
  dueAt?: Timestamp;
}
