import fc from 'fast-check';
import { addSeconds, systemClock } from '../../clock';
import { EntryDraft, GrantEntry } from '../entry';
import { begin, follow, LeaseProjection } from '../ledger';
import { warningDue } from './moments';

const START = systemClock.now();
const at = (seconds: number) => addSeconds(START, seconds);
const iso = (seconds: number) => at(seconds).toISOString();
const WHO = { actor: 'user:default/mira', reason: 'a demo', rule: 'any' };

/** Ends after 100 s, with warnings 50 s and 20 s before. */
function granted(warnBeforeSeconds = [50, 20], seconds = 100) {
  const grant: GrantEntry = {
    kind: 'grant',
    ...WHO,
    at: START,
    expiresAfter: at(seconds),
    detail: { warnBeforeSeconds, onExpiry: 'destroy' },
  };
  return begin(grant);
}

function then(
  lease: LeaseProjection,
  draft: Pick<EntryDraft, 'kind' | 'expiresAfter'> & { detail?: object },
  now: Date,
): LeaseProjection {
  const whole = { ...WHO, detail: {}, ...draft } as EntryDraft;
  return follow(lease, [whole], now).lease;
}

const extended = (lease: LeaseProjection, to: number, now: number) =>
  then(lease, { kind: 'extend', expiresAfter: at(to) }, at(now));

/** What a sweep at that moment comes to. */
function swept(lease: LeaseProjection, now: Date) {
  const due = warningDue(lease, now);
  if (!due) return { lease };
  const { beforeSeconds, endsAt } = due;
  const detail = {
    beforeSeconds,
    endsAt: endsAt.toISOString(),
    delivery: 'due',
  };
  return { due, lease: then(lease, { kind: 'warning', detail }, now) };
}

/** Told by hand: of the moments that came between two, the one nearest to the end. */
function nearestOf(times: number[], from: number, to: number, end: number) {
  const passed = times.filter(
    before => end - before > from && end - before <= to,
  );
  return passed.length > 0 ? Math.min(...passed) : undefined;
}

describe('the moments of warnings', () => {
  it('come one after the other, and none after the last', () => {
    const lease = granted();
    expect(lease.nextWarningAt).toEqual(at(50));
    expect(warningDue(lease, at(49))).toBeUndefined();
    const first = swept(lease, at(50));
    expect(first.due).toEqual({ beforeSeconds: 50, endsAt: at(100) });
    expect(first.lease.nextWarningAt).toEqual(at(80));
    expect(warningDue(first.lease, at(79))).toBeUndefined();
    const second = swept(first.lease, at(80));
    expect(second.due).toMatchObject({ beforeSeconds: 20 });
    expect(second.lease.nextWarningAt).toBeUndefined();
  });

  it('are one, the nearest to the end, for whoever looks late, and none after the end', () => {
    const late = swept(granted([50, 40, 30, 20]), at(85));
    expect(late.due).toMatchObject({ beforeSeconds: 20 });
    expect(late.lease.nextWarningAt).toBeUndefined();
    expect(warningDue(granted(), at(100))).toBeUndefined();
  });

  it('come again before another end, but none that was over when somebody moved it there', () => {
    const { lease } = swept(granted(), at(50));
    const far = extended(lease, 300, 60);
    expect(far.nextWarningAt).toEqual(at(250));
    const near = extended(lease, 105, 60);
    expect(near.nextWarningAt).toEqual(at(85));
    const shorter = then(
      far,
      { kind: 'shorten', expiresAfter: at(90) },
      at(65),
    );
    expect(swept(shorter, at(65)).due).toEqual({
      beforeSeconds: 50,
      endsAt: at(90),
    });
  });

  it('go by the end of a hold while it stands, and by the expiry when it is lifted', () => {
    const hold = { kind: 'hold' as const, detail: { until: iso(500) } };
    const held = then(granted(), hold, at(10));
    expect(held.nextWarningAt).toEqual(at(450));
    const short = { ...hold, detail: { until: iso(90) } };
    expect(then(granted(), short, at(10)).nextWarningAt).toEqual(at(50));
    const released = then(held, { kind: 'release' }, at(60));
    expect(swept(released, at(60)).due).toEqual({
      beforeSeconds: 50,
      endsAt: at(100),
    });
  });

  it('go by the end of a grace, of which is told at once when it is near', () => {
    const grace = (seconds: number) => ({
      kind: 'expiry' as const,
      detail: { then: 'grace', graceEndsAt: iso(seconds) },
    });
    const long = then(granted(), grace(500), at(100));
    expect(long.nextWarningAt).toEqual(at(450));
    const short = then(granted(), grace(140), at(100));
    expect(swept(short, at(100)).due).toMatchObject({ beforeSeconds: 50 });
  });

  it('are none where nothing falls due: it is being destroyed, it waits for its protection, or it has no end', () => {
    const { nextWarningAt: next } = begin({
      kind: 'grant',
      ...WHO,
      at: START,
      detail: { warnBeforeSeconds: [50], onExpiry: 'destroy' },
    });
    expect(next).toBeUndefined();
    const gone = { kind: 'expiry', detail: { then: 'destroy' } } as const;
    for (const entry of [gone, { kind: 'blocked' }, { kind: 'end' }] as const) {
      expect(then(granted(), entry, at(10)).nextWarningAt).toBeUndefined();
    }
  });

  it('are none while it is protected, and those that are over are due when that is lifted', () => {
    const kept = then(granted(), { kind: 'protect' }, at(10));
    expect(kept.nextWarningAt).toBeUndefined();
    expect(warningDue(kept, at(85))).toBeUndefined();
    const lifted = then(kept, { kind: 'unprotect' }, at(85));
    expect(swept(lifted, at(85)).due).toMatchObject({ beforeSeconds: 20 });
  });

  it('are not moved by what was told of an end before', () => {
    const { lease } = swept(granted(), at(50));
    const far = extended(lease, 300, 60);
    const detail = { beforeSeconds: 50, endsAt: iso(100), delivery: 'sent' };
    const sent = then(far, { kind: 'warning', detail }, at(61));
    expect(sent.nextWarningAt).toEqual(at(250));
  });

  it('are, whatever is extended and whenever somebody looks, each given once, those missed together as one', () => {
    const steps = fc.array(
      fc.record({
        pause: fc.integer({ min: 1, max: 60 }),
        extend: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
      }),
      { maxLength: 60 },
    );
    const times = fc.uniqueArray(fc.integer({ min: 1, max: 150 }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(steps, times, (todo, warnBefore) => {
        let lease = granted(warnBefore);
        let [now, end, since] = [0, 100, 0];
        for (const { pause, extend } of todo) {
          const missed = [Math.max(now, since), now + pause, end] as const;
          now += pause;
          if (now >= end) return;
          const result = swept(lease, at(now));
          lease = result.lease;
          expect(result.due?.beforeSeconds).toEqual(
            nearestOf(warnBefore, ...missed),
          );
          expect(warningDue(lease, at(now))).toBeUndefined();
          if (extend === undefined) continue;
          end += extend;
          since = now;
          lease = extended(lease, end, now);
        }
      }),
    );
  });
});
