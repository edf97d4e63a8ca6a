import { DateTime } from 'luxon';

/** As a message says it, whose readers sit in several zones: `Sunday 22 November 2026, 14:05 UTC`. */
export function momentInWords(moment: Date): string {
  return DateTime.fromJSDate(moment, { zone: 'utc' }).toFormat(
    "cccc d LLLL yyyy, HH:mm 'UTC'",
    { locale: 'en' },
  );
}

/** What is on record, its moments in words. */
export function momentsInWords(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, iso =>
    momentInWords(new Date(iso)),
  );
}
