import { LeaseSummary } from '@greenroom/plugin-environments-common';

/** What happens when the time is up: `destroyed`, `paused, then destroyed`. */
export function nextStep({
  stage,
  onExpiry,
  protection,
}: Pick<LeaseSummary, 'stage' | 'onExpiry'> &
  Partial<Pick<LeaseSummary, 'protection'>>): string {
  if (protection) return 'kept, being protected';
  if (stage === 'grace' || onExpiry === 'destroy') return 'destroyed';
  return 'paused, then destroyed';
}

/** Why it ends then; a hold goes before what was granted. */
export function whyThen({
  stage,
  hold,
  dueAt,
  reason,
}: Pick<LeaseSummary, 'stage' | 'hold' | 'dueAt' | 'reason'>): string {
  if (hold && hold.until === dueAt) return `held: ${hold.reason}`;
  return stage === 'grace' ? `its grace is over; ${reason}` : reason;
}
