import {
  BlueprintDocument,
  BlueprintVersionNotice,
  BlueprintVersionStatus,
  Problem,
} from '@greenroom/plugin-environments-common';
import { DriverPackageAddress } from '@greenroom/plugin-environments-node';

/** A version that environments may be made of. */
export interface PublishedBlueprint {
  versionId: string;
  name: string;
  title: string;
  version: string;
  entityRef: string;
  owner: string;
  type: string;
  document: BlueprintDocument;
  snapshotDigest: string;
  /** Of its blueprint; absent: no version is. */
  recommended?: string;
  /** What whoever uses it should know: it is deprecated. */
  warnings: Problem[];
}

/** What all versions of a blueprint share; as its newest published version says. */
export interface BlueprintRecord {
  name: string;
  entityRef: string;
  title: string;
  description: string;
  owner: string;
  type: string;
  tags: string[];
  recommendedVersion?: string;
  /** Somebody chose it; otherwise it is the highest. */
  recommendedOnPurpose: boolean;
}

export interface BlueprintVersionRecord {
  id: string;
  blueprint: string;
  version: string;
  status: BlueprintVersionStatus;
  /** Once checked it is a draft, or was one. */
  draft: boolean;
  /** Of a deprecated or retired version. */
  notice?: BlueprintVersionNotice;
  document: BlueprintDocument;
  /** Over document and authored snapshot: what must not change once published. */
  digest: string;
  /** The document's files, and those that its sources were fetched as. */
  authoredDigest: string;
  /** The same with what the drivers added when they checked it: what environments are made of. */
  snapshotDigest: string;
  /** What was taken for sources that are fetched, by component: a commit, a version. */
  resolved: Record<string, string>;
  problems: Problem[];
  publishedBy: string;
  createdAt: Date;
  publishedAt?: Date;
}

/** A blueprint document that the catalog holds, with the outcome of its last reading. */
export interface BlueprintSourceRecord {
  entityRef: string;
  location: string;
  blueprint: string;
  version: string;
  etag: string;
  problems: Problem[];
  checkedAt: Date;
}

/** A file on its way into a snapshot. */
export interface SnapshotFile {
  /** Relative to the document, with forward slashes. */
  path: string;
  content: Buffer;
}

/** A blueprint's document and what lies beside it, wherever its author keeps them. */
export interface BlueprintLocation {
  /** @throws InputProblemError when it can't be read */
  readText(): Promise<string>;
  /** The top folders of the document's sources. A folder that is not there gives no files. */
  readFiles(document: BlueprintDocument): Promise<SnapshotFile[]>;
}

export interface Snapshot {
  digest: string;
  /** Bytes of all files. */
  size: number;
  files: SnapshotEntry[];
}

/** A file of a snapshot; without content when its blob is known to be stored. */
export interface SnapshotEntry {
  path: string;
  blobDigest: string;
  /** Bytes. */
  size: number;
  content?: Buffer;
}

/** What may be fetched: for a component, or for what a driver finds in its source. */
export type PackageAddress =
  | DriverPackageAddress
  | {
      kind: 'tree';
      /** A folder at a ref, as the Git host shows it. */
      url: string;
    };

/** A package as it was last fetched. */
export interface PackageRecord {
  /** The address in one text. */
  address: string;
  snapshotDigest: string;
  /** A commit, or a version. */
  resolved: string;
  /** When the host last said that this is it. */
  askedAt: Date;
}
