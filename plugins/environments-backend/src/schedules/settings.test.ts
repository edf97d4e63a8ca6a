import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { mockServices } from '@backstage/backend-test-utils';
import { sleepsWithin } from '@greenroom/plugin-environments-common';
import {
  holidaysOf,
  readScheduleSettings,
  resolveSchedule,
  settingsDigest,
} from './settings';

const read = (schedules: object) =>
  readScheduleSettings(
    mockServices.rootConfig({
      data: { environments: { schedules } },
    }),
  );
const RULE = {
  sleep: '0 19 * * *',
  wake: '0 8 * * 1-5',
  timeZone: 'Europe/Berlin',
};
const SUBJECT = {
  type: 'sandbox',
  owner: 'group:default/checkout',
  blueprint: 'shop',
};

describe('schedules in the configuration', () => {
  it('are those of the first rule of which all fits, where the blueprint has none', () => {
    const settings = read({
      rules: [
        {
          ...RULE,
          match: { type: ['sandbox'], owner: ['group:default/other'] },
        },
        { ...RULE, match: { owner: [SUBJECT.owner] }, sleep: '0 20 * * *' },
        RULE,
      ],
    });
    expect(resolveSchedule(undefined, SUBJECT, settings)).toEqual({
      rule: 'config.schedules.rules[1]',
      schedule: { ...RULE, sleep: '0 20 * * *' },
    });
    const other = { ...SUBJECT, owner: 'user:default/mira' };
    expect(resolveSchedule(undefined, other, settings)?.rule).toBe(
      'config.schedules.rules[2]',
    );
    const own = { sleep: '0 1 * * *', timeZone: 'UTC' };
    expect(resolveSchedule(own, SUBJECT, settings)).toEqual({
      rule: 'blueprint',
      schedule: own,
    });
    expect(resolveSchedule(undefined, SUBJECT, read({}))).toBeUndefined();
  });

  it('give a team its quiet hours, as the documentation shows', () => {
    const page = readFileSync(
      resolve(__dirname, '../../../../docs/schedules.md'),
      'utf8',
    );
    const [, example] = page.match(/```yaml\n(environments:[^`]*)```/)!;
    const settings = read(parse(example).environments.schedules);
    const week = (owner: string) => {
      const resolved = resolveSchedule(
        undefined,
        { ...SUBJECT, owner },
        settings,
      )!;
      const within = {
        from: new Date('2026-12-23T12:00:00Z'),
        until: new Date('2026-12-29T12:00:00Z'),
        asleep: false,
      };
      const isHoliday = holidaysOf(resolved.schedule, settings);
      return sleepsWithin(resolved.schedule, within, isHoliday).map(
        ({ from, until }) => [from, until].map(at => at?.toISOString()),
      );
    };
    // It sleeps on over holidays and the weekend. Berlin is an hour ahead of UTC in winter.
    expect(week('group:default/checkout')).toEqual([
      ['2026-12-23T17:00:00.000Z', '2026-12-24T07:00:00.000Z'],
      ['2026-12-24T17:00:00.000Z', '2026-12-28T07:00:00.000Z'],
      ['2026-12-28T17:00:00.000Z', '2026-12-29T07:00:00.000Z'],
    ]);
    expect(week('user:default/mira')[0]).toEqual([
      '2026-12-23T21:00:00.000Z',
      '2026-12-24T06:00:00.000Z',
    ]);
  });

  it('know the days of their calendar, and none of one that is not there', () => {
    const settings = read({
      calendars: [{ name: 'berlin', days: ['2026-12-25'] }],
      rules: [{ ...RULE, holidays: 'berlin' }],
    });
    const isHoliday = holidaysOf(settings.rules[0].schedule, settings);
    expect(isHoliday('2026-12-25')).toBe(true);
    expect(isHoliday('2026-12-24')).toBe(false);
    expect(holidaysOf({ ...RULE, holidays: 'x' }, settings)('2026-12-25')).toBe(
      false,
    );
    expect(settingsDigest(settings)).not.toBe(settingsDigest(read({})));
  });

  it.each([
    [
      { rules: [{ ...RULE, sleep: 'at night' }] },
      'environments.schedules.rules[0].sleep: "at night" is not a line of times',
    ],
    [
      { rules: [RULE, { ...RULE, timeZone: 'Berlin' }] },
      'environments.schedules.rules[1].timeZone: There is no time zone "Berlin"',
    ],
    [
      { rules: [{ ...RULE, holidays: 'berlin' }] },
      'rules[0].holidays names "berlin", and there is no such calendar',
    ],
    [
      { calendars: [{ name: 'berlin', days: ['25.12.2026'] }] },
      'environments.schedules.calendars[0].days holds "25.12.2026"',
    ],
    [{ calender: [] }, 'environments.schedules has a key "calender"'],
    [
      { calendars: [{ name: 'berlin', dates: [], days: [] }] },
      'environments.schedules.calendars[0] has a key "dates"',
    ],
    [
      {
        calendars: [
          { name: 'berlin', days: [] },
          { name: 'berlin', days: ['2026-12-25'] },
        ],
      },
      'environments.schedules.calendars[1].name is "berlin" once more',
    ],
    [{ rules: [{ timeZone: 'UTC' }] }, 'sleep'],
    [
      { rules: [{ ...RULE, wakes: '0 8 * * *' }] },
      'environments.schedules.rules[0] has a key "wakes", which says nothing',
    ],
    [
      { rules: [{ ...RULE, match: { owner: ['checkout'] } }] },
      'environments.schedules.rules[0].match.owner holds "checkout"',
    ],
  ])('are refused in words: %j', (schedules, message) => {
    expect(() => read(schedules)).toThrow(message);
  });
});
