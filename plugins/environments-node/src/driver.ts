import {
  JsonObject,
  JsonValue,
  PlanSummary,
  Problem,
} from '@greenroom/plugin-environments-common';

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
  /** The component's `with`, every expression already resolved. */
  with: JsonObject;
  /**
   * The component's source as an absolute folder: a fresh copy out of the blueprint
   * version's snapshot that the driver may write into. Kept warm between steps of one operation.
   */
  folder: string;
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
  environment: DriverEnvironment;
  component: DriverComponent;
  state: DriverStateAccess;
  log: DriverLogSink;
  /** Aborted when the claim is lost or the step is cancelled: interrupt, wait, then kill. */
  signal: AbortSignal;
}

/** Given to `validate`: the source alone, no state, no environment, no credentials. */
export interface DriverValidateContext {
  component: { id: string; with: JsonObject; folder: string };
  /** Path of `folder` inside the snapshot; places in problems are given relative to the snapshot. */
  sourcePath: string;
  signal: AbortSignal;
}

export type ResourceAction = 'add' | 'change' | 'replace' | 'remove' | 'read';

export interface ResourceChange {
  address: string;
  type: string;
  action: ResourceAction;
}

export interface DriverPlan {
  summary: PlanSummary;
  changes: ResourceChange[];
  /** Digest over what would change; two plans with the same hash do the same. */
  hash: string;
  /** False when an apply would do nothing. */
  hasChanges: boolean;
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
 * changes nothing, a repeated `apply` or `destroy` ends in the same place as one.
 * A failure whose cause is known is thrown as a {@link DriverError}; whatever was made up to
 * then must be in the state, so that a later `destroy` finds it.
 * After `signal` aborts, a method settles only once its tool has ended.
 */
export interface EnvironmentDriver {
  /** The word a blueprint's `driver:` says. */
  readonly id: string;

  /** Checks a source before it is published. Problems are returned, not thrown. */
  validate(context: DriverValidateContext): Promise<Problem[]>;

  /** Says what an apply would do. Changes nothing but the folder. */
  plan(context: DriverContext): Promise<DriverPlan>;

  /** Does what the plan made last in the same folder says; plans again when there is none. */
  apply(context: DriverContext): Promise<DriverApplied>;

  /** Removes everything of the component. A component that never was is success. */
  destroy(context: DriverContext): Promise<void>;

  /** Looks whether anything is left, by state and by the driver's own means. */
  prove(context: DriverContext): Promise<DriverProof>;
}
