import { LeaseSimulation } from '@greenroom/plugin-environments-common';
import { brakeText, costsText, hoursText, warningsOf } from './words';

const simulation = (part: Partial<LeaseSimulation> = {}): LeaseSimulation => ({
  at: '2026-11-20T12:00:00.000Z',
  horizonDays: 14,
  leases: 70,
  outcomes: {
    ended: 0,
    paused: 0,
    earlier: 0,
    later: 0,
    'needs-end': 0,
    unchanged: 70,
  },
  overMaximum: 0,
  losesExtensions: 0,
  hours: { now: 12_000.4, simulated: 9_400 },
  costs: [],
  withoutCost: 70,
  owners: [],
  ...part,
});
const over = (ended: number, paused: number) =>
  simulation({ outcomes: { ...simulation().outcomes, ended, paused } });
const LIMITS = { leapSeconds: 900, sharePercent: 20, atLeast: 10 };

describe('what other rules would come to', () => {
  it('warns of what keeps its end and of what can be extended less', () => {
    expect(warningsOf(simulation())).toEqual([]);
    expect(
      warningsOf(simulation({ overMaximum: 1, losesExtensions: 3 })),
    ).toEqual([
      'Beyond the new maximum, and not to be extended, though their end stays: 1.',
      'To be extended less far, or less often, than now: 3.',
    ]);
  });

  it('says what the brake would hold', () => {
    expect(brakeText(simulation(), LIMITS)).toBe(
      'The brake has no part in a change of rules, which ends nothing.',
    );
    expect(brakeText(over(10, 5), LIMITS)).toContain(
      'these 15 (21 %) due at once after a leap of the clock, it would hold them',
    );
    expect(brakeText(over(9, 0), { ...LIMITS, sharePercent: 5 })).toContain(
      'let them end',
    );
  });

  it('says what the hours cost, each currency for itself', () => {
    const costs = [
      { currency: 'EUR', now: 420, simulated: 310 },
      { currency: 'USD', now: 5, simulated: 5.001 },
      { currency: 'GBP', now: 1, simulated: 2 },
    ];
    expect(costsText({ costs, withoutCost: 2 })).toBe(
      'By their authors’ estimates they cost €310.00, not €420.00: €110.00 less; $5.00, as now; £2.00, not £1.00: £1.00 more. 2 without an estimate are not in it.',
    );
    expect(costsText({ costs, withoutCost: 0 })).not.toContain('without');
    expect(costsText(simulation())).toBeUndefined();
  });

  it('counts the hours that environments are on', () => {
    expect(hoursText(simulation())).toBe(
      'Environments are on for 9\u202f400 h within the next 14 days, not 12\u202f000 h: 2\u202f600 h fewer.',
    );
    expect(hoursText(simulation({ hours: { now: 10, simulated: 10 } }))).toBe(
      'Environments are on for 10 h within the next 14 days, as now.',
    );
  });
});
