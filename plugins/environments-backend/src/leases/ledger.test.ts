import { addSeconds, systemClock } from '../clock';
import { EntryDraft, GrantDetail, GrantEntry } from './entry';
import { begin, follow, LeaseProjection, project } from './ledger';

const START = systemClock.now();
const at = (seconds: number) => addSeconds(START, seconds);
const iso = (seconds: number) => at(seconds).toISOString();
const WHO = { actor: 'user:default/mira', reason: 'a demo', rule: 'any' };

const granted = (detail: Partial<GrantDetail> = {}): GrantEntry => ({
  kind: 'grant',
  ...WHO,
  at: START,
  expiresAfter: at(100),
  detail: {
    maxExpiresAt: iso(1000),
    warnBeforeSeconds: [50, 20],
    onExpiry: 'destroy',
    ...detail,
  },
});

/** The lease after so much has happened to it, all at one moment. */
function after(
  grant: GrantEntry,
  drafts: (Pick<EntryDraft, 'kind'> & object)[],
  now = at(10),
): LeaseProjection {
  const whole = drafts.map(
    draft => ({ ...WHO, detail: {}, ...draft }) as EntryDraft,
  );
  return follow(begin(grant), whole, now).lease;
}

const extend = (seconds: number, detail = {}) => ({
  kind: 'extend' as const,
  expiresAfter: at(seconds),
  detail,
});
const GRACE = {
  kind: 'expiry' as const,
  detail: { then: 'grace', graceEndsAt: iso(500) },
};
const EXPIRY = { kind: 'expiry' as const, detail: { then: 'destroy' } };

describe('the ledger of a lease', () => {
  it('begins with a grant, which has the lease fall due at its expiry', () => {
    expect(begin(granted())).toEqual({
      grantedAt: START,
      stage: 'running',
      expiresAt: at(100),
      maxExpiresAt: at(1000),
      lastWarningAt: at(80),
      warnedUpTo: START,
      nextWarningAt: at(50),
      dueAt: at(100),
      onExpiry: 'destroy',
      warnBeforeSeconds: [50, 20],
      extensionsUsed: 0,
      reason: 'a demo',
      rule: 'any',
      lastEntryAt: START,
      revision: 1,
    });
  });

  it('knows no warning that would come before the grant, and none where nothing expires', () => {
    const late = granted({ warnBeforeSeconds: [600, 100] });
    expect(begin(late).lastWarningAt).toBeUndefined();
    const never = begin({ ...granted(), expiresAfter: undefined });
    expect([never.dueAt, never.lastWarningAt]).toEqual([undefined, undefined]);
  });

  it('moves expiry and last warning by an extension, and counts it', () => {
    expect(after(granted(), [extend(200), extend(300)])).toMatchObject({
      expiresAt: at(300),
      dueAt: at(300),
      lastWarningAt: at(280),
      maxExpiresAt: at(1000),
      extensionsUsed: 2,
      revision: 3,
    });
  });

  it('moves the maximum only where somebody set it aside', () => {
    const beyond = extend(2000, { override: true });
    expect(after(granted(), [beyond])).toMatchObject({
      expiresAt: at(2000),
      maxExpiresAt: at(2000),
      extensionsUsed: 0,
    });
    const within = extend(900, { override: true });
    expect(after(granted(), [within])).toMatchObject({
      maxExpiresAt: at(1000),
    });
  });

  it('shortens without giving an extension back', () => {
    const shorten = { kind: 'shorten' as const, expiresAfter: at(30) };
    expect(after(granted(), [extend(200), shorten])).toMatchObject({
      expiresAt: at(30),
      dueAt: at(30),
      extensionsUsed: 1,
    });
  });

  it('lets nothing fall due while it is held, even beyond the maximum', () => {
    const hold = { kind: 'hold' as const, detail: { until: iso(5000) } };
    const held = after(granted(), [hold]);
    expect(held).toMatchObject({
      expiresAt: at(100),
      dueAt: at(5000),
      hold: { by: WHO.actor, reason: 'a demo', since: at(10), until: at(5000) },
    });
    const short = { kind: 'hold' as const, detail: { until: iso(50) } };
    expect(after(granted(), [short])).toMatchObject({ dueAt: at(100) });
    const released = after(granted(), [hold, { kind: 'release' }]);
    expect(released).toMatchObject({ dueAt: at(100) });
    expect(released.hold).toBeUndefined();
    expect(after(granted(), [GRACE, hold])).toMatchObject({ dueAt: at(5000) });
  });

  it('has a grace fall due at its end, and an extension take it back', () => {
    const grace = after(granted({ onExpiry: 'pause' }), [GRACE]);
    expect(grace).toMatchObject({
      stage: 'grace',
      graceEndsAt: at(500),
      dueAt: at(500),
    });
    const extended = after(granted(), [GRACE, extend(700)]);
    expect(extended).toMatchObject({ stage: 'running', dueAt: at(700) });
    expect(extended.graceEndsAt).toBeUndefined();
  });

  it('leaves what is being destroyed to the teardowns, until they give it up', () => {
    const ending = after(granted(), [EXPIRY]);
    expect(ending.stage).toBe('ending');
    expect(ending.dueAt).toBeUndefined();
    const retried = after(granted(), [{ kind: 'retry' }]);
    expect(retried.dueAt).toBeUndefined();
    const revived = after(granted(), [EXPIRY, { kind: 'revive' }]);
    expect(revived).toMatchObject({ stage: 'running', dueAt: at(100) });
    const ended = after(granted(), [EXPIRY, { kind: 'end' }]);
    expect(ended).toMatchObject({ stage: 'ended', endedAt: at(10) });
    expect(ended.dueAt).toBeUndefined();
  });

  it('asks no more after what is protected, and goes on where it was once that is lifted', () => {
    const stopped = [
      { kind: 'protect' as const },
      { kind: 'blocked' as const },
    ];
    const blocked = after(granted(), stopped);
    expect(blocked).toMatchObject({
      stage: 'blocked',
      protection: { by: WHO.actor, reason: 'a demo', since: at(10) },
    });
    expect(blocked.dueAt).toBeUndefined();
    const lift = { kind: 'unprotect' as const };
    expect(after(granted(), [...stopped, lift])).toMatchObject({
      stage: 'running',
      dueAt: at(100),
    });
    expect(after(granted(), [GRACE, ...stopped, lift])).toMatchObject({
      stage: 'grace',
      dueAt: at(500),
    });
  });

  it('changes nothing by what is only told', () => {
    const told = (['cap', 'warning', 'pause', 'wake'] as const).map(kind => ({
      kind,
    }));
    expect(after(granted(), told)).toEqual({
      ...begin(granted()),
      lastEntryAt: at(10),
      revision: 5,
    });
  });

  it('is never younger than its last entry, though a clock goes back', () => {
    const lease = after(granted(), [extend(200)], at(60));
    const draft = { kind: 'end', ...WHO, detail: {} } as const;
    expect(follow(lease, [draft], at(5))).toMatchObject({
      entries: [{ at: at(60) }],
      lease: { endedAt: at(60) },
    });
  });

  it('is broken without its first entry, with two of them, or with one missing in between', () => {
    const { entries } = follow(
      begin(granted()),
      [200, 300].map(seconds => ({ ...WHO, ...extend(seconds) })),
      at(10),
    );
    const [, extended] = entries;
    expect(() => project([])).toThrow('does not begin with a grant');
    expect(() => project([extended])).toThrow('does not begin with a grant');
    expect(() => project([granted(), granted()])).toThrow('second grant');
    expect(() => project([granted(), extended])).toThrow(
      'Entry 2 (extend) starts from another expiry',
    );
  });
});
