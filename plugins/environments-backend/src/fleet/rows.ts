import {
  FleetEnvironmentState,
  FleetUpgradeState,
  Problem,
} from '@greenroom/plugin-environments-common';
import { FleetEnvironmentRecord, FleetUpgradeRecord } from './types';

export interface FleetUpgradeRow {
  id: string;
  blueprint_name: string;
  to_version: string;
  selection: FleetUpgradeRecord['selection'];
  sort_order: FleetUpgradeRecord['order'];
  concurrency: number;
  failure_budget: number;
  failures_forgiven: number;
  windows: FleetUpgradeRecord['windows'];
  inputs: FleetUpgradeRecord['inputs'];
  state: FleetUpgradeState;
  because: FleetUpgradeRecord['because'] | null;
  reason: string;
  requested_by: string;
  requested_at: Date;
  idempotency_key: string | null;
  request_digest: string | null;
  mandate: FleetUpgradeRecord['mandate'];
  look_at: Date | null;
  finished_at: Date | null;
}

export interface FleetEnvironmentRow {
  fleet_upgrade_id: string;
  environment_id: string;
  position: number;
  wave: number | null;
  state: FleetEnvironmentState;
  inputs: FleetEnvironmentRecord['inputs'];
  from_version_id: string;
  seen_operation: number;
  attempt: number;
  actor: string | null;
  check_operation_id: string | null;
  operation_id: string | null;
  problem: Problem | null;
  ended_at: Date | null;
}

export function toUpgradeRecord(row: FleetUpgradeRow): FleetUpgradeRecord {
  return {
    id: row.id,
    blueprint: row.blueprint_name,
    toVersion: row.to_version,
    selection: row.selection,
    order: row.sort_order,
    concurrency: row.concurrency,
    failureBudget: row.failure_budget,
    failuresForgiven: row.failures_forgiven,
    windows: row.windows,
    inputs: row.inputs,
    state: row.state,
    because: row.because ?? undefined,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    requestDigest: row.request_digest ?? undefined,
    mandate: row.mandate,
    finishedAt: row.finished_at ?? undefined,
  };
}

export function toEnvironmentRecord(
  row: FleetEnvironmentRow,
): FleetEnvironmentRecord {
  return {
    environmentId: row.environment_id,
    position: row.position,
    wave: row.wave ?? undefined,
    state: row.state,
    inputs: row.inputs,
    fromVersionId: row.from_version_id,
    seenOperation: row.seen_operation,
    attempt: row.attempt,
    actor: row.actor ?? undefined,
    checkOperationId: row.check_operation_id ?? undefined,
    operationId: row.operation_id ?? undefined,
    problem: row.problem ?? undefined,
  };
}
