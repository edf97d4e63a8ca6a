import {
  EnvironmentLease,
  LeaseLedgerEntry,
  LeaseProtection,
  LeaseRules,
  LeaseStanding,
  MoreTimeRequest,
} from '@greenroom/plugin-environments-common';
import { EnvironmentRecord } from '../environments/types';
import { Brake } from './brake/store';
import { LeaseEntry } from './entry';
import { describeExtension } from './extend';
import { LeaseProjection, Safeguard } from './ledger';

/** A lease as the API gives it to one caller. */
export function toEnvironmentLease(
  environment: EnvironmentRecord,
  lease: LeaseProjection,
  {
    brake,
    moreTime,
    rules,
    rights,
    now,
  }: {
    /** That holds it. */
    brake?: Pick<Brake, 'since'>;
    moreTime?: MoreTimeRequest;
    rules: LeaseRules;
    rights: EnvironmentLease['rights'];
    now: Date;
  },
): EnvironmentLease {
  return {
    ...toLeaseStanding(environment, lease, now),
    brake: brake && { since: brake.since.toISOString() },
    moreTime,
    rules,
    extension: describeExtension(lease, rules, now),
    rights,
  };
}

/** What everybody who sees the environment sees of its lease. */
export function toLeaseStanding(
  { id, name }: Pick<EnvironmentRecord, 'id' | 'name'>,
  lease: LeaseProjection,
  now: Date,
): LeaseStanding {
  const hold = lease.hold && lease.hold.until > now ? lease.hold : undefined;
  return {
    environmentId: id,
    environmentName: name,
    grantedAt: lease.grantedAt.toISOString(),
    stage: lease.stage,
    expiresAt: lease.expiresAt?.toISOString(),
    maxExpiresAt: lease.maxExpiresAt?.toISOString(),
    lastWarningAt: lease.lastWarningAt?.toISOString(),
    dueAt: lease.dueAt?.toISOString(),
    onExpiry: lease.onExpiry,
    graceEndsAt: lease.graceEndsAt?.toISOString(),
    endedAt: lease.endedAt?.toISOString(),
    extensionsUsed: lease.extensionsUsed,
    hold: hold && {
      ...toProtection(hold),
      until: hold.until.toISOString(),
    },
    protection: lease.protection && toProtection(lease.protection),
    reason: lease.reason,
    rule: lease.rule,
    revision: lease.revision,
  };
}

export function toLedgerEntry(
  entry: LeaseEntry & { id?: string },
): LeaseLedgerEntry {
  return {
    id: entry.id,
    kind: entry.kind,
    at: entry.at.toISOString(),
    actor: entry.actor,
    reason: entry.reason,
    rule: entry.rule,
    expiresBefore: entry.expiresBefore?.toISOString(),
    expiresAfter: entry.expiresAfter?.toISOString(),
    detail: { ...entry.detail },
  };
}

function toProtection({ by, reason, since }: Safeguard): LeaseProtection {
  return { by, reason, since: since.toISOString() };
}
