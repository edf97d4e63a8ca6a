import { Cron } from 'croner';

/**
 * The times of a cron line of five fields, or of a word such as `@daily`, in a time zone.
 *
 * On the day when the clocks are set forward, a time that there is not counts as the moment at
 * which they are set; on the day when they are set back, a time that there is twice counts once,
 * the first time. A line with `*` for the hour goes by the hours that pass, as cron does.
 *
 * @throws Error in words of the library for a line that is none or for a zone that there is not
 */
export function cronTimes(
  line: string,
  timeZone: string,
): (after: Date) => Date | undefined {
  const cron = new Cron(line, { timezone: timeZone, mode: '5-part' });
  return after => {
    const next = cron.nextRun(after) ?? undefined;
    // Whoever goes from time to time would never end.
    if (next && next <= after) {
      throw new Error(`"${line}" in ${timeZone} does not go on after ${after}`);
    }
    return next;
  };
}
