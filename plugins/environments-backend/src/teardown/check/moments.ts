import { addSeconds } from '../../clock';
import { Verdict } from './types';

/** A lease that would be checked later than this before its end is not: nobody could do much by then. */
export const SHORTEST_LEAD_SECONDS = 900;

/** A check holds for an end that is at most so many leads away; one that was moved further gets its own. */
export const LEADS_THAT_HOLD = 1.5;

const AGAIN_SECONDS = 6 * 3600;

/** What was in the way of a check is given time. */
const PUT_OFF_SECONDS = 900;

/**
 * When a teardown that would fail is checked again by itself, since somebody may have seen to it:
 * oftener towards the end. A protection needs no look: that it is lifted is noticed.
 */
export function againAt(
  { problems }: Pick<Verdict, 'problems'>,
  { now, dueAt }: { now: Date; dueAt?: Date },
): Date | undefined {
  const toLookAt = problems.filter(
    ({ code }) => code !== 'environment.protected',
  );
  if (toLookAt.length === 0 || !dueAt || dueAt <= now) return undefined;
  const left = (dueAt.getTime() - now.getTime()) / 1000;
  return addSeconds(now, Math.max(AGAIN_SECONDS, left / 4));
}

export function afterPutOff(now: Date): Date {
  return addSeconds(now, PUT_OFF_SECONDS);
}
