import { AuditStore } from '../../audit/store';
import { Transaction } from '../../database';
import { BrakeWord, NewBrake } from './store';

/** Puts on record what became of a brake. */
export async function auditBrake(
  audit: AuditStore,
  tx: Transaction,
  { id, window, counts }: NewBrake,
  what: 'set' | BrakeWord['end'],
  { by, at, reason, until }: Omit<BrakeWord, 'end'>,
): Promise<void> {
  await audit.append(tx, {
    at,
    actor: by,
    action: `lease.brake.${what}`,
    details: {
      brake: id,
      reason,
      falling: counts.falling,
      living: counts.living,
      dueAfter: window.after.toISOString(),
      dueUntil: window.until.toISOString(),
      ...(until && { postponedUntil: until.toISOString() }),
    },
  });
}
