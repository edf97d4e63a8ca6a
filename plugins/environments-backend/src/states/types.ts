/** What the tool says of itself when it takes a lock; kept and shown as it came. */
export interface LockInfo {
  ID: string;
  [detail: string]: unknown;
}

/** A lock, with the claim under which it was taken. */
export interface HeldLock {
  info: LockInfo;
  operationId: string;
  fence: number;
}

/** What a token opens: one state, for one claim on one operation. */
export interface StateGrant {
  stateId: string;
  operationId: string;
  fence: number;
}

export interface StateVersion {
  id: string;
  serial: number;
  lineage: string;
  /** Sealed. */
  content: Buffer;
}

/** Who wrote a version: an operation at work, or somebody who put an older one back. */
export type StateOrigin =
  { operationId: string } | { by: string; from: string; reason: string };

export interface NewStateVersion extends Omit<StateVersion, 'id'> {
  stateId: string;
  /** Bytes, before it was sealed. */
  size: number;
  resources: number;
  origin: StateOrigin;
  at: Date;
}

/** A version as its row holds it, without its content. */
export interface StateVersionRecord {
  id: string;
  stateId: string;
  environmentId: string;
  component: string;
  serial: number;
  lineage: string;
  size: number;
  /** Absent: written by the first release, which did not count. */
  resources?: number;
  origin: StateOrigin;
  createdAt: Date;
  current: boolean;
}
