import fc from 'fast-check';
import { BlueprintIdle } from '@greenroom/plugin-environments-common';
import { addSeconds, momentOf } from '../clock';
import { GrantEntry } from '../leases/entry';
import { begin, follow, LeaseProjection } from '../leases/ledger';
import { leaseRules } from '../leases/rules';
import { activityEntry, idleEntry } from './entries';
import {
  Answer,
  decideBump,
  decideIdle,
  heedFrom,
  IdleEnding,
  IdleFacts,
  ProbeFacts,
  quietSince,
  withAnswer,
} from './rule';

const START = momentOf('2026-11-20T12:00:00Z');
const HOUR = 3600;
const DAY = 24 * HOUR;
const IDLE: BlueprintIdle = {
  afterSeconds: 4 * HOUR,
  then: 'pause',
  probes: [],
};
const ENDING: BlueprintIdle = { ...IDLE, then: 'destroy', graceSeconds: DAY };

const anyone = { type: 'sandbox', owner: 'group:default/a', blueprint: 'b' };
const rules = leaseRules(
  { warnBeforeSeconds: [], maxSeconds: 9 * DAY },
  [],
  anyone,
);
const at = (seconds: number) => addSeconds(START, seconds);

function lease(over: Partial<LeaseProjection> = {}): LeaseProjection {
  const grant: GrantEntry = {
    kind: 'grant',
    actor: 'user:default/mira',
    reason: '3 d chosen at the request',
    at: START,
    rule: 'ttl.default',
    expiresAfter: at(3 * DAY),
    detail: {
      maxExpiresAt: at(9 * DAY).toISOString(),
      warnBeforeSeconds: [HOUR],
      onExpiry: 'destroy',
    },
  };
  return { ...begin(grant), ...over };
}

const facts = (over: Partial<IdleFacts> = {}): IdleFacts => ({
  idle: IDLE,
  since: START,
  probes: [],
  state: 'running',
  pausable: true,
  lease: lease(),
  ...over,
});
const seen = (seconds: number) => ({ signal: 'ci', at: at(seconds) });
const probe = (over: Partial<ProbeFacts> = {}): ProbeFacts => ({
  name: 'requests',
  everySeconds: 300,
  ...over,
});

describe('whether an environment is idle', () => {
  it('counts from when it was on, and from the last use', () => {
    expect(decideIdle(facts(), at(4 * HOUR - 1))).toEqual({
      move: 'wait',
      until: at(4 * HOUR),
    });
    expect(decideIdle(facts(), at(4 * HOUR))).toEqual({ move: 'pause' });
    const used = facts({ seen: seen(HOUR) });
    expect(decideIdle(used, at(4 * HOUR))).toEqual({
      move: 'wait',
      // It is noted down once a minute.
      until: at(5 * HOUR + 60),
    });
  });

  it.each<[string, Partial<IdleFacts>]>([
    [
      'it is held',
      {
        lease: lease({
          hold: { by: 'a', reason: 'b', since: START, until: at(9 * HOUR) },
        }),
      },
    ],
    [
      'it is protected',
      { lease: lease({ protection: { by: 'a', reason: 'b', since: START } }) },
    ],
    ['its time is up', { lease: lease({ stage: 'grace' }) }],
    ['its time is up', { lease: lease({ stage: 'ending' }) }],
    ['none of its components can be paused', { pausable: false }],
    ['it is failed', { state: 'failed' }],
    ['nobody knows: no answer of the probe requests', { probes: [probe()] }],
    [
      'nobody knows: no answer of the probe requests',
      { probes: [probe({ answeredAt: at(4 * HOUR), quietSince: START })] },
    ],
    [
      'its lease ends sooner anyway',
      { idle: ENDING, lease: lease({ expiresAt: at(DAY) }) },
    ],
  ])('leaves it, for %s', (why, over) => {
    expect(decideIdle(facts(over), at(5 * HOUR))).toEqual({
      move: 'stay',
      why,
    });
  });

  it.each(['paused', 'destroyed'] as const)(
    'does not ask when it is %s',
    state => {
      expect(decideIdle(facts({ state }), at(9 * HOUR))).toEqual({
        move: 'none',
      });
    },
  );

  it('gives it a grace before its end, and an end where it had none', () => {
    for (const expiresAt of [at(3 * DAY), undefined]) {
      const ending = facts({ idle: ENDING, lease: lease({ expiresAt }) });
      expect(decideIdle(ending, at(4 * HOUR))).toEqual({
        move: 'end',
        endsAt: at(4 * HOUR + DAY),
      });
    }
  });

  it('takes an answer for the time since the one before, and none for a silence', () => {
    const first = withAnswer(probe(), false, at(0));
    expect(first.quietSince).toEqual(at(0));
    const second = withAnswer(first, false, at(900));
    expect(second.quietSince).toEqual(at(0));
    expect(withAnswer(second, false, at(1801)).quietSince).toEqual(at(1801));
    expect(withAnswer(second, true, at(1000)).quietSince).toEqual(at(1000));
    // Whoever knows the moment knows it for the silence, too.
    expect(withAnswer(second, at(40), at(9000)).quietSince).toEqual(at(40));
    expect(withAnswer(second, at(9999), at(9000)).quietSince).toEqual(at(9000));
  });

  /** Minutes that are like each other. */
  const span = fc
    .record({
      minutes: fc.integer({ min: 1, max: 50 }),
      used: fc.boolean(),
      answer: fc.constantFrom<Answer | undefined>(true, false, undefined),
    })
    .map(({ minutes, used, answer }) =>
      Array.from({ length: minutes }, (_, index) => ({
        used: used && index === 0,
        answer,
      })),
    );

  it('never counts as such while it was used, or while nobody knows', () => {
    const lives = fc.array(span, { maxLength: 12 }).map(spans => spans.flat());
    const idle = { ...IDLE, afterSeconds: 30 * 60 };
    let decided = 0;
    fc.assert(
      fc.property(lives, minutes => {
        let knows = probe({ everySeconds: 60 });
        let lastUse = START;
        let answered = -1;
        /** The last minute of which nobody knows. */
        let unknown = -1;
        let before: IdleFacts['seen'];
        minutes.forEach(({ used, answer }, index) => {
          const now = at(index * 60);
          if (used) before = { signal: 'portal', at: now };
          if (answer !== undefined) {
            if (index - answered > 3) unknown = index - 1;
            answered = index;
            knows = withAnswer(knows, answer, now);
          }
          if (used || answer === true) lastUse = now;
          const known = facts({ idle, seen: before, probes: [knows] });
          if (decideIdle(known, now).move !== 'pause') return;
          decided += 1;
          expect(addSeconds(lastUse, idle.afterSeconds) <= now).toBe(true);
          expect(index - answered).toBeLessThanOrEqual(3);
          expect(index - unknown).toBeGreaterThanOrEqual(30);
        });
      }),
    );
    expect(decided).toBeGreaterThan(0);
  });
});

describe('what use does to the end of a lease', () => {
  const idle: BlueprintIdle = { ...ENDING, bumpSeconds: 8 * HOUR };
  const bump = (over: Partial<Parameters<typeof decideBump>[0]>, now = START) =>
    decideBump({ ...facts({ idle }), rules, ...over }, now);

  it('moves one that is nearer than the bump, and only by what is worth an entry', () => {
    const near = lease({ expiresAt: at(2 * HOUR) });
    expect(bump({ lease: near, seen: seen(0) })).toMatchObject({
      rule: 'idle.bump',
      expiresAt: at(8 * HOUR),
    });
    const bumped = lease({ expiresAt: at(8 * HOUR) });
    expect(bump({ lease: bumped, seen: seen(2879) })).toBeUndefined();
    expect(bump({ lease: bumped, seen: seen(2880) })).toBeDefined();
    expect(heedFrom({ idle, lease: bumped }, undefined)).toEqual(at(2880));
  });

  it('moves none beyond the maximum, nor what a person has shortened, nor what is over', () => {
    const late = { expiresAt: at(9 * DAY - HOUR) };
    expect(
      bump({ lease: lease(late), seen: seen(9 * DAY - 3 * HOUR) }),
    ).toMatchObject({
      expiresAt: at(9 * DAY),
    });
    const expiresAt = at(HOUR);
    expect(
      bump({
        lease: lease({ expiresAt, rule: 'lease.shortened' }),
        seen: seen(0),
      }),
    ).toBeUndefined();
    for (const stage of ['grace', 'blocked', 'ending', 'ended'] as const) {
      expect(
        bump({ lease: lease({ expiresAt, stage }), seen: seen(0) }),
      ).toBeUndefined();
    }
    expect(
      bump({ lease: lease({ expiresAt: undefined }), seen: seen(0) }),
    ).toBeUndefined();
    expect(bump({ lease: lease({ expiresAt }) })).toBeUndefined();
  });

  it('takes back an end that came of idleness, also for a use that comes to light later', () => {
    const ending: IdleEnding = {
      quietSince: at(HOUR),
      expiresAt: at(DAY),
      before: { expiresAt: at(3 * DAY), reason: 'as asked for' },
    };
    const ended = lease({ expiresAt: at(DAY), rule: 'idle.after' });
    expect(heedFrom({ idle, lease: ended }, ending)).toEqual(at(HOUR - 60));
    expect(
      bump({ lease: ended, ending, seen: seen(HOUR - 60) }, at(5 * HOUR)),
    ).toBeUndefined();
    expect(
      bump({ lease: ended, ending, seen: seen(HOUR - 59) }, at(5 * HOUR)),
    ).toEqual({
      rule: 'idle.after',
      reason: 'as asked for; it was idle for a while, and is used again',
      expiresAt: at(3 * DAY),
    });
    // Somebody has changed it, or nobody could see who used it.
    expect(
      bump({ lease: ended, ending, since: at(2 * HOUR) }, at(5 * HOUR)),
    ).toMatchObject({ expiresAt: at(3 * DAY) });
    const endless = { ...ending, before: { reason: 'no TTL' } };
    expect(
      bump(
        { lease: ended, ending: endless, seen: seen(2 * HOUR) },
        at(5 * HOUR),
      ),
    ).toMatchObject({ expiresAt: undefined });
    // Somebody has moved it since.
    const moved = lease({ expiresAt: at(2 * DAY) });
    expect(
      bump({ lease: moved, ending, seen: seen(2 * HOUR) }, at(5 * HOUR)),
    ).toBeUndefined();
  });

  it('keeps ledgers within their maximum and readable, whatever is seen and when', () => {
    const steps = fc.array(
      fc.record({
        after: fc.integer({ min: 1, max: 6 * HOUR }),
        used: fc.boolean(),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(steps, all => {
        let now = START;
        let last: IdleFacts['seen'];
        let ending: IdleEnding | undefined;
        const promises: boolean[] = [];
        let present = lease();
        for (const { after, used } of all) {
          now = addSeconds(now, after);
          if (used) last = { signal: 'ci', at: now };
          const known = facts({ idle, lease: present, seen: last });
          const moved = decideBump({ ...known, ending, rules }, now);
          if (moved && last) {
            const isBack = moved.rule === 'idle.after';
            const { expiresAt } = present;
            const draft = activityEntry(moved, { ...last, evidence: {} });
            present = follow(present, [draft], now).lease;
            const least = isBack ? START : addSeconds(expiresAt!, 300);
            promises.push(
              present.expiresAt! <= present.maxExpiresAt!,
              present.expiresAt! >= least,
            );
            ending = undefined;
          }
          const decision = decideIdle({ ...known, lease: present }, now);
          if (decision.move === 'end' && !ending) {
            const { expiresAt, reason } = present;
            const quietFrom = quietSince(known);
            ending = {
              quietSince: quietFrom,
              expiresAt: decision.endsAt,
              before: { expiresAt, reason },
            };
            const draft = idleEntry(decision, known, {
              signals: [],
              probes: [],
            });
            present = follow(present, [draft], now).lease;
            promises.push(present.expiresAt === decision.endsAt);
          }
        }
        expect(promises).not.toContain(false);
        expect(present.extensionsUsed).toBe(0);
      }),
    );
  });
});
