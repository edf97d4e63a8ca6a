import { BlueprintTtl } from '@greenroom/plugin-environments-common';
import { decideGrant } from './grant';
import { spreadOf } from './jitter';
import { leaseRules, LeaseRuleSetting } from './rules';

const HOUR = 3600;
const DAY = 24 * HOUR;
const SUBJECT = {
  type: 'sandbox',
  owner: 'group:default/checkout',
  blueprint: 'shop',
};
const TTL: BlueprintTtl = {
  defaultSeconds: 2 * DAY,
  minSeconds: HOUR,
  maxSeconds: 14 * DAY,
  warnBeforeSeconds: [],
  extensions: 3,
  extendBySeconds: DAY,
};

const rules = (
  settings: Partial<LeaseRuleSetting>[] = [],
  ttl: BlueprintTtl = TTL,
) =>
  leaseRules(
    ttl,
    settings.map(setting => ({ match: {}, ...setting })),
    SUBJECT,
  );

describe('the rules of a lease', () => {
  it("are the blueprint's where the configuration says nothing", () => {
    expect(rules()).toEqual({
      default: { value: 2 * DAY, rule: 'ttl.default' },
      min: { value: HOUR, rule: 'ttl.min' },
      max: { value: 14 * DAY, rule: 'ttl.max' },
      extensions: { value: 3, rule: 'ttl.extensions.max' },
      extendBy: { value: DAY, rule: 'ttl.extensions.by' },
      holdMax: { value: 7 * DAY, rule: 'lease.hold.max' },
    });
  });

  it('are narrowed by each setting that matches, whatever their order, and never widened', () => {
    const settings = [
      { maxSeconds: 30 * DAY, holdMaxSeconds: 2 * DAY },
      { maxSeconds: 7 * DAY, extensions: 1, minSeconds: 2 * HOUR },
      { maxSeconds: 10 * DAY, extendBySeconds: HOUR, minSeconds: 60 },
    ];
    expect(rules(settings)).toEqual({
      default: { value: 2 * DAY, rule: 'ttl.default' },
      min: { value: 2 * HOUR, rule: 'config.leases.rules[1].min' },
      max: { value: 7 * DAY, rule: 'config.leases.rules[1].max' },
      extensions: { value: 1, rule: 'config.leases.rules[1].extensions.max' },
      extendBy: { value: HOUR, rule: 'config.leases.rules[2].extensions.by' },
      holdMax: { value: 2 * DAY, rule: 'config.leases.rules[0].holdMax' },
    });
  });

  it('go by type, owner and blueprint, each of which must be among those named', () => {
    const maxSeconds = DAY;
    const met = (match: LeaseRuleSetting['match']) =>
      rules([{ match, maxSeconds }]).max?.value === DAY;
    expect(met({})).toBe(true);
    expect(met({ type: ['preview', 'sandbox'] })).toBe(true);
    expect(met({ type: ['sandbox'], blueprint: ['shop'] })).toBe(true);
    expect(met({ type: ['sandbox'], blueprint: ['other'] })).toBe(false);
    expect(met({ owner: ['group:default/checkout'] })).toBe(true);
    expect(met({ owner: ['group:default/payments'] })).toBe(false);
  });

  it('let a default be no longer than the maximum, nor shorter than the minimum', () => {
    expect(rules([{ maxSeconds: DAY }]).default).toEqual({
      value: DAY,
      rule: 'config.leases.rules[0].max',
    });
    expect(rules([{ minSeconds: 3 * DAY }]).default).toEqual({
      value: 3 * DAY,
      rule: 'config.leases.rules[0].min',
    });
  });

  it('stay apart: what is not limited is not limited by the others', () => {
    const only = (ttl: object) => rules([], { warnBeforeSeconds: [], ...ttl });
    expect(only({ defaultSeconds: 60, maxSeconds: DAY })).toMatchObject({
      default: { value: 60 },
      min: undefined,
    });
    expect(only({ minSeconds: 60 })).toMatchObject({ default: undefined });
  });

  it('let the maximum win where it is below the minimum', () => {
    const { min, max } = rules([{ maxSeconds: 60 }]);
    expect([min?.value, max?.value]).toEqual([60, 60]);
  });
});

describe('the grant of a lease', () => {
  const open: BlueprintTtl = { warnBeforeSeconds: [] };

  it('is what was asked for, else the default, else the maximum, else no end', () => {
    expect(decideGrant(rules(), '2h', 0)).toEqual({
      seconds: 2 * HOUR,
      reason: '2 h chosen at the request',
      rule: 'ttl.requested',
      problems: [],
    });
    expect(decideGrant(rules(), undefined, 0)).toMatchObject({
      seconds: 2 * DAY,
      reason: "2 d, the blueprint's default",
      rule: 'ttl.default',
    });
    const noDefault = { ...TTL, defaultSeconds: undefined };
    expect(decideGrant(rules([], noDefault), undefined, 0)).toMatchObject({
      seconds: 14 * DAY,
      reason: "14 d, the blueprint's maximum",
      rule: 'ttl.max',
    });
    expect(
      decideGrant(rules([{ maxSeconds: DAY }]), undefined, 0),
    ).toMatchObject({
      seconds: DAY,
      reason: "1 d, this portal's default",
      rule: 'config.leases.rules[0].max',
    });
    expect(decideGrant(rules([], open), undefined, 0)).toEqual({
      reason: 'the blueprint sets no TTL',
      rule: 'ttl.none',
      problems: [],
    });
  });

  it('is spread where a rule says so, by the environment, and never over a limit', () => {
    const spread = rules([
      { jitterSeconds: 10 * HOUR },
      { jitterSeconds: 2 * HOUR },
    ]);
    expect(decideGrant(spread, undefined, 0.5)).toEqual({
      seconds: 2 * DAY - HOUR,
      reason: "2 d, the blueprint's default, less 1 h of jitter",
      rule: 'ttl.default, config.leases.rules[1].jitter',
      problems: [],
    });
    expect(decideGrant(spread, undefined, 0).seconds).toBe(2 * DAY);
    expect(decideGrant(spread, '2h', 0.5).seconds).toBe(2 * HOUR);
    const wide = rules([{ jitterSeconds: 30 * DAY }]);
    expect(decideGrant(wide, undefined, 0.99).seconds).toBeGreaterThan(DAY);
    const strict = rules([
      { jitterSeconds: 30 * DAY, minSeconds: 2 * DAY - 60 },
    ]);
    expect(decideGrant(strict, undefined, 0.99).seconds).toBe(2 * DAY - 59);
    const id = '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
    expect(spreadOf(id)).toBe(spreadOf(id));
    expect(spreadOf(id)).not.toBe(spreadOf(id.replace('7', '8')));
  });

  it.each(['', '0m', '-1h', '1.5h', '2 h', '1w', 'soon', '١h'])(
    'refuses %j as no duration',
    requested => {
      expect(decideGrant(rules(), requested, 0)).toMatchObject({
        problems: [{ code: 'ttl.invalid', field: '/ttl' }],
      });
    },
  );

  it('refuses what is outside of the limits, and says whose they are', () => {
    expect(decideGrant(rules(), '15d', 0).problems).toEqual([
      {
        code: 'ttl.too-long',
        field: '/ttl',
        message: '15 d is longer than the 14 d that this blueprint allows.',
        remedy: 'Choose 14 d or less.',
      },
    ]);
    expect(decideGrant(rules([{ maxSeconds: DAY }]), '2d', 0).problems).toEqual(
      [
        expect.objectContaining({
          message:
            "2 d is longer than the 1 d that this portal's configuration allows (config.leases.rules[0].max).",
        }),
      ],
    );
    expect(decideGrant(rules(), '5m', 0).problems).toMatchObject([
      { code: 'ttl.too-short', remedy: 'Choose 1 h or more.' },
    ]);
    expect(
      decideGrant(rules([], open), '999999999d', 0).problems,
    ).toMatchObject([{ code: 'ttl.too-long' }]);
  });

  it('needs an end where the configuration allows none without', () => {
    const strict = rules([{ allowUnlimited: false }], open);
    expect(decideGrant(strict, undefined, 0).problems).toMatchObject([
      {
        code: 'ttl.required',
        message: expect.stringContaining(
          'config.leases.rules[0].allowUnlimited',
        ),
      },
    ]);
    expect(decideGrant(strict, '2h', 0).problems).toEqual([]);
  });
});
