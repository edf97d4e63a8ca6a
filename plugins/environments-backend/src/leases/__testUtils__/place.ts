import { isDeepStrictEqual } from 'node:util';
import {
  lastTransition,
  LeaseRules,
  nextTransition,
  SleepSchedule,
  Transition,
} from '@greenroom/plugin-environments-common';
import { addSeconds, earlierOf, laterOf, momentOf } from '../../clock';
import { isWithin, Window } from '../brake/leap';
import { LeaseEntry } from '../entry';
import { decideExpiry, destroyEntry, graceEntry } from '../expiry';
import { Decision, decideExtend } from '../extend';
import { decideGrant } from '../grant';
import { decideHold, decideRelease } from '../hold';
import { begin, follow, LeaseProjection, project } from '../ledger';
import {
  decideApprove,
  decideAsk,
  decideDecline,
  lapseEntry,
  whyOver,
} from '../moreTime/decide';
import { TimeRequest } from '../moreTime/request';
import { leaseRules } from '../rules';
import { decideShorten } from '../shorten';
import { expectThat } from './expectThat';
import { Warned } from './warned';

export const HOUR = 3600;
export const DAY = 24 * HOUR;
export const START = momentOf('2026-01-01T00:00:00Z');
export const YEARS_LATER = addSeconds(START, 3 * 365 * DAY);
const SUBJECT = {
  type: 'sandbox',
  owner: 'group:default/checkout',
  blueprint: 'shop',
};
const WORD = { actor: 'user:default/mira', reason: 'a demo' };
const WARNINGS = [3 * DAY, DAY, 6 * HOUR, HOUR];

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

/** Any whole number from 0 to `max`. */
export type Draw = (max: number) => number;

/** One place in a fleet: as soon as its environment is gone, somebody asks for the next. */
export class Place {
  readonly #rules: LeaseRules;
  readonly #schedule: number;
  readonly #warnings: number[];
  #ledger: LeaseEntry[] = [];
  #lease!: LeaseProjection;
  #warned!: Warned;
  /** As told by hand, from what was granted, allowed beyond the limits, and held. */
  #latest?: Date;
  #heldUntil = START;
  /** For more time, waiting for an answer. */
  #asked?: TimeRequest;
  #lookedAt = START;
  /** How many of its schedule's moments are over. */
  #passed = 0;
  ends = 0;
  told = 0;
  approved = 0;

  constructor(private readonly draw: Draw) {
    const days = (max: number) => (1 + draw(max - 1)) * DAY;
    const or = (value: number) => (draw(5) > 0 ? value : undefined);
    const limits = () => ({
      defaultSeconds: or(days(20)),
      maxSeconds: or(days(90)),
      extensions: or(draw(5)),
      extendBySeconds: or(days(10)),
    });
    this.#rules = leaseRules(
      {
        ...limits(),
        maxSeconds: days(90),
        warnBeforeSeconds: [],
      },
      [{ match: {}, ...limits() }],
      SUBJECT,
    );
    this.#schedule = draw(SCHEDULES.length - 1);
    this.#warnings = WARNINGS.filter(() => draw(1) > 0);
    this.#grant(START);
  }

  get dueAt(): Date | undefined {
    return this.#lease.dueAt;
  }

  /** When a sweep next has something to do about it, if it is not held. */
  nextAt(held: Window | undefined): Date | undefined {
    const { dueAt, nextWarningAt } = this.#lease;
    if (!dueAt || isWithin(dueAt, held)) return undefined;
    // Of what is over, nobody is warned.
    return nextWarningAt ? earlierOf(dueAt, nextWarningAt) : dueAt;
  }

  /** Somebody asks for something, which the rules may refuse. */
  ask(now: Date): void {
    const { draw } = this;
    const lease = this.#lease;
    const rules = this.#rules;
    const seconds = 1 + draw(20 * DAY);
    const move = { actor: WORD.actor, bySeconds: seconds };
    const until = addSeconds(now, seconds);
    const what = draw(11);
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
      this.#hold(decideHold(lease, rules, { ...WORD, until }, now), until, now);
    } else if (what < 10) {
      this.#write(decideRelease(lease, WORD, now), now);
    } else if (this.#asked) {
      this.#answer(this.#asked, now);
    } else {
      this.#ask(until, now);
    }
  }

  /** Moves nothing. */
  #ask(until: Date, now: Date): void {
    const asking = { ...WORD, id: `request-${this.#ledger.length}`, until };
    const { expiresAt } = this.#lease;
    const decision = decideAsk(
      this.#lease,
      this.#rules,
      asking,
      undefined,
      now,
    );
    this.#write(decision, now);
    expectThat(
      this.#lease.expiresAt === expiresAt,
      'a request moved an end',
      this.#ledger,
    );
    if (decision.refused) return;
    const { id, actor: askedBy, reason } = asking;
    this.#asked = {
      ...decision.asked,
      id,
      environmentId: '',
      askedBy,
      askedAt: now,
      reason,
      state: 'waiting',
    };
  }

  #answer(asked: TimeRequest, now: Date): void {
    this.#asked = undefined;
    const over = whyOver(this.#lease, asked, now);
    if (over) {
      this.#write({ drafts: [lapseEntry(asked, over)] }, now);
      return;
    }
    if (this.draw(2) === 0) {
      this.#write(decideDecline(asked, WORD), now);
      return;
    }
    const { extensionsUsed } = this.#lease;
    this.#write(decideApprove(this.#lease, this.#rules, asked, WORD, now), now);
    this.#latest = laterOf(this.#latest!, asked.wantedEnd);
    this.approved += 1;
    expectThat(
      this.#lease.expiresAt?.getTime() === asked.wantedEnd.getTime() &&
        this.#lease.extensionsUsed === extensionsUsed,
      'an approval gave another end, or used an extension',
      this.#ledger,
    );
  }

  /** What an operator says of what a brake holds. */
  postpone(until: Date, now: Date): void {
    const rule = 'lease.brake.postponed';
    const detail = { until: until.toISOString() };
    const drafts = [{ kind: 'hold' as const, ...WORD, rule, detail }];
    this.#hold({ drafts }, until, now);
  }

  /**
   * What the sweeps of a replica do at a moment of its clock.
   *
   * @param held what they leave alone
   * @returns whether its time was up
   */
  sweep(now: Date, held?: Window): boolean {
    this.#follow(now);
    this.#warn(now);
    const lease = this.#lease;
    if (isWithin(lease.dueAt, held)) return false;
    if (!lease.dueAt || lease.dueAt > now) {
      this.#expectToBeInTime(now);
      return false;
    }
    this.#expectToBeOver(now);
    const decision = decideExpiry(lease, now);
    if (decision.move === 'pause') {
      const entry = graceEntry(lease, decision.graceEndsAt);
      this.#write({ drafts: [entry] }, now);
      return true;
    }
    this.#write({ drafts: [destroyEntry(lease)] }, now);
    this.ends += 1;
    this.#expectToAgree();
    if (this.draw(9) > 0) this.#grant(this.#lease.lastEntryAt);
    // Its teardown failed, and somebody keeps what is left of it.
    else {
      const rest = { ...WORD, rule: 'teardown', detail: {} };
      const drafts = [
        { kind: 'retry' as const, ...rest },
        { kind: 'revive' as const, ...rest },
      ];
      this.#write({ drafts }, now);
    }
    return true;
  }

  #grant(now: Date): void {
    const { seconds, reason, rule } = decideGrant(this.#rules, undefined, 0);
    const { draw } = this;
    this.#latest = addSeconds(now, this.#rules.max!.value);
    this.#heldUntil = START;
    this.#asked = undefined;
    this.#lookedAt = laterOf(this.#lookedAt, now);
    const onExpiry = draw(1) > 0 ? 'destroy' : 'pause';
    const grant: LeaseEntry = {
      kind: 'grant',
      at: now,
      actor: WORD.actor,
      reason,
      rule,
      expiresAfter: addSeconds(now, seconds!),
      detail: {
        maxExpiresAt: this.#latest.toISOString(),
        warnBeforeSeconds: this.#warnings,
        onExpiry,
        graceSeconds: onExpiry === 'pause' ? DAY : undefined,
      },
    };
    this.#ledger = [grant];
    this.#lease = begin(grant);
    this.#warned = new Warned(this.#warnings, grant);
  }

  #hold(decision: Decision, until: Date, now: Date): void {
    const entries = this.#write(decision, now);
    if (entries.length > 0) this.#heldUntil = laterOf(this.#heldUntil, until);
  }

  /** The sweep of warnings, and somebody who tells what it finds, at once or later. */
  #warn(now: Date): void {
    const found = this.#warned.find(this.#lease, now);
    if (found) this.#write({ drafts: [found] }, now);
    if (this.draw(3) > 0) {
      const answer = this.#warned.tell(this.#lease, now);
      if (answer) {
        this.told += 1;
        this.#write({ drafts: [answer] }, now);
      }
    }
    this.#warned.expectNoneLost(this.#lease.dueAt, now, this.#ledger);
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
    if (this.draw(499) === 0) {
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
    const before = this.#lease;
    const { entries, lease } = follow(before, decision.drafts, now);
    for (const entry of entries) {
      expectThat(entry.at >= this.#ledger.at(-1)!.at, 'not in order', entry);
      this.#ledger.push(entry);
    }
    this.#lease = lease;
    this.#warned.follow(before.dueAt, lease.dueAt, entries);
    if (this.draw(9) === 0) this.#expectToAgree();
    return entries;
  }

  #expectToAgree(): void {
    expectThat(
      isDeepStrictEqual(project(this.#ledger), this.#lease),
      'ledger and lease differ',
      this.#ledger,
    );
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
