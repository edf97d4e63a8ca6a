import { LeaseRules } from '@greenroom/plugin-environments-common';
import { addSeconds, momentOf } from '../../clock';
import { EntryDraft, GrantEntry, LeaseEntry } from '../entry';
import { begin, follow, project } from '../ledger';
import {
  Comparison,
  hoursUntil,
  isOverMaximum,
  losesExtensions,
  outcomeOf,
} from './compare';
import { replay } from './replay';

const DAY = 86_400;
const GRANTED = momentOf('2026-11-01T12:00:00.000Z');
const NOW = momentOf('2026-11-04T12:00:00.000Z');
const onDay = (day: number) => addSeconds(GRANTED, day * DAY);
const limit = (days: number) => ({ value: days * DAY, rule: 'config' });
const rulesOf = (rules: Partial<LeaseRules> = {}): LeaseRules => ({
  holdMax: limit(7),
  ...rules,
});

function aGrant(days: number | undefined, part: Partial<GrantEntry> = {}) {
  const grant: GrantEntry = {
    kind: 'grant',
    at: GRANTED,
    actor: 'user:default/mira',
    reason: 'chosen',
    rule: 'ttl.requested',
    expiresAfter: days === undefined ? undefined : onDay(days),
    detail: { warnBeforeSeconds: [], onExpiry: 'destroy' },
    ...part,
  };
  return grant;
}

const why = { actor: 'user:default/mira', reason: 'r', rule: 'lease.extended' };
const extend = (to: number, override?: true): EntryDraft => ({
  kind: 'extend',
  ...why,
  expiresAfter: onDay(to),
  detail: override ? { override } : {},
});

/** A ledger in which each draft comes a day after the one before. */
function ledgerOf(grant: GrantEntry, ...drafts: EntryDraft[]): LeaseEntry[] {
  let lease = begin(grant);
  const entries: LeaseEntry[] = [grant];
  drafts.forEach((draft, index) => {
    const next = follow(lease, [draft], onDay(index + 1));
    entries.push(...next.entries);
    lease = next.lease;
  });
  return entries;
}

function compared(
  ledger: LeaseEntry[],
  simulated: LeaseRules,
  now = rulesOf(),
): Comparison {
  return {
    lease: project(ledger),
    simulated: replay(ledger, simulated),
    rules: { now, simulated },
  };
}
const outcome = (ledger: LeaseEntry[], rules: LeaseRules) =>
  outcomeOf(compared(ledger, rules), NOW);

describe('a lease under other rules', () => {
  it('is what it is when they allow all that was asked for', () => {
    const ledger = ledgerOf(aGrant(5), extend(6), extend(8));
    expect(replay(ledger, rulesOf({ max: limit(9) }))?.expiresAt).toEqual(
      onDay(8),
    );
    expect(outcome(ledger, rulesOf())).toBe('unchanged');
  });

  it('has of what was chosen as much as they allow', () => {
    const ledger = [aGrant(10)];
    const cut = replay(ledger, rulesOf({ max: limit(6) }));
    expect(cut).toMatchObject({ expiresAt: onDay(6), rule: 'config' });
    expect(outcome(ledger, rulesOf({ max: limit(6) }))).toBe('earlier');
    expect(outcome(ledger, rulesOf({ min: limit(12) }))).toBe('later');
  });

  it('has their usual length when none was chosen', () => {
    const ledger = [aGrant(10, { rule: 'ttl.default' })];
    const rules = rulesOf({ default: limit(5), max: limit(20) });
    expect(replay(ledger, rules)?.expiresAt).toEqual(onDay(5));
  });

  it('needs an end when they ask for one and give none', () => {
    const ledger = [aGrant(undefined, { rule: 'ttl.none' })];
    const rules = rulesOf({ endRequiredBy: 'config' });
    expect(replay(ledger, rules)).toBeUndefined();
    expect(outcome(ledger, rules)).toBe('needs-end');
    expect(outcome(ledger, rulesOf({ max: limit(9) }))).toBe('earlier');
  });

  it('is extended as often, and by as much at once, as they allow', () => {
    const ledger = ledgerOf(aGrant(5), extend(7), extend(9));
    const often = rulesOf({ extensions: { value: 1, rule: 'config' } });
    expect(replay(ledger, often)?.expiresAt).toEqual(onDay(7));
    expect(replay(ledger, rulesOf({ extendBy: limit(1) }))?.expiresAt).toEqual(
      onDay(7),
    );
  });

  it('gets what a maximum cut, where that is higher, and keeps what was granted beyond it', () => {
    const cap: EntryDraft = {
      kind: 'cap',
      ...why,
      expiresAfter: onDay(7),
      detail: { wanted: onDay(9).toISOString() },
    };
    const ledger = ledgerOf(aGrant(5), extend(7), cap);
    expect(replay(ledger, rulesOf({ max: limit(20) }))?.expiresAt).toEqual(
      onDay(9),
    );
    const beyond = ledgerOf(aGrant(5), extend(30, true));
    expect(replay(beyond, rulesOf({ max: limit(6) }))?.expiresAt).toEqual(
      onDay(30),
    );
  });

  it('ends before what came after its end, unless somebody held or protected it', () => {
    const ledger = ledgerOf(aGrant(3), extend(5), extend(9));
    expect(outcome(ledger, rulesOf({ max: limit(0.5) }))).toBe('ended');
    const usual = ledgerOf(aGrant(3, { rule: 'ttl.default' }), extend(9));
    const short = rulesOf({ default: limit(0.5) });
    expect(replay(usual, short)?.expiresAt).toEqual(onDay(0.5));
    const hold: EntryDraft = {
      kind: 'hold',
      ...why,
      detail: { until: onDay(8).toISOString() },
    };
    const held = ledgerOf(aGrant(9), hold);
    const two = rulesOf({ max: limit(2) });
    expect(replay(held, two)?.dueAt).toEqual(onDay(8));
    expect(outcome(held, two)).toBe('earlier');
    const protect: EntryDraft = { kind: 'protect', ...why, detail: {} };
    expect(outcome(ledgerOf(aGrant(9), protect), two)).toBe('unchanged');
  });

  it('is shortened as it was, where that makes it end earlier', () => {
    const shorten: EntryDraft = {
      kind: 'shorten',
      ...why,
      expiresAfter: onDay(6),
      detail: {},
    };
    const ledger = ledgerOf(aGrant(9), shorten);
    expect(replay(ledger, rulesOf())?.expiresAt).toEqual(onDay(6));
    expect(replay(ledger, rulesOf({ max: limit(5) }))?.expiresAt).toEqual(
      onDay(5),
    );
  });

  it('is paused while it would be in its grace', () => {
    const detail = {
      warnBeforeSeconds: [],
      onExpiry: 'pause' as const,
      graceSeconds: 2 * DAY,
    };
    const ledger = [aGrant(9, { detail })];
    expect(outcome(ledger, rulesOf({ max: limit(2) }))).toBe('paused');
    expect(outcome(ledger, rulesOf({ max: limit(0.5) }))).toBe('ended');
  });

  it('may be over their maximum, and lose extensions, though its end stays', () => {
    const ledger = ledgerOf(aGrant(5), extend(6));
    const max = compared(ledger, rulesOf({ max: limit(5.5) }));
    expect(isOverMaximum(max)).toBe(true);
    expect(losesExtensions(max, NOW)).toBe(true);
    const fewer = rulesOf({ extensions: { value: 2, rule: 'config' } });
    const often = rulesOf({ extensions: { value: 3, rule: 'config' } });
    expect(losesExtensions(compared(ledger, fewer, often), NOW)).toBe(true);
    expect(losesExtensions(compared(ledger, often, fewer), NOW)).toBe(false);
    expect(isOverMaximum(compared(ledger, fewer))).toBe(false);
  });

  it('counts as on until its end, or the end of what is looked at', () => {
    const lease = project([aGrant(5)]);
    expect(hoursUntil(lease, NOW, onDay(10))).toBe(24 * 2);
    expect(hoursUntil(lease, NOW, onDay(4))).toBe(24);
    expect(hoursUntil(project([aGrant(undefined)]), NOW, onDay(10))).toBe(168);
    expect(hoursUntil(project([aGrant(1)]), NOW, onDay(10))).toBe(0);
  });
});
