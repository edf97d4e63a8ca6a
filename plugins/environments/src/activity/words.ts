import {
  ActivitySignal,
  formatDurationSeconds,
  PORTAL_ACTIVITY,
  EnvironmentIdle,
} from '@greenroom/plugin-environments-common';
import { entityName } from '../entity/names';

const PROBE = 'probe:';

/** What was seen, in a few words: `in the portal by mira`, `requests 2.5`, `ci by jon: nightly`. */
export function signalText({
  signal,
  evidence: { by, value, note },
}: Pick<ActivitySignal, 'signal' | 'evidence'>): string {
  if (signal.startsWith(PROBE)) {
    return `${signal.slice(PROBE.length)} ${value ? valueText(value) : ''}`.trim();
  }
  const where = signal === PORTAL_ACTIVITY ? 'in the portal' : signal;
  const person = by && /^user:/.test(by) ? ` by ${entityName(by)}` : '';
  return `${where}${person}${note ? `: ${note}` : ''}`;
}

/** What a probe has answered, to as many places as anybody reads: `0.417` */
export function valueText(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) && !Number.isInteger(number)
    ? String(Number(number.toPrecision(3)))
    : value;
}

/** What becomes of it, for the middle of a sentence. */
export function consequenceText({
  then,
  graceSeconds,
}: Pick<EnvironmentIdle, 'then' | 'graceSeconds'>): string {
  if (then === 'pause') return 'it is paused';
  return graceSeconds
    ? `its lease ends, ${formatDurationSeconds(graceSeconds)} later,`
    : 'its lease ends';
}
