import { LeaseStage } from '@greenroom/plugin-environments-common';
import { momentOf } from '../../clock';
import { holidaysWithin, planSleeps, standingOf } from './plan';

const BERLIN = {
  sleep: '0 19 * * 1-5',
  wake: '0 8 * * 1-5',
  timeZone: 'Europe/Berlin',
};
const none = () => false;
/** A Monday at noon in Berlin. */
const NOW = momentOf('2026-11-16T11:00:00.000Z');
const days = (from = NOW.toISOString()) => ({
  now: NOW,
  from: momentOf(from),
  until: momentOf('2026-11-19T11:00:00.000Z'),
});
const minutes = (sleeps: { from: string; until?: string }[]) =>
  sleeps.map(({ from, until = 'on' }) => [
    from.slice(8, 16),
    until.slice(8, 16) || until,
  ]);

describe('the plan of sleeps', () => {
  it('has the nights of an environment that is awake, and when it falls asleep next', () => {
    const { sleeps, next } = planSleeps(
      BERLIN,
      'awake',
      days(),
      undefined,
      none,
    );
    expect(minutes(sleeps)).toEqual([
      ['16T18:00', '17T07:00'],
      ['17T18:00', '18T07:00'],
      ['18T18:00', '19T07:00'],
    ]);
    expect(next).toEqual({ kind: 'sleep', at: '2026-11-16T18:00:00.000Z' });
  });

  it('begins with the sleep that there is, and says when that ends', () => {
    const { sleeps, next } = planSleeps(
      BERLIN,
      'asleep',
      days(),
      undefined,
      none,
    );
    expect(minutes(sleeps)[0]).toEqual(['16T11:00', '17T07:00']);
    expect(next).toEqual({ kind: 'wake', at: '2026-11-17T07:00:00.000Z' });
  });

  it('of later days knows whether they begin asleep, and still what comes next', () => {
    const { sleeps, next } = planSleeps(
      BERLIN,
      'awake',
      days('2026-11-17T23:00:00.000Z'),
      undefined,
      none,
    );
    expect(minutes(sleeps)[0]).toEqual(['17T23:00', '18T07:00']);
    expect(next).toEqual({ kind: 'sleep', at: '2026-11-16T18:00:00.000Z' });
  });

  it('ends with the lease', () => {
    const end = momentOf('2026-11-16T20:00:00.000Z');
    const { sleeps, next } = planSleeps(BERLIN, 'awake', days(), end, none);
    expect(minutes(sleeps)).toEqual([['16T18:00', '16T20:00']]);
    expect(next?.kind).toBe('sleep');
    // It wakes no more: its end is no waking.
    expect(planSleeps(BERLIN, 'asleep', days(), end, none).next).toBe(
      undefined,
    );
  });

  it('is empty for what its schedule does not wake', () => {
    expect(planSleeps(BERLIN, 'paused', days(), undefined, none)).toEqual({
      sleeps: [],
    });
  });

  it('names the holidays by the clock of the schedule', () => {
    const isHoliday = (day: string) => day === '2026-11-19';
    expect(holidaysWithin(BERLIN, days(), isHoliday)).toEqual(['2026-11-19']);
    // There it is still the day before when the days that are asked for end.
    const far = { ...BERLIN, timeZone: 'Pacific/Pago_Pago' };
    const until = momentOf('2026-11-19T10:00:00.000Z');
    expect(holidaysWithin(far, { ...days(), until }, isHoliday)).toEqual([]);
  });
});

describe('what stands between an environment and its schedule', () => {
  it.each<[string, 'running' | 'paused' | 'pausing', LeaseStage, boolean]>([
    ['awake', 'running', 'running', true],
    ['asleep', 'paused', 'running', true],
    ['asleep', 'pausing', 'running', true],
    ['paused', 'paused', 'running', false],
    ['paused', 'paused', 'grace', true],
  ])(
    'makes it %s when it is %s in stage %s, by its schedule: %s',
    (standing, state, stage, pausedBySchedule) => {
      expect(standingOf({ state, stage, pausedBySchedule })).toBe(standing);
    },
  );
});
