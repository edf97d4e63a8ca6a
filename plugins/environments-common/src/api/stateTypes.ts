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

/** By which keys everything that is sealed in the database is sealed. */
export interface SealedSummary {
  /** Id of the key that seals from now on. */
  firstKey: string;
  keys: {
    key: string;
    /** False: what it has sealed can't be opened. */
    configured: boolean;
    values: number;
    /** Where some of them are, in words. */
    examples: string[];
  }[];
}

export interface RekeyRequest {
  /** Of the batch before; absent to begin. */
  cursor?: string;
}

export interface RekeyProgress {
  /** Values that this batch has sealed again. */
  resealed: number;
  /** Absent at the end. */
  nextCursor?: string;
}
