import { BlueprintChange } from '../blueprint/compare';
import { BlueprintScheduleSpec } from '../blueprint/document';
import { BlueprintIdle } from '../blueprint/idle';
import { JsonObject } from '../json';
import { Problem } from '../problem';
import { BlueprintTtl, Timestamp } from './types';

/** What can become of a blueprint version. */
export const BLUEPRINT_VERSION_STATUSES = [
  'validating',
  'rejected',
  'draft',
  'published',
  'deprecated',
  'retired',
] as const;
/**
 * - `validating`: its sources are being checked; `rejected`: they are not right;
 * - `draft`: right, but nobody can use it, and its content may still change;
 * - `published`: what new environments are made of;
 * - `deprecated`: it still works, and is not offered any more;
 * - `retired`: what runs on it runs on; no new environments, and no upgrades to it.
 *
 * @public
 */
export type BlueprintVersionStatus =
  (typeof BLUEPRINT_VERSION_STATUSES)[number];

/** What users of a deprecated or retired version are told. */
export interface BlueprintVersionNotice {
  message: string;
  /** The version to use in its place. */
  replacement?: string;
}

export interface BlueprintVersionSummary {
  version: string;
  status: BlueprintVersionStatus;
  /** Of a deprecated or retired version. */
  notice?: BlueprintVersionNotice;
  publishedAt?: Timestamp;
  /** Entity ref of whoever sent it last. */
  publishedBy: string;
  problems: Problem[];
  /** Environments on it that are not destroyed. */
  environments: number;
}

export interface BlueprintSummary {
  name: string;
  title: string;
  description: string;
  entityRef: string;
  owner: string;
  type: string;
  tags: string[];
  /** Absent while no version is published. */
  recommendedVersion?: string;
  /** True when somebody chose it; otherwise it is the highest that is published and no prerelease. */
  recommendedOnPurpose?: boolean;
  versions: number;
  environments: number;
  /** Median of the last 50 successful creates; absent before the first. */
  typicalCreateSeconds?: number;
  /** Of the newest attempt to publish; empty when that went well. */
  problems: Problem[];
}

export interface Blueprint extends BlueprintSummary {
  versionList: BlueprintVersionSummary[];
}

export interface BlueprintVersionComponent {
  id: string;
  driver: string;
  source: string;
  /** Of a source that was fetched: the commit or version that it was when it was published. */
  resolved?: string;
  /** What it waits for, each with the names of the outputs used. */
  uses: { component: string; outputs: string[] }[];
}

export interface BlueprintVersion {
  name: string;
  title: string;
  description: string;
  entityRef: string;
  owner: string;
  type: string;
  version: string;
  status: BlueprintVersionStatus;
  notice?: BlueprintVersionNotice;
  problems: Problem[];
  /** JSON Schema of the inputs, with the `ui:` hints of software templates. */
  inputs: JsonObject;
  components: BlueprintVersionComponent[];
  outputs: { name: string; title: string }[];
  ttl: BlueprintTtl;
  /** When its environments sleep and wake; absent: as the portal's configuration says. */
  schedule?: BlueprintScheduleSpec;
  /** What becomes of those that nobody uses; absent: nothing. */
  idle?: BlueprintIdle;
  snapshotDigest: string;
}

/**
 * A document with every file beside it.
 *
 * @public
 */
export interface BlueprintSource {
  /** The YAML document; that of a version has its content, not its author's comments. */
  document: string;
  /** Files by path relative to the document, content in base64. */
  files: Record<string, string>;
}

/** A blueprint sent by its author, with every file beside it. */
export interface PublishBlueprintRequest extends BlueprintSource {
  /** Check it and keep it as a draft; the same content without this publishes it. */
  draft?: boolean;
}

/** Where people may move a version to. */
export type MoveBlueprintVersionRequest = {
  /** For the record. */
  reason: string;
} & (
  | { status: 'published' }
  | ({ status: 'deprecated' | 'retired' } & BlueprintVersionNotice)
);

export interface RecommendBlueprintRequest {
  /** Absent: the highest that is published and no prerelease, whichever that is. */
  version?: string;
  /** For the record. */
  reason: string;
}

/** A file that is not the same in two versions. */
export interface BlueprintFileChange {
  path: string;
  change: 'added' | 'removed' | 'changed';
  /** Unified, with file names; absent: see `omitted`. */
  diff?: string;
  /** Why there is no diff: no text, too large, or too much differs in all. */
  omitted?: 'binary' | 'large';
}

/**
 * What differs between two versions of a blueprint.
 *
 * @public
 */
export interface BlueprintComparison {
  name: string;
  from: string;
  to: string;
  changes: BlueprintChange[];
  /** By path. */
  files: BlueprintFileChange[];
  /** Whether any of the changes breaks; see {@link BlueprintChange.breaking}. */
  breaking: boolean;
}

/** A living environment that can't be upgraded as it is. */
export interface AffectedEnvironment {
  id: string;
  name: string;
  owner: string;
  version: string;
  /** What is in the way, or would be lost. */
  problems: Problem[];
}

/**
 * What an upgrade to a version would mean for the environments on other versions of its blueprint.
 *
 * @public
 */
export interface BlueprintImpact {
  name: string;
  to: string;
  /** Absent: on all versions below. */
  from?: string;
  /** Living environments that were looked at. */
  environments: number;
  /** Those among them that can't be upgraded as they are, whether the caller may see them or not. */
  affected: number;
  /** Those that the caller may see, by name; the first 100. */
  items: AffectedEnvironment[];
}
