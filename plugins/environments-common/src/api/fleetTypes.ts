import { JsonObject } from '../json';
import { Problem } from '../problem';
import { EnvironmentSummary, Timestamp } from './types';

export const FLEET_UPGRADE_STATES = [
  'running',
  'paused',
  'stopped',
  'aborted',
  'completed',
] as const;
/**
 * - `running`: it begins one upgrade after the other, as far as its windows allow;
 * - `paused`: by somebody, or since it may not go on for whoever it acts for;
 * - `stopped`: more upgrades have failed than its budget allows;
 * - `aborted`: what had not begun is left as it is; `completed`: nothing is left to begin.
 *
 * In all of them an upgrade that has begun goes on to its end.
 *
 * @public
 */
export type FleetUpgradeState = (typeof FLEET_UPGRADE_STATES)[number];

export const FLEET_ENVIRONMENT_STATES = [
  'waiting',
  'checking',
  'upgrading',
  'succeeded',
  'failed',
  'set-aside',
  'left',
] as const;
/**
 * - `checking`: a dry run looks whether it still is what its present version declares;
 * - `set-aside`: it is not upgraded by this, with the reason as its problem;
 * - `left`: the fleet upgrade was aborted before its turn.
 *
 * @public
 */
export type FleetEnvironmentState = (typeof FLEET_ENVIRONMENT_STATES)[number];

/**
 * Which environments; all that match every part that is given.
 *
 * @public
 */
export interface FleetSelection {
  /** Name of the blueprint that they are made of. */
  blueprint: string;
  /** Present versions; all but the one to upgrade to when absent. */
  version?: string[];
  owner?: string[];
  type?: string[];
  /** Each `key` or `key=value`; unlike the others, all of them must match. */
  label?: string[];
  /** Names of single environments. */
  name?: string[];
}

/**
 * The size of a wave; a part of a whole environment counts as one.
 *
 * @public
 */
export type FleetWave = { count: number } | { percent: number };

export const FLEET_ORDERS = ['name', 'newest', 'oldest'] as const;
/** Who comes first: by name, or by when they were created. */
export type FleetOrder = (typeof FLEET_ORDERS)[number];

export const WEEKDAYS = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * When upgrades may begin, by the clocks of a time zone.
 *
 * @public
 */
export interface MaintenanceWindow {
  /** On which it opens. */
  days: Weekday[];
  /** `22:00` */
  from: string;
  /** `04:00`; on the next day when it is not after `from`. */
  to: string;
  /** `Europe/Berlin` */
  timeZone: string;
}

/** @public */
export interface FleetUpgradeRequest {
  selection: FleetSelection;
  /** The recommended one when absent. */
  version?: string;
  /** By name when absent. */
  order?: FleetOrder;
  /** One after the other, each once the one before has ended; what is left is the last. */
  waves?: FleetWave[];
  /** Environments under way at once; 5 when absent. */
  concurrency?: number;
  /** Upgrades that may fail; the next one that does stops it. 0 when absent. */
  failureBudget?: number;
  /** Any of them will do; at any time when absent. */
  windows?: MaintenanceWindow[];
  /** Inputs that take the place of present ones in every environment; `null` takes one away. */
  inputs?: JsonObject;
  /** The same for single environments, by name. */
  environmentInputs?: Record<string, JsonObject>;
  /** For the record. */
  reason: string;
}

/** One environment as a fleet upgrade would find it now. */
export interface FleetCandidate {
  environmentId: string;
  name: string;
  owner: string;
  version: string;
  /** Absent: it would be set aside. */
  wave?: number;
  /** Why it would be set aside. */
  problem?: Problem;
  /** Inputs that it does not have and that must be given. */
  needs: string[];
  /** Inputs that there are no more. */
  drops: string[];
  /** Components and outputs that it would lose. */
  losses: Problem[];
}

/**
 * What a fleet upgrade would do if it were asked for now.
 *
 * @public
 */
export interface FleetPreview {
  blueprint: string;
  /** The version to upgrade to. */
  to: string;
  /** Of that version: it is deprecated. */
  warnings: Problem[];
  waves: { number: number; environments: number }[];
  setAside: number;
  items: FleetCandidate[];
}

export type FleetCounts = Record<FleetEnvironmentState, number>;

/** @public */
export interface FleetUpgradeSummary {
  id: string;
  blueprint: { name: string; title: string };
  /** The version to upgrade to. */
  to: string;
  state: FleetUpgradeState;
  /** Why it is paused, stopped or aborted. */
  because?: { code: string; message: string };
  reason: string;
  requestedBy: string;
  requestedAt: Timestamp;
  /** Nothing is left to begin, and nothing under way. */
  finishedAt?: Timestamp;
  counts: FleetCounts;
}

export interface FleetMove {
  move: 'pause' | 'resume' | 'abort';
  allowed: boolean;
  /** Why not. */
  reason?: string;
}

/** @public */
export interface FleetUpgrade extends FleetUpgradeSummary {
  selection: FleetSelection;
  order: FleetOrder;
  concurrency: number;
  failureBudget: number;
  /** Failures that count, which are those since it was last resumed. */
  failures: number;
  windows: MaintenanceWindow[];
  /** Its windows are closed until then. */
  opensAt?: Timestamp;
  /** Whose rights it upgrades with: whoever asked for it, or resumed it last. */
  actsFor: string;
  waves: { number: number; counts: FleetCounts }[];
  moves: FleetMove[];
}

/** One environment of a fleet upgrade. */
export interface FleetEnvironment {
  environmentId: string;
  name: string;
  owner: string;
  /** The version that it had when it was selected. */
  from: string;
  state: FleetEnvironmentState;
  /** Absent: it was set aside from the start. */
  wave?: number;
  /** The newest that the fleet upgrade has asked for: a check, or the upgrade itself. */
  operation?: { id: string; number: number; dryRun: boolean };
  problem?: Problem;
  endedAt?: Timestamp;
  /** How the environment is now. */
  environment: Pick<EnvironmentSummary, 'state' | 'lease' | 'destroyedAt'>;
}

export interface ListFleetUpgradesQuery {
  blueprint?: string;
  state?: FleetUpgradeState[];
  /** Newest first. */
  cursor?: string;
  /** 1 to 100, 50 when absent. */
  limit?: number;
}

export interface ListFleetEnvironmentsQuery {
  state?: FleetEnvironmentState[];
  wave?: number;
  /** In the order of their turns; those that were set aside from the start come last. */
  cursor?: string;
  /** 1 to 100, 50 when absent. */
  limit?: number;
}

/** For `pause`, `resume` and `abort`. */
export interface MoveFleetUpgradeRequest {
  /** For the record. */
  reason: string;
}
