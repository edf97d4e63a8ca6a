import {
  JsonObject,
  JsonValue,
  PlanPurpose,
  PlanSummary,
  Problem,
  ResourceChange,
} from '@greenroom/plugin-environments-common';
import { DriverLive } from './live';

/** One line of what a driver's tool says, before masking and storage. */
export interface DriverLogLine {
  stream: 'stdout' | 'stderr' | 'greenroom';
  level: 'info' | 'warning' | 'error';
  text: string;
}

/** Takes lines in the order they happen. Never throws and never blocks the driver. */
export type DriverLogSink = (line: DriverLogLine) => void;

/**
 * Where a driver that keeps state (Terraform's `http` backend) reads, writes and locks it.
 * The credentials open this one state and only while the operation's claim holds.
 */
export interface DriverStateAccess {
  address: string;
  lockAddress: string;
  unlockAddress: string;
  username: string;
  password: string;
}

/** What a driver is told about the component it works on. */
export interface DriverComponent {
  id: string;
  /** The component's `with`, every expression already resolved; the overlay of `pause` is in it while paused. */
  with: JsonObject;
  /** The environment is paused, or being paused: for drivers that have a way of their own. */
  paused: boolean;
  /**
   * The component's source as an absolute folder: a fresh copy out of the blueprint
   * version's snapshot that the driver may write into. Kept warm between steps of one operation.
   */
  folder: string;
  /** Path of `folder` inside the snapshot; places in problems are given relative to the snapshot. */
  sourcePath: string;
}

export interface DriverEnvironment {
  id: string;
  name: string;
  owner: string;
  type: string;
}

/** Given to every step that touches the world. */
export interface DriverContext {
  operationId: string;
  /**
   * Grows whenever another worker takes the operation over. A driver whose system can refuse a
   * writer by number hands it on: a process that wakes up late does no harm there.
   */
  fence: number;
  environment: DriverEnvironment;
  component: DriverComponent;
  state: DriverStateAccess;
  log: DriverLogSink;
  /**
   * Says that a resource exists from now on, as soon as the driver knows and before anything else
   * is sure: should tool and state be lost, the record still knows what to look for. Not for
   * resources that exist in the state alone. Never throws and never blocks.
   */
  made: (resource: DriverResource) => void;
  /** Aborted when the claim is lost or the step is cancelled: interrupt, wait, then kill. */
  signal: AbortSignal;
}

/** Names what a source takes from elsewhere. */
export type DriverPackageAddress =
  | {
      kind: 'git';
      /** `https://host/owner/repository`, with or without `.git`. */
      repository: string;
      ref: string;
    }
  | {
      kind: 'registry';
      /** Absent: the public registry. */
      host?: string;
      /** `namespace/name/provider` */
      module: string;
      /** A constraint as Terraform writes it, `~> 1.2`; absent: the newest. */
      version?: string;
    };

/** A file of a source, its path relative and with forward slashes. */
export interface DriverSourceFile {
  path: string;
  content: Buffer;
}

/** What was found at an address, whole: without links, and no path leads out of it. */
export interface DriverPackage {
  /** Git: the commit, or what the host gives in its place. Registries: the version. */
  resolved: string;
  files: DriverSourceFile[];
}

/** Given to `validate`: the source alone, no state, no environment, no credentials. */
export interface DriverValidateContext {
  component: { id: string; with: JsonObject; folder: string };
  /** Keys of the component's `with` whose values will be made of secrets. */
  secrets: string[];
  /** Path of `folder` inside the snapshot; places in problems are given relative to the snapshot. */
  sourcePath: string;
  /**
   * Reads a package by the portal's rules, which say what hosts may be read. The only way for a
   * driver to get one: its tool must fetch no source by itself.
   *
   * @throws DriverError when it may not or can't be had
   */
  fetch: (address: DriverPackageAddress) => Promise<DriverPackage>;
  /**
   * Adds a file to the version: it lies in `folder` whenever the driver works on the component
   * from then on. For what the source takes from elsewhere, and for what pins it.
   *
   * @throws DriverError when the version would become larger than is kept
   */
  keep: (file: DriverSourceFile) => void;
  signal: AbortSignal;
}

/** Given to `eject`: a copy of the source, which stays as it is left. */
export interface DriverEjectContext {
  component: {
    id: string;
    /** As it was last applied, without what is a secret. */
    with: JsonObject;
    folder: string;
  };
}

export interface DriverPlan {
  summary: PlanSummary;
  changes: ResourceChange[];
  /** Digest over what would change; two plans with the same hash do the same. */
  hash: string;
  /** False when an apply would do nothing. */
  hasChanges: boolean;
  /**
   * Names of the outputs whose value would not be the same afterwards, or may not be: who takes
   * one of them can't be planned before this is applied.
   */
  changedOutputs: string[];
}

export interface DriverOutput {
  value: JsonValue;
  sensitive: boolean;
}

export interface DriverResource {
  address: string;
  type: string;
  externalId?: string;
}

export interface DriverApplied {
  outputs: Record<string, DriverOutput>;
  resources: DriverResource[];
}

/** Whether anything of the component is left, by the driver's own look. */
export interface DriverProof {
  gone: boolean;
  /** What is left, when not gone. */
  left: DriverResource[];
}

/**
 * Makes, changes and removes components of one kind.
 *
 * Every method may be called again after a crash at any instant: a repeated `plan` or `prove`
 * changes nothing, a repeated `destroy` ends in the same place as one, and an `apply` is never
 * repeated without a new plan.
 * A failure whose cause is known is thrown as a {@link DriverError}; whatever was made up to
 * then must be in the state, so that a later `destroy` finds it.
 * After `signal` aborts, a method settles only once its tool has ended: it throws
 * DriverAbortedError, or answers when the work was done all the same.
 */
export interface EnvironmentDriver {
  /** The word a blueprint's `driver:` says. */
  readonly id: string;

  /**
   * Checks a source before it is published, and completes it by what it takes from elsewhere.
   * Problems are returned, not thrown.
   */
  validate(context: DriverValidateContext): Promise<Problem[]>;

  /**
   * Names of the outputs that a source gives; undefined, or no such method, where only an apply
   * can tell. Called after `validate`, for blueprints that draw on others.
   */
  declaredOutputs?(
    component: DriverValidateContext['component'],
  ): Promise<string[] | undefined>;

  /**
   * Says what would change, and keeps that plan in the folder. Changes nothing but the folder.
   *
   * - `apply`: make the component as its source and `with` say;
   * - `destroy`: remove all of it;
   * - `adopt`: change nothing in the world; take it into the state as it is.
   */
  plan(context: DriverContext, purpose: PlanPurpose): Promise<DriverPlan>;

  /**
   * Does exactly what one plan for `apply` or `adopt` says, at most once.
   *
   * @param hash of the plan, as `plan` gave it
   * @throws PlanGoneError when the folder holds no such plan, it was taken before, or the state has
   *   moved since. Nothing is changed then.
   */
  apply(context: DriverContext, hash: string): Promise<DriverApplied>;

  /** Removes everything of the component, planned or not. A component that never was is success. */
  destroy(context: DriverContext): Promise<void>;

  /** Looks whether anything is left, by state and by the driver's own means. */
  prove(context: DriverContext): Promise<DriverProof>;

  /**
   * Writes into the folder what the component was given, in the words of its own tool, so that
   * it can be kept on without Greenroom. A driver without it leaves that to a `with.json`.
   */
  eject?(context: DriverEjectContext): Promise<void>;

  /** What it sees of its components between operations; absent where nothing looks after them. */
  readonly live?: DriverLive;
}
