import fc from 'fast-check';
import {
  lastTransition,
  nextTransition,
  SleepSchedule,
  Transition,
} from './transitions';

const BERLIN: SleepSchedule = {
  sleep: '0 19 * * 1-5',
  wake: '0 8 * * 1-5',
  timeZone: 'Europe/Berlin',
};

const at = (text: string) => new Date(text);
const said = (transition: Transition | undefined) =>
  transition && `${transition.kind} ${transition.at.toISOString()}`;

/** What a schedule wants, one after the other. */
function wanted(schedule: SleepSchedule, from: string, count: number) {
  const found: (string | undefined)[] = [];
  let after = at(from);
  for (let index = 0; index < count; index++) {
    const next = nextTransition(schedule, after);
    found.push(said(next));
    if (!next) break;
    after = next.at;
  }
  return found;
}

describe('a schedule', () => {
  it('goes by the clock of its time zone, in summer and in winter', () => {
    expect(wanted(BERLIN, '2026-10-23T12:00:00Z', 4)).toEqual([
      'sleep 2026-10-23T17:00:00.000Z',
      // Over the weekend the clocks were set back.
      'wake 2026-10-26T07:00:00.000Z',
      'sleep 2026-10-26T18:00:00.000Z',
      'wake 2026-10-27T07:00:00.000Z',
    ]);
  });

  it.each([
    // 02:00 is followed by 03:00 there.
    ['Europe/Berlin', '2026-03-29', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-03-08', '2026-03-08T07:00:00.000Z'],
    // By half an hour: 02:00 is followed by 02:30.
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T15:30:00.000Z'],
  ])(
    'does what is due in the hour that %s leaves out when the clocks are set',
    (timeZone, day, moment) => {
      const schedule = { sleep: '15 2 * * *', timeZone };
      const before = at(`${day}T00:00:00Z`).getTime() - 14 * 3_600_000;
      const found = wanted(schedule, new Date(before).toISOString(), 3);
      expect(found).toContain(`sleep ${moment}`);
      expect(found.map(one => one!.slice(6, 16))).toHaveLength(
        new Set(found.map(one => one!.slice(6, 16))).size,
      );
    },
  );

  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-25T00:30'],
    [
      'America/New_York',
      '30 1 * * *',
      '2026-10-31T12:00:00Z',
      '2026-11-01T05:30',
    ],
    [
      'Australia/Lord_Howe',
      '45 1 * * *',
      '2026-04-04T06:00:00Z',
      '2026-04-04T14:45',
    ],
  ])(
    'does what is due in the hour that %s has twice once, the first time',
    (timeZone, sleep, from, moment) => {
      const [first, second] = wanted({ sleep, timeZone }, from, 2);
      expect(first).toBe(`sleep ${moment}:00.000Z`);
      expect(at(second!.slice(6)).getTime()).toBeGreaterThan(
        at(`${moment}:00Z`).getTime() + 24 * 3_600_000,
      );
    },
  );

  it('without waking goes from sleep to sleep', () => {
    const schedule = { sleep: '0 22 * * *', timeZone: 'UTC' };
    expect(wanted(schedule, '2026-01-01T00:00:00Z', 2)).toEqual([
      'sleep 2026-01-01T22:00:00.000Z',
      'sleep 2026-01-02T22:00:00.000Z',
    ]);
  });

  it('does not wake on a holiday, by the day that it is there', () => {
    const holidays = new Set(['2026-12-25', '2026-12-28']);
    const next = nextTransition(BERLIN, at('2026-12-24T20:00:00Z'), day =>
      holidays.has(day),
    );
    // Friday is a holiday, and so is Monday: it is asleep on Friday evening anyway.
    expect(said(next)).toBe('sleep 2026-12-25T18:00:00.000Z');
    const far: SleepSchedule = {
      sleep: '0 0 1 1 *',
      wake: '30 0 * * *',
      timeZone: 'Pacific/Kiritimati',
    };
    // 10:30 UTC is half past midnight of the next day there.
    expect(
      said(
        nextTransition(far, at('2026-12-24T00:00:00Z'), day =>
          holidays.has(day),
        ),
      ),
    ).toBe('wake 2026-12-25T10:30:00.000Z');
  });

  it('wants of a time that nobody looked at only what came last', () => {
    const monday = at('2026-11-16T06:00:00Z');
    expect(
      said(lastTransition(BERLIN, monday, at('2026-11-20T10:00:00Z'))),
    ).toBe('wake 2026-11-20T07:00:00.000Z');
    expect(
      said(lastTransition(BERLIN, monday, at('2026-11-21T10:00:00Z'))),
    ).toBe('sleep 2026-11-20T18:00:00.000Z');
    expect(
      lastTransition(BERLIN, monday, at('2026-11-16T06:59:59Z')),
    ).toBeUndefined();
  });

  it('lets a wake win over a sleep at the same moment', () => {
    const schedule = {
      sleep: '0 8 * * *',
      wake: '0 8 * * 1',
      timeZone: 'UTC',
    };
    expect(said(nextTransition(schedule, at('2026-11-16T07:00:00Z')))).toBe(
      'wake 2026-11-16T08:00:00.000Z',
    );
  });
});

describe('transitions of any schedule', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/Havana',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
  );
  const line = fc
    .tuple(
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom('*', '1-5', '0,6', '3'),
    )
    .map(([minute, hour, days]) => `${minute} ${hour} * * ${days}`);
  const schedules = fc.record<SleepSchedule>(
    { sleep: line, wake: line, timeZone: zones },
    { requiredKeys: ['sleep', 'timeZone'] },
  );
  const moments = fc.date({
    min: at('2026-01-01T00:00:00Z'),
    max: at('2029-01-01T00:00:00Z'),
    noInvalidDate: true,
  });

  it('come one after the other, and looking once sees what looking often saw last', () => {
    fc.assert(
      fc.property(
        schedules,
        moments,
        fc.array(fc.integer({ min: 1, max: 40 * 3600 }), { maxLength: 12 }),
        (schedule, start, steps) => {
          let now = start;
          let seen: Transition | undefined;
          for (const seconds of steps) {
            const later = new Date(now.getTime() + seconds * 1000);
            seen = lastTransition(schedule, now, later) ?? seen;
            now = later;
          }
          expect(said(lastTransition(schedule, start, now))).toBe(said(seen));
          const next = nextTransition(schedule, now);
          expect(next!.at.getTime()).toBeGreaterThan(now.getTime());
        },
      ),
      { numRuns: 150 },
    );
  });
});
