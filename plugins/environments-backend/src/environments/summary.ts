import {
  BlueprintVersionRef,
  EnvironmentState,
  EnvironmentSummary,
  Labels,
  Lease,
  LeaseHold,
  LeaseProtection,
  OnExpiry,
  OperationCause,
  OperationKind,
  OperationState,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import { CostColumns, costOf } from './cost';

/** What lists read of the lease `l` of an environment `e`. */
export const LEASE_COLUMNS = [
  'l.granted_at',
  'l.expires_at',
  'l.max_expires_at',
  'l.last_warning_at',
  'l.on_expiry',
  'l.grace_ends_at',
  'l.hold as lease_hold',
  'l.protection as lease_protection',
  'l.reason as lease_reason',
];

export interface ListedLeaseRow {
  granted_at: Date;
  expires_at: Date | null;
  max_expires_at: Date | null;
  last_warning_at: Date | null;
  on_expiry: OnExpiry;
  grace_ends_at: Date | null;
  /** Moments inside of JSON are written as the API has them. */
  lease_hold: LeaseHold | null;
  lease_protection: LeaseProtection | null;
  lease_reason: string;
}

/** A row of the list, as its one query reads it. */
export interface SummaryRow extends ListedLeaseRow, CostColumns {
  id: string;
  name: string;
  owner_ref: string;
  blueprint_version_id: string;
  created_by: string;
  type: string;
  labels: Labels;
  state: EnvironmentState;
  created_at: Date;
  destroyed_at: Date | null;
  blueprint_name: string;
  blueprint_title: string;
  blueprint_entity_ref: string;
  blueprint_version: string;
  active_operation: {
    id: string;
    number: number;
    kind: OperationKind;
    dryRun: boolean;
    state: OperationState;
    owner: string;
    requestedBy: string;
    cause: OperationCause;
    /** Times inside JSON come as text with the database's own offset. */
    requestedAt: string;
    startedAt: string | null;
    cancelBy: string | null;
    cancelAt: string | null;
    cancelReason: string | null;
  } | null;
}

/** The catalog knows an environment by its name, which lives no longer than it does. */
export function environmentEntityRef(name: string): string {
  return `environment:default/${name}`;
}

export function toSummary(row: SummaryRow): EnvironmentSummary {
  return {
    id: row.id,
    name: row.name,
    entityRef: environmentEntityRef(row.name),
    owner: row.owner_ref,
    createdBy: row.created_by,
    type: row.type,
    labels: row.labels,
    blueprint: toBlueprintRef(row),
    state: row.state,
    createdAt: row.created_at.toISOString(),
    destroyedAt: row.destroyed_at?.toISOString(),
    cost: costOf(row),
    lease: toLease(row),
    activeOperation: toActiveOperation(row),
  };
}

function toBlueprintRef(row: SummaryRow): BlueprintVersionRef {
  return {
    name: row.blueprint_name,
    title: row.blueprint_title,
    version: row.blueprint_version,
    entityRef: row.blueprint_entity_ref,
  };
}

export function toLease(row: ListedLeaseRow): Lease {
  return {
    grantedAt: row.granted_at.toISOString(),
    expiresAt: row.expires_at?.toISOString(),
    maxExpiresAt: row.max_expires_at?.toISOString(),
    lastWarningAt: row.last_warning_at?.toISOString(),
    onExpiry: row.on_expiry,
    graceEndsAt: row.grace_ends_at?.toISOString(),
    hold: row.lease_hold ?? undefined,
    protection: row.lease_protection ?? undefined,
    reason: row.lease_reason,
  };
}

function toActiveOperation(row: SummaryRow): OperationSummary | undefined {
  const active = row.active_operation;
  if (!active) return undefined;
  return {
    id: active.id,
    environmentId: row.id,
    environmentName: row.name,
    owner: active.owner,
    number: active.number,
    kind: active.kind,
    dryRun: active.dryRun,
    state: active.state,
    requestedBy: active.requestedBy,
    requestedAt: utc(active.requestedAt),
    startedAt: active.startedAt ? utc(active.startedAt) : undefined,
    cause: active.cause,
    cancel:
      active.cancelBy && active.cancelAt
        ? {
            by: active.cancelBy,
            at: utc(active.cancelAt),
            reason: active.cancelReason ?? undefined,
          }
        : undefined,
  };
}

function utc(timestamp: string): string {
  return DateTime.fromISO(timestamp).toUTC().toISO()!;
}
