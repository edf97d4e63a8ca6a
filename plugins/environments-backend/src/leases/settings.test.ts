import { mockServices } from '@backstage/backend-test-utils';
import { JsonValue } from '@backstage/types';
import { readLeaseRules } from './settings';

const read = (...rules: JsonValue[]) =>
  readLeaseRules(
    mockServices.rootConfig({ data: { environments: { leases: { rules } } } }),
  );

describe('the settings of leases', () => {
  it('are none when nothing is configured', () => {
    expect(readLeaseRules(mockServices.rootConfig())).toEqual([]);
  });

  it('are read with their durations in seconds, and owners as they are compared', () => {
    expect(
      read({
        match: { type: ['preview'], owner: ['Group:Checkout'] },
        default: '1d',
        min: '1h',
        max: '3d',
        extensions: { max: 2, by: '12h' },
        holdMax: '2d',
        jitter: '10m',
        allowUnlimited: false,
      }),
    ).toEqual([
      {
        match: { type: ['preview'], owner: ['group:default/checkout'] },
        defaultSeconds: 86_400,
        minSeconds: 3600,
        maxSeconds: 259_200,
        extensions: 2,
        extendBySeconds: 43_200,
        holdMaxSeconds: 172_800,
        jitterSeconds: 600,
        allowUnlimited: false,
      },
    ]);
  });

  it.each<[string, JsonValue, string]>([
    ['a duration that is none', { max: 'long' }, 'rules[1].max is "long"'],
    [
      'an extension that is none',
      { extensions: { by: '0h' } },
      'rules[1].extensions.by is "0h"',
    ],
    [
      'a number of extensions that is none',
      { extensions: { max: 1.5 } },
      'rules[1].extensions.max is 1.5',
    ],
    ['a key it does not know', { maximum: '1d' }, 'a key "maximum"'],
    ['one below that', { match: { kind: ['x'] } }, 'rules[1].match has a key'],
    ['an owner without a kind', { match: { owner: ['mira'] } }, '"mira"'],
    ['a minimum above the maximum', { min: '2d', max: '1d' }, 'rules[1].min'],
    [
      'a default outside of both',
      { default: '2d', max: '1d' },
      'rules[1].default',
    ],
  ])('are refused with %s, at its place', (_what, rule, message) => {
    expect(() => read({ max: '1d' }, rule)).toThrow(message);
  });
});
