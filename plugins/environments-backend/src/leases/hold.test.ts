import { LeaseRules } from '@greenroom/plugin-environments-common';
import { addSeconds, systemClock } from '../clock';
import { Decision } from './extend';
import {
  decideHold,
  decideProtect,
  decideRelease,
  decideUnprotect,
} from './hold';
import { begin, follow, LeaseProjection } from './ledger';

const NOW = systemClock.now();
const at = (hours: number) => addSeconds(NOW, hours * 3600);
const WORD = { actor: 'user:default/mira', reason: 'Incident 42' };
const RULES: LeaseRules = {
  holdMax: { value: 48 * 3600, rule: 'config.leases.rules[0].holdMax' },
};
const LEASE = begin({
  kind: 'grant',
  ...WORD,
  at: NOW,
  rule: 'ttl.default',
  expiresAfter: at(1),
  detail: {
    maxExpiresAt: at(2).toISOString(),
    warnBeforeSeconds: [],
    onExpiry: 'destroy',
  },
});

const codeOf = (decision: Decision) => decision.refused?.code;
function after(decision: Decision, lease = LEASE): LeaseProjection {
  if (decision.refused) throw new Error(decision.refused.message);
  return follow(lease, decision.drafts, NOW).lease;
}
const hold = (hours: number, lease = LEASE) =>
  decideHold(lease, RULES, { ...WORD, until: at(hours) }, NOW);

describe('a hold', () => {
  it('keeps an environment beyond its maximum, up to the end of the hold', () => {
    expect(after(hold(48))).toMatchObject({
      expiresAt: at(1),
      dueAt: at(48),
      hold: { by: WORD.actor, reason: 'Incident 42', until: at(48) },
    });
  });

  it('may be renewed, cut short, and lifted', () => {
    const held = after(hold(48));
    expect(after(hold(3, held), held).dueAt).toEqual(at(3));
    const released = after(decideRelease(held, WORD, at(1)), held);
    expect(released).toMatchObject({ hold: undefined, dueAt: at(1) });
  });

  it('is refused when it is too long, is over, or has nothing to hold', () => {
    expect(hold(49).refused).toMatchObject({
      code: 'lease.hold.too-long',
      message: expect.stringContaining('config.leases.rules[0].holdMax'),
      remedy: expect.stringContaining('2 d or less'),
    });
    expect(codeOf(hold(0))).toBe('lease.hold.past');
    const endless = { ...LEASE, expiresAt: undefined };
    expect(codeOf(hold(3, endless))).toBe('lease.unlimited');
    expect(codeOf(hold(3, { ...LEASE, stage: 'ending' }))).toBe('lease.ending');
  });

  it('is not released when there is none, or when it is over', () => {
    expect(codeOf(decideRelease(LEASE, WORD, NOW))).toBe('lease.hold.none');
    const held = after(hold(3));
    expect(codeOf(decideRelease(held, WORD, at(3)))).toBe('lease.hold.none');
  });
});

describe('a protection', () => {
  it('is set once, and lifted once', () => {
    const kept = after(decideProtect(LEASE, WORD));
    expect(kept.protection).toMatchObject({ reason: 'Incident 42' });
    expect(codeOf(decideProtect(kept, WORD))).toBe('lease.protected');
    const lifted = after(decideUnprotect(kept, WORD), kept);
    expect(lifted.protection).toBeUndefined();
    expect(codeOf(decideUnprotect(lifted, WORD))).toBe('lease.protection.none');
  });

  it('comes too late for what is being destroyed', () => {
    const ending = { ...LEASE, stage: 'ending' as const };
    expect(codeOf(decideProtect(ending, WORD))).toBe('lease.ending');
  });
});
