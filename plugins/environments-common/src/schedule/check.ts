import { cronTimes } from './cron';
import { SleepSchedule } from './transitions';

/** What is wrong with one field of a schedule. */
export interface ScheduleFault {
  field: keyof SleepSchedule;
  message: string;
  remedy: string;
}

/** From here a line that never comes true is looked for; which year it is makes no difference. */
const ANY_TIME = new Date('2026-01-01T00:00:00Z');

/**
 * What can't be told by the shape of a schedule: times that are none, or never come.
 *
 * @public
 */
export function scheduleFaults(
  schedule: Partial<SleepSchedule>,
): ScheduleFault[] {
  const { timeZone } = schedule;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    return [
      {
        field: 'timeZone',
        message: `There is no time zone "${timeZone}".`,
        remedy: 'Name one as in "Europe/Berlin", or "UTC".',
      },
    ];
  }
  const faults = (['sleep', 'wake'] as const).flatMap(field =>
    lineFaults(field, schedule[field], timeZone ?? 'UTC'),
  );
  const { sleep, wake } = schedule;
  if (faults.length > 0 || wake === undefined || wake !== sleep) return faults;
  return [
    {
      field: 'wake',
      message: `It sleeps and wakes at the same times, "${sleep}".`,
      remedy: 'Let it wake at another time.',
    },
  ];
}

function lineFaults(
  field: 'sleep' | 'wake',
  line: string | undefined,
  timeZone: string,
): ScheduleFault[] {
  if (line === undefined) return [];
  const remedy =
    'Write minute, hour, day of month, month and day of week: 0 19 * * 1-5 is seven in the evening, Monday to Friday.';
  try {
    if (!cronTimes(line, timeZone)(ANY_TIME)) {
      return [
        {
          field,
          message: `"${line}" never comes: there is no such day.`,
          remedy,
        },
      ];
    }
  } catch {
    return [
      { field, message: `"${line}" is not a line of times for cron.`, remedy },
    ];
  }
  if (/^\s*(\d+\s|@)/.test(line)) return [];
  return [
    {
      field,
      message: `"${line}" comes more than once an hour.`,
      remedy: 'Begin with one minute, such as 0.',
    },
  ];
}

function isTimeZone(name: string): boolean {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: name });
    // A distance such as +02:00 knows no summer time.
    return !/^[+-]/.test(format.resolvedOptions().timeZone);
  } catch {
    return false;
  }
}
