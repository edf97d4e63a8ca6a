import {
  MaintenanceWindow,
  Problem,
  WEEKDAYS,
} from '@greenroom/plugin-environments-common';
import { DateTime, IANAZone } from 'luxon';

/**
 * A window that opens once a week may be skipped by a change of the clocks, so the second next one
 * is looked at, too.
 */
const DAYS_AHEAD = 15;

interface Opening {
  from: DateTime;
  to: DateTime;
}

/** Whether an upgrade may begin at that moment. Without windows it always may. */
export function isOpen(windows: MaintenanceWindow[], now: Date): boolean {
  if (windows.length === 0) return true;
  const moment = now.getTime();
  return windows.some(window =>
    openings(window, now, 1).some(
      ({ from, to }) => from.toMillis() <= moment && moment < to.toMillis(),
    ),
  );
}

/**
 * The first moment after this one at which a window opens.
 *
 * @returns undefined when none does within two weeks
 */
export function nextOpening(
  windows: MaintenanceWindow[],
  now: Date,
): Date | undefined {
  const later = windows
    .flatMap(window => openings(window, now, DAYS_AHEAD))
    .map(({ from }) => from.toMillis())
    .filter(from => from > now.getTime());
  return later.length > 0
    ? DateTime.fromMillis(Math.min(...later)).toJSDate()
    : undefined;
}

/** What can't be told by the shape of a window alone. */
export function windowProblems(windows: MaintenanceWindow[]): Problem[] {
  return windows.flatMap(({ timeZone, days }, index) => {
    if (!IANAZone.isValidZone(timeZone)) {
      return {
        code: 'fleet.window.time-zone',
        field: `/windows/${index}/timeZone`,
        message: `There is no time zone "${timeZone}".`,
        remedy: 'Name one as in "Europe/Berlin", or "UTC".',
      };
    }
    if (days.length > 0) return [];
    return {
      code: 'fleet.window.never',
      field: `/windows/${index}/days`,
      message: 'The window opens on no day.',
      remedy: 'Name a day at least, or leave the window out.',
    };
  });
}

/** By the day on which they begin: from the one before this moment's to so many days after it. */
function openings(
  { days, from, to, timeZone }: MaintenanceWindow,
  now: Date,
  daysAhead: number,
): Opening[] {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  const found: Opening[] = [];
  for (let ahead = -1; ahead <= daysAhead; ahead++) {
    const day = today.plus({ days: ahead });
    if (!days.includes(WEEKDAYS[day.weekday - 1])) continue;
    // As text both have two digits each, so the order of the texts is that of the times.
    const last = to > from ? day : day.plus({ days: 1 });
    const opening = { from: at(day, from), to: at(last, to) };
    // When clocks are set forward, a time that there is not is the same span later: nothing is left
    // of a window that ends before that.
    if (opening.from < opening.to) found.push(opening);
  }
  return found;
}

function at(day: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour, minute });
}
