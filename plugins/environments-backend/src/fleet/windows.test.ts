import {
  MaintenanceWindow,
  WEEKDAYS,
} from '@greenroom/plugin-environments-common';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { isOpen, nextOpening, windowProblems } from './windows';

const night: MaintenanceWindow = {
  days: ['sat'],
  from: '22:00',
  to: '04:00',
  timeZone: 'Europe/Berlin',
};
const berlin = (text: string) =>
  DateTime.fromISO(text, { zone: 'Europe/Berlin' }).toJSDate();
const utc = (text: string) => DateTime.fromISO(text).toJSDate();

describe('maintenance windows', () => {
  it('belong to the day on which they open', () => {
    expect(isOpen([night], berlin('2026-11-21T21:59'))).toBe(false);
    expect(isOpen([night], berlin('2026-11-21T22:00'))).toBe(true);
    expect(isOpen([night], berlin('2026-11-22T03:59'))).toBe(true);
    expect(isOpen([night], berlin('2026-11-22T04:00'))).toBe(false);
    expect(isOpen([night], berlin('2026-11-22T22:00'))).toBe(false);
    expect(nextOpening([night], berlin('2026-11-21T22:00'))).toEqual(
      berlin('2026-11-28T22:00'),
    );
  });

  it('are open at any time when there is none', () => {
    expect(isOpen([], berlin('2026-11-21T12:00'))).toBe(true);
    expect(nextOpening([], berlin('2026-11-21T12:00'))).toBeUndefined();
  });

  it('follow the clocks when those are set, and are longer or shorter by that', () => {
    // Forward in the night to 29 March: 02:00 is 03:00. Back in the night to 25 October.
    expect(nextOpening([night], utc('2026-03-28T12:00:00Z'))).toEqual(
      utc('2026-03-28T21:00:00Z'),
    );
    expect(isOpen([night], utc('2026-03-29T01:59:00Z'))).toBe(true);
    expect(isOpen([night], utc('2026-03-29T02:00:00Z'))).toBe(false);
    expect(nextOpening([night], utc('2026-10-24T12:00:00Z'))).toEqual(
      utc('2026-10-24T20:00:00Z'),
    );
    expect(isOpen([night], utc('2026-10-25T02:59:00Z'))).toBe(true);
    expect(isOpen([night], utc('2026-10-25T03:00:00Z'))).toBe(false);
  });

  it('skip a day on which the clocks leave nothing of them', () => {
    const gone = {
      ...night,
      days: ['sun' as const],
      from: '02:15',
      to: '03:00',
    };
    expect(nextOpening([gone], berlin('2026-03-28T12:00'))).toEqual(
      berlin('2026-04-05T02:15'),
    );
  });

  it('open next exactly when none was open before, and are closed until then', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
      .map(([h, m]) =>
        [h, m].map(part => String(part).padStart(2, '0')).join(':'),
      );
    const window: fc.Arbitrary<MaintenanceWindow> = fc.record({
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      from: time,
      to: time,
      timeZone: fc.constantFrom(
        'Europe/Berlin',
        'America/St_Johns',
        'Australia/Lord_Howe',
        'Asia/Kathmandu',
        'UTC',
      ),
    });
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 2 * 365 * 96 }),
        (windows, quarters) => {
          const now = DateTime.fromISO('2026-01-01T00:00:00Z').plus({
            minutes: 15 * quarters,
          });
          const next = nextOpening(windows, now.toJSDate());
          expect(next).toBeDefined();
          const opens = DateTime.fromJSDate(next!);
          expect(opens > now).toBe(true);
          expect(isOpen(windows, next!)).toBe(true);
          if (isOpen(windows, now.toJSDate())) return;
          for (let t = now; t < opens; t = t.plus({ minutes: 15 })) {
            expect(isOpen(windows, t.toJSDate())).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('name the time zone that there is not, and the window that never opens', () => {
    expect(
      windowProblems([
        night,
        { ...night, timeZone: 'Europe/Atlantis' },
        { ...night, days: [] },
      ]).map(({ code, field }) => [code, field]),
    ).toEqual([
      ['fleet.window.time-zone', '/windows/1/timeZone'],
      ['fleet.window.never', '/windows/2/days'],
    ]);
  });
});
