import { LeaseRules } from '@greenroom/plugin-environments-common';
import { addSeconds, systemClock } from '../clock';
import { EntryDraft } from './entry';
import { decideExtend, describeExtension, Move } from './extend';
import { begin, follow, LeaseProjection } from './ledger';
import { decideShorten } from './shorten';

const START = systemClock.now();
const at = (hours: number) => addSeconds(START, hours * 3600);
const HOUR = 3600;
const BY_MIRA = { actor: 'user:default/mira' };
const NOW = at(10);

/** Ends after a day, at the latest after four. */
function leaseOf(
  maxHours: number | undefined = 96,
  endHours: number | undefined = 24,
): LeaseProjection {
  return begin({
    kind: 'grant',
    ...BY_MIRA,
    at: START,
    reason: "1 d, the blueprint's default",
    rule: 'ttl.default',
    expiresAfter: endHours === undefined ? undefined : at(endHours),
    detail: {
      maxExpiresAt:
        maxHours === undefined ? undefined : at(maxHours).toISOString(),
      warnBeforeSeconds: [],
      onExpiry: 'destroy',
    },
  });
}

const RULES: LeaseRules = {
  default: { value: 24 * HOUR, rule: 'ttl.default' },
  min: { value: 2 * HOUR, rule: 'ttl.min' },
  max: { value: 96 * HOUR, rule: 'ttl.max' },
  extensions: { value: 2, rule: 'ttl.extensions.max' },
  extendBy: { value: 36 * HOUR, rule: 'config.leases.rules[0].extensions.by' },
  holdMax: { value: 24 * HOUR, rule: 'lease.hold.max' },
};

function extend(
  request: Partial<Move & { override: boolean }>,
  lease = leaseOf(),
  rules = RULES,
) {
  return decideExtend(
    lease,
    rules,
    { ...BY_MIRA, override: false, ...request },
    NOW,
  );
}
const shorten = (request: Partial<Move>, lease = leaseOf()) =>
  decideShorten(lease, RULES, { ...BY_MIRA, ...request }, NOW);

function draftsOf(decision: ReturnType<typeof extend>): EntryDraft[] {
  if (decision.refused) throw new Error(decision.refused.message);
  return decision.drafts;
}
const codeOf = ({ refused }: ReturnType<typeof extend>) => refused?.code;

/** The lease after it was extended so. */
function extended(...requests: Parameters<typeof extend>[0][]) {
  return requests.reduce(
    (lease, request) =>
      follow(lease, draftsOf(extend(request, lease)), NOW).lease,
    leaseOf(),
  );
}

describe('an extension', () => {
  it('moves the end by so much, to a moment, or as far as is usual', () => {
    expect(draftsOf(extend({ bySeconds: HOUR, reason: 'a demo' }))).toEqual([
      {
        kind: 'extend',
        ...BY_MIRA,
        reason: 'extended by 1 h: a demo',
        rule: 'lease.extended',
        expiresAfter: at(25),
        detail: {},
      },
    ]);
    expect(draftsOf(extend({ until: at(30) }))).toMatchObject([
      { expiresAfter: at(30), reason: 'extended by 6 h' },
    ]);
    expect(draftsOf(extend({}))).toMatchObject([{ expiresAfter: at(60) }]);
    const { extendBy: _, ...noStep } = RULES;
    expect(draftsOf(extend({}, leaseOf(), noStep))).toMatchObject([
      { expiresAfter: at(48) },
    ]);
    const { default: __, ...nothingUsual } = noStep;
    expect(draftsOf(extend({}, leaseOf(), nothingUsual))).toMatchObject([
      { expiresAfter: at(96) },
    ]);
  });

  it('counts from now where the end is over', () => {
    const lease = leaseOf(96, 5);
    expect(draftsOf(extend({ bySeconds: HOUR }, lease))).toMatchObject([
      { expiresAfter: at(11) },
    ]);
  });

  it('is cut by the maximum, which an entry says', () => {
    const far = extended({ bySeconds: 36 * HOUR });
    const narrow = { ...RULES, max: { value: 70 * HOUR, rule: 'ttl.max' } };
    expect(draftsOf(extend({ bySeconds: 36 * HOUR }, far, narrow))).toEqual([
      expect.objectContaining({ kind: 'extend', expiresAfter: at(70) }),
      {
        kind: 'cap',
        ...BY_MIRA,
        reason: expect.stringContaining('later than this blueprint allows'),
        rule: 'ttl.max',
        expiresAfter: at(70),
        detail: { wanted: at(96).toISOString() },
      },
    ]);
  });

  it('goes by the narrower of the maximum that was granted and that of today', () => {
    const { extendBy: _, ...rules } = RULES;
    const end = (max?: { value: number; rule: string }, granted?: number) =>
      draftsOf(
        extend({ until: at(500) }, leaseOf(granted), { ...rules, max }),
      )[0].expiresAfter;
    expect(end({ value: 30 * HOUR, rule: 'any' })).toEqual(at(30));
    expect(end({ value: 300 * HOUR, rule: 'any' })).toEqual(at(96));
    expect(end()).toEqual(at(96));
  });

  it('is refused at the maximum, which says from when it counts', () => {
    const { extensions: _, ...rules } = RULES;
    const decision = extend({ bySeconds: HOUR }, leaseOf(24), rules);
    expect(decision.refused).toMatchObject({
      code: 'lease.maximum.reached',
      message: expect.stringContaining(START.toISOString()),
      remedy: expect.stringContaining('environments.lease.override'),
    });
  });

  it('is refused when there have been enough, or it is too much at once', () => {
    const twice = extended({ bySeconds: HOUR }, { bySeconds: HOUR });
    expect(extend({ bySeconds: HOUR }, twice).refused).toMatchObject({
      code: 'lease.extension.limit',
      message:
        'It has been extended 2 times, and 2 is what this blueprint allows.',
    });
    expect(extend({ bySeconds: 37 * HOUR }).refused).toMatchObject({
      code: 'lease.extension.too-long',
      message: expect.stringContaining(
        '(config.leases.rules[0].extensions.by)',
      ),
    });
    const never = {
      ...RULES,
      extensions: { value: 0, rule: 'ttl.extensions.max' },
    };
    expect(codeOf(extend({}, leaseOf(), never))).toBe('lease.extension.limit');
  });

  it('goes beyond the limits by an override alone, which does not count, and moves the maximum', () => {
    const lease = extended({ bySeconds: HOUR }, { bySeconds: HOUR });
    const beyond = { until: at(200), override: true, reason: 'a trial' };
    const drafts = draftsOf(extend(beyond, lease));
    expect(drafts).toMatchObject([
      {
        rule: 'lease.override',
        reason: 'extended by 7 d 6 h beyond the limits: a trial',
      },
    ]);
    expect(follow(lease, drafts, NOW).lease).toMatchObject({
      expiresAt: at(200),
      maxExpiresAt: at(200),
      extensionsUsed: 2,
    });
    const within = draftsOf(extend({ bySeconds: HOUR, override: true }));
    expect(within).toMatchObject([{ rule: 'lease.extended', detail: {} }]);
  });

  it('is none when it is not later, or when there is no end to move', () => {
    expect(codeOf(extend({ until: at(24) }))).toBe('lease.extension.not-later');
    const endless = leaseOf(undefined, undefined);
    const never = { ...endless, expiresAt: undefined };
    expect(codeOf(extend({}, never))).toBe('lease.unlimited');
    const open = { ...leaseOf(), maxExpiresAt: undefined };
    expect(codeOf(extend({}, open, { holdMax: RULES.holdMax }))).toBe(
      'lease.extension.amount',
    );
  });

  it('is described before it is asked for: how far, how many are left, or why not', () => {
    expect(describeExtension(leaseOf(), RULES, NOW)).toEqual({
      usualSeconds: 36 * HOUR,
      left: 2,
      until: at(60).toISOString(),
    });
    expect(describeExtension(leaseOf(30), RULES, NOW)).toMatchObject({
      until: at(30).toISOString(),
    });
    expect(describeExtension(leaseOf(24), RULES, NOW)).toMatchObject({
      problem: { code: 'lease.maximum.reached' },
    });
  });
});

describe('a shortening', () => {
  it('moves the end to earlier, or gives one to what had none', () => {
    expect(draftsOf(shorten({ bySeconds: 4 * HOUR }))).toMatchObject([
      { kind: 'shorten', expiresAfter: at(20) },
    ]);
    const endless = { ...leaseOf(), expiresAt: undefined };
    expect(draftsOf(shorten({ until: at(20) }, endless))).toMatchObject([
      { expiresAfter: at(20) },
    ]);
    expect(codeOf(shorten({ bySeconds: HOUR }, endless))).toBe(
      'lease.shorten.amount',
    );
  });

  it('is refused to what is over, to what is not earlier, and below the minimum', () => {
    expect(codeOf(shorten({ until: at(9) }))).toBe('lease.shorten.past');
    expect(codeOf(shorten({ until: at(24) }))).toBe(
      'lease.shorten.not-earlier',
    );
    const strict = { ...RULES, min: { value: 20 * HOUR, rule: 'ttl.min' } };
    expect(
      codeOf(
        decideShorten(leaseOf(), strict, { ...BY_MIRA, until: at(15) }, NOW),
      ),
    ).toBe('lease.shorten.too-short');
  });
});

describe('a lease that is over', () => {
  it.each([
    ['ending', 'lease.ending'],
    ['ended', 'lease.ended'],
  ] as const)('is moved by nobody while it is %s', (stage, code) => {
    const over = { ...leaseOf(), stage };
    expect(codeOf(extend({ bySeconds: HOUR }, over))).toBe(code);
    expect(codeOf(shorten({ until: at(20) }, over))).toBe(code);
  });

  it('is not shortened in its grace', () => {
    const grace = { ...leaseOf(), stage: 'grace' as const };
    expect(codeOf(shorten({ until: at(20) }, grace))).toBe('lease.grace');
  });
});
