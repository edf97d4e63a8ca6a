import { mockServices } from '@backstage/backend-test-utils';
import { JsonValue } from '@backstage/types';
import { readBrakeSettings } from './settings';

const read = (brake?: JsonValue) =>
  readBrakeSettings(
    mockServices.rootConfig({
      data: { environments: { leases: { ...(brake && { brake }) } } },
    }),
  );

describe('the settings of the brake', () => {
  it('hold a fifth of a fleet after a quarter of an hour when nothing is said', () => {
    const usual = { leapSeconds: 900, sharePercent: 20, atLeast: 10 };
    expect(read()).toEqual(usual);
    expect(read({ leap: '8h' })).toEqual({ ...usual, leapSeconds: 28_800 });
    expect(read({ sharePercent: 100, atLeast: 1 })).toEqual({
      leapSeconds: 900,
      sharePercent: 100,
      atLeast: 1,
    });
  });

  it.each<[string, JsonValue, string]>([
    ['a leap that is no duration', { leap: 'long' }, '.leap is "long"'],
    ['a leap that is hardly one', { leap: '30s' }, '5m or more'],
    ['a share of nothing', { sharePercent: 0 }, '.sharePercent is 0'],
    ['a share of more than all', { sharePercent: 120 }, '.sharePercent is 120'],
    ['half a lease', { atLeast: 0.5 }, '.atLeast is 0.5'],
    ['what is mistyped', { share: 20 }, 'a key "share"'],
  ])('refuse %s', (_, brake, message) => {
    expect(() => read(brake)).toThrow(message);
  });
});
