import { Sleep, sleepsWithin } from './sleeps';
import { SleepSchedule } from './transitions';

const BERLIN: SleepSchedule = {
  sleep: '0 19 * * 1-5',
  wake: '0 8 * * 1-5',
  timeZone: 'Europe/Berlin',
};

const at = (text: string) => new Date(text);
const said = (sleeps: Sleep[]) =>
  sleeps.map(
    ({ from, until }) =>
      `${from.toISOString().slice(0, 16)} ${until?.toISOString().slice(0, 16) ?? 'on'}`,
  );
const week = (from: string, asleep = false) => ({
  from: at(from),
  until: new Date(at(from).getTime() + 7 * 86_400_000),
  asleep,
});

describe('the sleeps of a week', () => {
  it('are nights and the weekend, over which the clocks are set back', () => {
    expect(
      said(sleepsWithin(BERLIN, week('2026-10-22T22:00:00Z', true))),
    ).toEqual([
      '2026-10-22T22:00 2026-10-23T06:00',
      '2026-10-23T17:00 2026-10-26T07:00',
      '2026-10-26T18:00 2026-10-27T07:00',
      '2026-10-27T18:00 2026-10-28T07:00',
      '2026-10-28T18:00 2026-10-29T07:00',
      '2026-10-29T18:00 on',
    ]);
  });

  it('begin with the next one for what somebody has woken', () => {
    const [first] = sleepsWithin(BERLIN, week('2026-11-16T04:00:00Z'));
    expect(said([first])).toEqual(['2026-11-16T18:00 2026-11-17T07:00']);
  });

  it('go on over holidays', () => {
    const holidays = ['2026-11-17', '2026-11-18'];
    expect(
      said(
        sleepsWithin(BERLIN, week('2026-11-16T12:00:00Z'), day =>
          holidays.includes(day),
        ),
      )[0],
    ).toBe('2026-11-16T18:00 2026-11-19T07:00');
  });

  it('have no end where nothing wakes', () => {
    const schedule = { sleep: '0 22 * * *', timeZone: 'UTC' };
    expect(said(sleepsWithin(schedule, week('2026-11-16T12:00:00Z')))).toEqual([
      '2026-11-16T22:00 on',
    ]);
    expect(
      sleepsWithin(
        { sleep: '0 0 1 1 *', timeZone: 'UTC' },
        week('2026-11-16T12:00:00Z'),
      ),
    ).toEqual([]);
  });
});
