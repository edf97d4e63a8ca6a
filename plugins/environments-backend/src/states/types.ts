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
