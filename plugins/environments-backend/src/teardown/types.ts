import { Problem } from '@greenroom/plugin-environments-common';

/** An environment that should be gone and is not. */
export interface TeardownRecord {
  environmentId: string;
  /** The first failure. */
  since: Date;
  /** In a row. */
  failures: number;
  /** Stays while an operation is under way. */
  nextAttemptAt: Date;
  lastProblem: Problem;
  /** The last that tried; absent when none could be submitted. */
  operationId?: string;
  /** From then on owner and operators are to know. */
  escalatedAt?: Date;
}

export interface TeardownFailure {
  environmentId: string;
  /** Absent when the destroy could not even be submitted. */
  operationId?: string;
  problem: Problem;
}

/** An escalation that nobody was told of yet. */
export interface Untold {
  environmentId: string;
  environmentName: string;
  owner: string;
  createdBy: string;
  failures: number;
  nextAttemptAt: Date;
  lastProblem: Problem;
  /** Attempts to tell it that failed. */
  tellFailures: number;
}

/** Something of a component that exists, as far as anybody knows. */
export interface Leftover {
  component: string;
  driver: string;
  address: string;
  type: string;
  externalId?: string;
  blueprintVersionId?: string;
}

/** A destroyed environment that the catalog may still show. */
export interface CatalogProof {
  environmentId: string;
  environmentName: string;
  /** When it was destroyed. */
  since: Date;
  /** How often it was looked in vain. */
  looks: number;
  /** When the catalog was last told again that it is destroyed. */
  toldAt?: Date;
  /** When the operators were warned. */
  warnedAt?: Date;
}
