import { isDeepStrictEqual } from 'node:util';
import fc, { GeneratorValue } from 'fast-check';
import {
  lastTransition,
  LeaseRules,
  nextTransition,
  SleepSchedule,
  Transition,
} from '@greenroom/plugin-environments-common';
import { addSeconds, laterOf, momentOf } from '../clock';
import { LeaseEntry } from './entry';
import { decideExpiry, destroyEntry, graceEntry } from './expiry';
import { Decision, decideExtend } from './extend';
import { decideHold, decideRelease } from './hold';
import { begin, follow, LeaseProjection, project } from './ledger';
import { decideGrant } from './grant';
import { leaseRules } from './rules';
import { decideShorten } from './shorten';

const ENVIRONMENTS = 500;
const HOUR = 3600;
const DAY = 24 * HOUR;
const START = momentOf('2026-01-01T00:00:00Z');
const YEARS_LATER = addSeconds(START, 3 * 365 * DAY);
const SUBJECT = {
  type: 'sandbox',
  owner: 'group:default/checkout',
  blueprint: 'shop',
};
const WORD = { actor: 'user:default/mira', reason: 'a demo' };

/** Hours that there are not, and that there are twice, are among them. */
const SCHEDULES: SleepSchedule[] = [
  { sleep: '30 2 * * 0', wake: '0 8 * * 1', timeZone: 'Europe/Berlin' },
  { sleep: '0 19 * * 5', wake: '30 2 * * 0', timeZone: 'America/New_York' },
  { sleep: '0 20 1,15 * *', wake: '0 6 3 * *', timeZone: 'Asia/Kolkata' },
  { sleep: '0 1 * * 6', wake: '45 2 * * 0', timeZone: 'Australia/Lord_Howe' },
];

/** All that each schedule wants in the three years. */
const WANTED: Transition[][] = SCHEDULES.map(schedule => {
  const all: Transition[] = [];
  for (
    let next = nextTransition(schedule, START);
    next && next.at <= addSeconds(YEARS_LATER, 60 * DAY);
    next = nextTransition(schedule, next.at)
  ) {
    all.push(next);
  }
  return all;
});

/** One place in the fleet: as soon as its environment is gone, somebody asks for the next. */
class Place {
  readonly #rules: LeaseRules;
  readonly #schedule: number;
  #ledger: LeaseEntry[] = [];
  #lease!: LeaseProjection;
  /** As told by hand, from what was granted, allowed beyond the limits, and held. */
  #latest?: Date;
  #heldUntil = START;
  #lookedAt = START;
  /** How many of its schedule's moments are over. */
  #passed = 0;
  ends = 0;

  constructor(private readonly draw: GeneratorValue) {
    const days = (max: number) =>
      draw(fc.option, fc.integer({ min: 1, max }), { nil: undefined });
    const seconds = (count: number | undefined) => count && count * DAY;
    const limits = () => ({
      defaultSeconds: seconds(days(20)),
      maxSeconds: seconds(days(90)),
      extensions: draw(fc.option, fc.nat(5), { nil: undefined }),
      extendBySeconds: seconds(days(10)),
    });
    this.#rules = leaseRules(
      {
        ...limits(),
        maxSeconds: seconds(draw(fc.integer, { min: 1, max: 90 })),
        warnBeforeSeconds: [],
      },
      [{ match: {}, ...limits() }],
      SUBJECT,
    );
    this.#schedule = draw(fc.nat, SCHEDULES.length - 1);
    this.grant(START);
  }

  get dueAt(): Date | undefined {
    return this.#lease.dueAt;
  }

  grant(now: Date): void {
    const { seconds, reason, rule } = decideGrant(this.#rules);
    const { draw } = this;
    this.#latest = addSeconds(now, this.#rules.max!.value);
    this.#heldUntil = START;
    this.#lookedAt = laterOf(this.#lookedAt, now);
    const onExpiry = draw(
      fc.constantFrom,
      'destroy' as const,
      'pause' as const,
    );
    const grant: LeaseEntry = {
      kind: 'grant',
      at: now,
      actor: WORD.actor,
      reason,
      rule,
      expiresAfter: addSeconds(now, seconds!),
      detail: {
        maxExpiresAt: this.#latest.toISOString(),
        warnBeforeSeconds: [],
        onExpiry,
        graceSeconds: onExpiry === 'pause' ? DAY : undefined,
      },
    };
    this.#ledger = [grant];
    this.#lease = begin(grant);
  }

  /** Somebody asks for something, which the rules may refuse. */
  ask(now: Date): void {
    const { draw } = this;
    const lease = this.#lease;
    const rules = this.#rules;
    const seconds = draw(fc.integer, { min: 1, max: 20 * DAY });
    const move = { actor: WORD.actor, bySeconds: seconds };
    const until = addSeconds(now, seconds);
    const what = draw(fc.nat, 9);
    if (what < 5) {
      const override = what === 0;
      const decision = decideExtend(lease, rules, { ...move, override }, now);
      const entries = this.#write(decision, now);
      const [
        { expiresAfter, detail } = { expiresAfter: undefined, detail: {} },
      ] = entries;
      if (expiresAfter && 'override' in detail) {
        this.#latest = laterOf(this.#latest!, expiresAfter);
      }
    } else if (what < 7) {
      this.#write(decideShorten(lease, rules, move, now), now);
    } else if (what < 9) {
      const entries = this.#write(
        decideHold(lease, rules, { ...WORD, until }, now),
        now,
      );
      if (entries.length > 0) this.#heldUntil = laterOf(this.#heldUntil, until);
    } else {
      this.#write(decideRelease(lease, WORD, now), now);
    }
  }

  /** What the sweeps of a replica do at a moment of its clock. */
  sweep(now: Date): void {
    this.#follow(now);
    const lease = this.#lease;
    if (!lease.dueAt || lease.dueAt > now) {
      this.#expectToBeInTime(now);
      return;
    }
    this.#expectToBeOver(now);
    const decision = decideExpiry(lease, now);
    if (decision.move === 'pause') {
      const entry = graceEntry(lease, decision.graceEndsAt);
      this.#write({ drafts: [entry] }, now);
      return;
    }
    this.#write({ drafts: [destroyEntry(lease)] }, now);
    this.ends += 1;
    if (this.draw(fc.nat, 9) > 0) this.grant(this.#lease.lastEntryAt);
    // Its teardown failed, and somebody keeps what is left of it.
    else {
      const rest = { ...WORD, rule: 'teardown', detail: {} };
      const drafts = [
        { kind: 'retry' as const, ...rest },
        { kind: 'revive' as const, ...rest },
      ];
      this.#write({ drafts }, now);
    }
  }

  /** Its schedule lets it sleep or wakes it, which moves no end. */
  #follow(now: Date): void {
    if (now <= this.#lookedAt) return;
    const after = this.#lookedAt;
    this.#lookedAt = now;
    const wanted = WANTED[this.#schedule];
    while (wanted[this.#passed].at <= now) this.#passed += 1;
    const last = this.#passed > 0 ? wanted[this.#passed - 1] : undefined;
    if (!last || last.at <= after) return;
    if (this.draw(fc.nat, 499) === 0) {
      const schedule = SCHEDULES[this.#schedule];
      const asked = lastTransition(
        schedule,
        laterOf(after, addSeconds(now, -20 * DAY)),
        now,
      );
      expectThat(
        asked?.at.getTime() === last.at.getTime(),
        'a sleep was missed',
        asked,
        last,
      );
    }
    const kind = last.kind === 'sleep' ? 'pause' : 'wake';
    const dueBefore = this.#lease.dueAt?.getTime();
    const draft = { kind, ...WORD, rule: 'schedule', detail: {} } as const;
    this.#write({ drafts: [draft] }, now);
    expectThat(
      this.#lease.dueAt?.getTime() === dueBefore,
      'a sleep moved an end',
      this.#ledger,
    );
  }

  #write(decision: Decision, now: Date): LeaseEntry[] {
    if (decision.refused) return [];
    const { entries, lease } = follow(this.#lease, decision.drafts, now);
    for (const entry of entries) {
      expectThat(entry.at >= this.#ledger.at(-1)!.at, 'not in order', entry);
      this.#ledger.push(entry);
    }
    this.#lease = lease;
    expectThat(
      isDeepStrictEqual(project(this.#ledger), lease),
      'ledger and lease differ',
      this.#ledger,
    );
    return entries;
  }

  /** What lives after a sweep may live. */
  #expectToBeInTime(now: Date): void {
    const { stage, graceEndsAt } = this.#lease;
    const latest = stage === 'grace' ? graceEndsAt! : this.#latest!;
    expectThat(
      now < laterOf(latest, this.#heldUntil),
      'it outlives its maximum',
      now,
      this.#ledger,
    );
  }

  /** As the ledger says it by hand: its last expiry, hold and grace. */
  #expectToBeOver(now: Date): void {
    const last = this.#ledger.at(-1)!;
    const hold = this.#ledger.findLast(
      ({ kind }) => kind === 'hold' || kind === 'release',
    );
    const grace = this.#ledger.findLast(
      ({ kind }) => kind === 'expiry' || kind === 'extend' || kind === 'revive',
    );
    expectThat(
      now >= last.expiresAfter!,
      'it ends before its expiry',
      now,
      this.#ledger,
    );
    if (hold?.kind === 'hold') {
      expectThat(
        now >= momentOf(hold.detail.until),
        'it ends while it is held',
        now,
        this.#ledger,
      );
    }
    if (grace?.kind === 'expiry' && grace.detail.then === 'grace') {
      expectThat(
        now >= momentOf(grace.detail.graceEndsAt),
        'it ends in its grace',
        now,
        this.#ledger,
      );
    }
  }
}

/** As Jest's own, which is too slow to be asked a million times. */
function expectThat(holds: boolean, what: string, ...facts: unknown[]): void {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(facts)}`);
}

/** Three years of one place, with a replica that is down at times, and whose clock is wrong at times. */
function live(draw: GeneratorValue): number {
  const place = new Place(draw);
  let now = START;
  let skew = 0;
  while (now < YEARS_LATER) {
    const next = addSeconds(now, draw(fc.integer, { min: 1, max: 14 * DAY }));
    const isDown = draw(fc.nat, 9) === 0;
    for (
      let due = place.dueAt;
      !isDown && due && due <= addSeconds(next, skew);
    ) {
      // A moment too early, then within the second.
      place.sweep(new Date(due.getTime() - 1));
      place.sweep(addSeconds(due, draw(fc.integer, { min: 0, max: 1 })));
      due = place.dueAt;
    }
    now = next;
    const jump = draw(fc.nat, 39);
    if (jump === 0) skew = DAY;
    else if (jump === 1) skew = -HOUR;
    else if (jump < 8) skew = 0;
    if (!isDown) place.sweep(addSeconds(now, skew));
    place.ask(addSeconds(now, skew));
  }
  return place.ends;
}

describe('leases over three years', () => {
  it('end neither early nor late, whatever is asked for, whoever is down, and whatever the clock says', () => {
    let ends = 0;
    fc.assert(
      fc.property(fc.gen(), draw => {
        ends += live(draw);
      }),
      { numRuns: ENVIRONMENTS, endOnFailure: true },
    );
    expect(ends).toBeGreaterThan(10 * ENVIRONMENTS);
  });
});
