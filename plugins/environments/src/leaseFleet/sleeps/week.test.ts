import { SleepingEnvironment } from '@greenroom/plugin-environments-common';
import { clockChange, clockThere, dayText, daysOf, sleepsOf } from './week';

const BERLIN = 'Europe/Berlin';
const at = (iso: string) => Date.parse(iso);
const sleeping = (
  sleeps: SleepingEnvironment['sleeps'],
  part: Partial<SleepingEnvironment> = {},
) => ({ standing: 'awake', sleeps, ...part }) as SleepingEnvironment;

describe('a week of sleeps', () => {
  it('begins today, there where somebody looks, and goes on by weeks', () => {
    // There it is tomorrow already.
    const now = at('2026-11-22T23:30:00Z');
    const days = daysOf(now, 0, BERLIN);
    expect(days.map(({ from }) => from.toISODate())).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
    ]);
    expect(daysOf(now, 1, BERLIN)[0].from.toISODate()).toBe('2026-11-30');
  });

  it('has bars from day to day', () => {
    const [monday, tuesday, wednesday] = daysOf(
      at('2026-11-23T12:00:00Z'),
      0,
      BERLIN,
    );
    const night = sleeping([
      { from: '2026-11-23T18:00:00Z', until: '2026-11-24T06:00:00Z' },
    ]);
    expect(sleepsOf(monday, night)).toEqual([
      { left: 19 / 24, width: 5 / 24, text: '19:00–24:00' },
    ]);
    expect(sleepsOf(tuesday, night)).toEqual([
      { left: 0, width: 7 / 24, text: '00:00–07:00' },
    ]);
    expect(dayText(wednesday, night)).toBe('awake');
    const on = sleeping([{ from: '2026-11-23T18:00:00Z' }]);
    expect(dayText(wednesday, on)).toBe('asleep 00:00–24:00');
  });

  it('has days of 23 and 25 hours, and says so', () => {
    const spring = daysOf(at('2026-03-29T12:00:00Z'), 0, BERLIN)[0];
    expect(clockChange(spring)).toBe('The clocks go forward by 1 h');
    const night = sleeping([
      { from: '2026-03-28T18:00:00Z', until: '2026-03-29T06:00:00Z' },
    ]);
    // Eight by the clock is seven hours after midnight, of 23.
    expect(sleepsOf(spring, night)).toEqual([
      { left: 0, width: 7 / 23, text: '00:00–08:00' },
    ]);
    const autumn = daysOf(at('2026-10-25T12:00:00Z'), 0, BERLIN)[0];
    expect(clockChange(autumn)).toBe('The clocks go back by 1 h');
    const howe = daysOf(at('2026-10-03T20:00:00Z'), 0, 'Australia/Lord_Howe');
    expect(clockChange(howe[0])).toBe('The clocks go forward by 30 min');
    expect(clockChange(howe[1])).toBeUndefined();
  });

  it('says when its time is up, and what nothing wakes', () => {
    const [monday, tuesday] = daysOf(at('2026-11-23T12:00:00Z'), 0, BERLIN);
    const ends = sleeping([], { endsAt: '2026-11-23T17:30:00Z' });
    expect(dayText(monday, ends)).toBe('awake; its time is up at 18:30');
    expect(dayText(tuesday, ends)).toBe('its time is up');
    expect(dayText(monday, sleeping([], { standing: 'paused' }))).toBe(
      'paused',
    );
  });

  it('names the time by the clock of the schedule where that is another', () => {
    const moment = '2026-11-23T18:00:00Z';
    expect(clockThere(moment, BERLIN, BERLIN)).toBeUndefined();
    expect(clockThere(moment, 'Europe/Paris', BERLIN)).toBeUndefined();
    expect(clockThere(moment, BERLIN, 'UTC')).toBe('19:00');
    expect(clockThere(moment, 'Asia/Tokyo', BERLIN)).toBe('Tue 03:00');
  });
});
