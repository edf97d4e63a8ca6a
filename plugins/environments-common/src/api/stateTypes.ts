import { Timestamp } from './types';

/** One kept version of a component's Terraform state. */
export interface StateVersionSummary {
  id: string;
  component: string;
  serial: number;
  lineage: string;
  /** Bytes, before encryption. */
  size: number;
  resources: number;
  createdAt: Timestamp;
  /** The operation that wrote it; absent when it was restored. */
  operationId?: string;
  /** Who put it back, and the version it was taken from. */
  restored?: { by: string; from: string; reason: string };
  current: boolean;
}

/** Puts the content of an older version in front, as a new version with a higher serial. */
export interface RestoreStateRequest {
  reason: string;
}
