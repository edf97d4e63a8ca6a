import { Problem } from '@greenroom/plugin-environments-common';

/** What a dry run of a destroy says of the teardown that is to come. */
export interface Verdict {
  /** What would fail; none: it would get through. */
  problems: Problem[];
  /** What would not fail, and is to be thought of. */
  cautions: Problem[];
  /** Resources that would go. */
  removes: number;
}

/** A verdict as it is kept. */
export interface CheckRecord extends Verdict {
  environmentId: string;
  operationId: string;
  operationNumber: number;
  checkedAt: Date;
  /** The first verdict of that kind in a row; absent: it would get through. */
  failingSince?: Date;
  /** When people were told that it fails. */
  toldAt?: Date;
}

/** A teardown that would fail, and of which nobody was told yet. */
export interface UntoldCheck extends CheckRecord {
  environmentName: string;
  owner: string;
  createdBy: string;
  /** When the lease falls due; absent: it does not. */
  dueAt?: Date;
  /** Attempts to tell it that failed. */
  tellFailures: number;
}
