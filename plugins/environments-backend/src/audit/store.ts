import { JsonObject } from '@greenroom/plugin-environments-common';
import { Transaction } from '../database';

export interface AuditEntry {
  at: Date;
  /** Entity ref of a person, `service:<subject>` or `system:<part>`. */
  actor: string;
  /** `environment.create.requested` and the like. */
  action: string;
  environmentId?: string;
  operationId?: string;
  details: JsonObject;
}

/** The record of who did what; entries are only ever added, beside the change they speak of. */
export class AuditStore {
  async append(tx: Transaction, entry: AuditEntry): Promise<void> {
    await tx('audit_entries').insert({
      at: entry.at,
      actor: entry.actor,
      action: entry.action,
      environment_id: entry.environmentId,
      operation_id: entry.operationId,
      details: JSON.stringify(entry.details),
    });
  }
}
