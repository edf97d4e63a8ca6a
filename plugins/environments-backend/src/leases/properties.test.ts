import fc from 'fast-check';
import {
  BlueprintTtl,
  LeaseRules,
} from '@greenroom/plugin-environments-common';
import { addSeconds, systemClock } from '../clock';
import { LeaseCommand, leaseCommands } from './__testUtils__/commands';
import { GrantEntry, LeaseEntry } from './entry';
import { blockedEntry, decideExpiry, destroyEntry, graceEntry } from './expiry';
import { decideExtend, Decision } from './extend';
import {
  decideHold,
  decideProtect,
  decideRelease,
  decideUnprotect,
} from './hold';
import { begin, follow, LeaseProjection, project } from './ledger';
import { leaseRules } from './rules';
import { decideShorten } from './shorten';

const START = systemClock.now();
const WORD = { actor: 'user:default/mira', reason: 'any' };
const DAY = 86_400;

const anyone = { type: 'sandbox', owner: 'group:default/a', blueprint: 'b' };

const rulesOf = fc
  .record(
    {
      maxSeconds: fc.integer({ min: DAY, max: 6 * DAY }),
      extensions: fc.integer({ min: 0, max: 4 }),
      extendBySeconds: fc.integer({ min: 3600, max: 2 * DAY }),
    },
    { requiredKeys: ['maxSeconds'] },
  )
  .map(ttl => leaseRules({ ...ttl, warnBeforeSeconds: [] }, [], anyone));

/** A lease that is led through commands, with all that was written of it. */
class Life {
  readonly entries: LeaseEntry[];
  lease: LeaseProjection;
  now = START;

  constructor(
    readonly rules: LeaseRules,
    onExpiry: 'destroy' | 'pause',
  ) {
    const max = addSeconds(START, rules.max!.value);
    const grant: GrantEntry = {
      kind: 'grant',
      ...WORD,
      at: START,
      rule: 'ttl.default',
      expiresAfter: addSeconds(START, DAY),
      detail: {
        maxExpiresAt: max.toISOString(),
        warnBeforeSeconds: [3600, 60],
        onExpiry,
        graceSeconds: 3600,
      },
    };
    this.entries = [grant];
    this.lease = begin(grant);
  }

  /** @returns what was decided; undefined: the sweep had nothing to do */
  do(command: LeaseCommand): Decision | undefined {
    this.now = addSeconds(this.now, command.after);
    const decision = this.#decide(command);
    if (!decision || decision.refused) return decision;
    const { entries, lease } = follow(this.lease, decision.drafts, this.now);
    this.entries.push(...entries);
    this.lease = lease;
    return decision;
  }

  #decide(command: LeaseCommand): Decision | undefined {
    const { lease, rules, now } = this;
    switch (command.kind) {
      case 'extend': {
        const { bySeconds, override } = command;
        return decideExtend(
          lease,
          rules,
          { ...WORD, bySeconds, override },
          now,
        );
      }
      case 'shorten':
        return decideShorten(
          lease,
          rules,
          { ...WORD, bySeconds: command.bySeconds },
          now,
        );
      case 'hold': {
        const until = addSeconds(now, command.seconds);
        return decideHold(lease, rules, { ...WORD, until }, now);
      }
      case 'release':
        return decideRelease(lease, WORD, now);
      case 'protect':
        return decideProtect(lease, WORD);
      case 'unprotect':
        return decideUnprotect(lease, WORD);
      case 'sweep':
        return lease.dueAt && lease.dueAt <= now
          ? { drafts: [this.#expiry()] }
          : undefined;
      default:
        return command satisfies never;
    }
  }

  #expiry() {
    const { lease, now } = this;
    const decision = decideExpiry(lease, now);
    if (decision.move === 'block') return blockedEntry(lease);
    if (decision.move === 'destroy') return destroyEntry(lease);
    return graceEntry(lease, decision.graceEndsAt);
  }
}

/** What holds after each command of any life. */
function everyLife(
  hold: (life: Life, before: LeaseProjection, command: LeaseCommand) => void,
) {
  fc.assert(
    fc.property(
      rulesOf,
      fc.constantFrom('destroy' as const, 'pause' as const),
      leaseCommands,
      (rules, onExpiry, commands) => {
        const life = new Life(rules, onExpiry);
        for (const command of commands) {
          const before = life.lease;
          life.do(command);
          hold(life, before, command);
        }
      },
    ),
    { numRuns: 300 },
  );
}

describe('whatever happens to a lease', () => {
  it('is never to end later than its maximum, which only an override moves', () => {
    everyLife(({ lease }, before, command) => {
      expect(lease.expiresAt! <= lease.maxExpiresAt!).toBe(true);
      const isSame =
        lease.maxExpiresAt!.getTime() === before.maxExpiresAt!.getTime();
      expect(isSame || (command.kind === 'extend' && command.override)).toBe(
        true,
      );
    });
  });

  it('is extended no oftener, and by no more at once, than its rules say', () => {
    everyLife(({ lease, rules, now }, before, command) => {
      const { extensions, extendBy } = rules;
      const isWithin = command.kind === 'extend' && !command.override;
      const from = Math.max(before.expiresAt!.getTime(), now.getTime());
      const seconds = (lease.expiresAt!.getTime() - from) / 1000;
      const most = isWithin ? extendBy?.value : undefined;
      expect(seconds).toBeLessThanOrEqual(most ?? Infinity);
      expect(lease.extensionsUsed).toBeLessThanOrEqual(
        extensions?.value ?? Infinity,
      );
    });
  });

  it('is ended by the sweep alone, never early, never while held or protected', () => {
    everyLife(({ lease, now }, before, command) => {
      const isOver = lease.stage === 'ending' && before.stage !== 'ending';
      const mayEnd =
        command.kind === 'sweep' &&
        before.expiresAt! <= now &&
        !before.protection &&
        (!before.hold || before.hold.until <= now) &&
        (before.onExpiry === 'destroy' || before.stage === 'grace');
      expect(isOver && !mayEnd).toBe(false);
    });
  });

  it('is due for the sweep unless it is protected and that is known, or over', () => {
    everyLife(({ lease }) => {
      const isDue = lease.dueAt !== undefined;
      expect(isDue).toBe(!['blocked', 'ending', 'ended'].includes(lease.stage));
      expect(lease.stage === 'blocked' && !lease.protection).toBe(false);
    });
  });

  it('is what its entries come to, each with the expiry before and after, in the order of time', () => {
    everyLife(({ lease, entries }) => {
      expect(project(entries)).toEqual(lease);
      entries.slice(1).forEach((entry, index) => {
        expect(entry.at >= entries[index].at).toBe(true);
        expect(entry.expiresBefore).toEqual(entries[index].expiresAfter);
      });
      expect(entries.at(-1)!.expiresAfter).toEqual(lease.expiresAt);
    });
  });
});

describe('rules that are narrowed by configuration', () => {
  const duration = fc.integer({ min: 1, max: 30 * DAY });
  const ttlOf: fc.Arbitrary<BlueprintTtl> = fc.record(
    {
      warnBeforeSeconds: fc.constant([]),
      defaultSeconds: duration,
      minSeconds: duration,
      maxSeconds: duration,
      extensions: fc.integer({ min: 0, max: 9 }),
      extendBySeconds: duration,
    },
    { requiredKeys: ['warnBeforeSeconds'] },
  );
  const settingOf = fc
    .record(
      {
        defaultSeconds: duration,
        minSeconds: duration,
        maxSeconds: duration,
        extensions: fc.integer({ min: 0, max: 9 }),
        extendBySeconds: duration,
        holdMaxSeconds: duration,
      },
      { requiredKeys: [] },
    )
    .map(setting => ({ match: {}, ...setting }));
  const value = (limit: { value: number } | undefined, other: number) =>
    limit?.value ?? other;

  it('never allow more than the blueprint, nor than any rule', () => {
    fc.assert(
      fc.property(ttlOf, fc.array(settingOf), (ttl, settings) => {
        const rules = leaseRules(ttl, settings, anyone);
        for (const each of [ttl, ...settings]) {
          for (const [ours, theirs] of [
            [rules.max, each.maxSeconds],
            [rules.extensions, each.extensions],
            [rules.extendBy, each.extendBySeconds],
          ] as const) {
            expect(value(ours, Infinity)).toBeLessThanOrEqual(
              theirs ?? Infinity,
            );
          }
        }
        const { min, max, default: usual } = rules;
        const most = value(max, Infinity);
        const least = value(min, 0);
        expect(least).toBeLessThanOrEqual(most);
        expect(value(usual, least)).toBeLessThanOrEqual(most);
        expect(value(usual, most)).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('come to the same limits in any order', () => {
    fc.assert(
      fc.property(ttlOf, fc.array(settingOf), (ttl, settings) => {
        const limits = (list: typeof settings) =>
          Object.values(leaseRules(ttl, list, anyone)).map(limit =>
            typeof limit === 'object' ? limit.value : limit,
          );
        expect(limits(settings.toReversed())).toEqual(limits(settings));
      }),
    );
  });
});
