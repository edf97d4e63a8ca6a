import {
  FleetEnvironmentState,
  FleetOrder,
  FleetSelection,
  FleetUpgradeState,
  JsonObject,
  MaintenanceWindow,
  Problem,
} from '@greenroom/plugin-environments-common';
import { Mandate } from './mandate';

/** Why a fleet upgrade is not running. */
export interface Because {
  code: string;
  message: string;
}

/** A fleet upgrade as its row holds it. */
export interface FleetUpgradeRecord {
  id: string;
  blueprint: string;
  toVersion: string;
  selection: FleetSelection;
  order: FleetOrder;
  concurrency: number;
  failureBudget: number;
  failuresForgiven: number;
  windows: MaintenanceWindow[];
  inputs: JsonObject;
  state: FleetUpgradeState;
  because?: Because;
  reason: string;
  requestedBy: string;
  requestedAt: Date;
  requestDigest?: string;
  mandate: Mandate;
  finishedAt?: Date;
}

/** One of its environments. */
export interface FleetEnvironmentRecord {
  environmentId: string;
  position: number;
  /** Absent: set aside from the start. */
  wave?: number;
  state: FleetEnvironmentState;
  inputs: JsonObject;
  fromVersionId: string;
  seenOperation: number;
  /** How often its turn came: after a pause it comes again. */
  attempt: number;
  actor?: string;
  checkOperationId?: string;
  operationId?: string;
  problem?: Problem;
}
