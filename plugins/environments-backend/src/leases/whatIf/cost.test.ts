import { addSeconds, momentOf } from '../../clock';
import { begin, LeaseProjection } from '../ledger';
import { costUntil, CostSums } from './cost';

const DAY = 86_400;
const NOW = momentOf('2026-11-04T12:00:00.000Z');
const onDay = (day: number) => addSeconds(NOW, day * DAY);
const cost = { perDay: 10, asleepPerDay: 2, currency: 'EUR' };

/** Ends on a day, or is paused then for so many more. */
function leaseUntil(
  day: number | undefined,
  grace?: number,
  part: Partial<LeaseProjection> = {},
): LeaseProjection {
  const lease = begin({
    kind: 'grant',
    at: addSeconds(NOW, -9 * DAY),
    actor: 'user:default/mira',
    reason: 'chosen',
    rule: 'ttl.requested',
    expiresAfter: day === undefined ? undefined : onDay(day),
    detail: {
      warnBeforeSeconds: [],
      onExpiry: grace === undefined ? 'destroy' : 'pause',
      graceSeconds: grace === undefined ? undefined : grace * DAY,
    },
  });
  return { ...lease, ...part };
}

const protection = { by: 'a', since: NOW, reason: 'shown' };
const protectedGrace: Partial<LeaseProjection> = { stage: 'grace', protection };

describe('what an environment costs until a moment', () => {
  it.each<[string, LeaseProjection, number]>([
    ['to its end', leaseUntil(3), 30],
    ['to that moment, when it ends later', leaseUntil(20), 100],
    ['to that moment, when it has no end', leaseUntil(undefined), 100],
    ['nothing once its time is up', leaseUntil(-1), 0],
    ['less while it is paused in its grace', leaseUntil(3, 2), 34],
    ['to that moment, in the midst of its grace', leaseUntil(9, 5), 92],
    ['what is left of a grace that would have begun', leaseUntil(-1, 3), 4],
    ['what is left of its grace', leaseUntil(2, 5, { stage: 'grace' }), 4],
    ['all of it while it is protected', leaseUntil(3, 2, { protection }), 100],
    [
      'all of it asleep, protected in its grace',
      leaseUntil(2, 5, protectedGrace),
      20,
    ],
  ])('counts %s', (_, lease, amount) => {
    expect(costUntil(cost, lease, NOW, onDay(10))).toBeCloseTo(amount);
  });
});

describe('sums of costs', () => {
  it('are of one currency each, and say how many have none', () => {
    const sums = new CostSums();
    const add = (currency: string, now: number, simulated: number) =>
      sums.add({ currency, now, simulated });
    add('USD', 1, 2);
    add('EUR', 10, 5);
    sums.add(undefined);
    add('USD', 3, 1);
    expect(sums.all()).toEqual([
      { currency: 'EUR', now: 10, simulated: 5 },
      { currency: 'USD', now: 4, simulated: 3 },
    ]);
    expect(sums.without).toBe(1);
  });
});
