import { Problem } from '../problem';
import { ListEnvironmentsQuery, Timestamp } from './types';

/** What may be done to many environments at once. */
export const BULK_ACTIONS = [
  'extend',
  'hold',
  'release',
  'pause',
  'resume',
  'destroy',
] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Environments of one request: bounds how long it takes. */
export const BULK_LIMIT = 200;

/** Which environments: as the list of environments filters them. */
export type BulkFilter = Pick<
  ListEnvironmentsQuery,
  'scope' | 'search' | 'state' | 'blueprint' | 'owner' | 'label'
>;

export interface BulkRequest {
  action: BulkAction;
  /** Those, at most {@link BULK_LIMIT}; or those of the filter. */
  ids?: string[];
  filter?: BulkFilter;
  /**
   * How many the caller expects. Must be said to destroy, and with a filter unless it is a dry run:
   * nothing is done when it is another number.
   */
  count?: number;
  /** By how much to extend; the usual of each when neither this nor `until` is said. */
  by?: string;
  /** For `extend` and `hold`, which needs it. */
  until?: Timestamp;
  /** For the record; `hold` needs it. */
  reason?: string;
  /** Say what would be of each, and change nothing. */
  dryRun?: boolean;
}

/** What came of one environment, or would. */
export interface BulkItem {
  environmentId: string;
  /** Absent where the caller may not know of it. */
  name?: string;
  owner?: string;
  /** When it ended as it was; absent: never. */
  expiresBefore?: Timestamp;
  /** When it ends then: of an extension. */
  expiresAfter?: Timestamp;
  /** When something happens next, once a hold is set or released. */
  dueAt?: Timestamp;
  /** How many resources go, as far as they are known: of a destroy. */
  resources?: number;
  /** The one that does it. */
  operation?: { id: string; number: number };
  /** Why nothing was done, or would be. */
  problem?: Problem;
}

/** What came of each; one that is refused keeps none of the others from being done. */
export interface BulkOutcome {
  action: BulkAction;
  dryRun: boolean;
  done: number;
  refused: number;
  items: BulkItem[];
}
