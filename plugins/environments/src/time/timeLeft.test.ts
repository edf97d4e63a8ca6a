import { Lease } from '@greenroom/plugin-environments-common';
import { describeTimeLeft, isExpiring } from './timeLeft';
import { leaseSentences } from './timeLeftWords';

const lease: Lease = {
  grantedAt: '2026-11-19T10:00:00.000Z',
  expiresAt: '2026-11-19T14:00:00.000Z',
  lastWarningAt: '2026-11-19T13:00:00.000Z',
  onExpiry: 'destroy',
  reason: '4 h chosen at the request',
};
const at = (time: string) => Date.parse(`2026-11-19T${time}:00.000Z`);

describe('describeTimeLeft', () => {
  it('drains from the grant to the expiry', () => {
    expect(describeTimeLeft({ state: 'running', lease }, at('13:00'))).toEqual({
      kind: 'left',
      seconds: 3600,
      totalSeconds: 4 * 3600,
      share: 0.25,
      urgent: true,
      endsAt: lease.expiresAt,
      grace: false,
    });
  });

  it('is not urgent before the last warning', () => {
    expect(
      describeTimeLeft({ state: 'running', lease }, at('12:59')),
    ).toMatchObject({ kind: 'left', urgent: false });
  });

  it('has ended at the expiry, even before anybody destroyed it', () => {
    expect(describeTimeLeft({ state: 'running', lease }, at('14:00'))).toEqual({
      kind: 'ended',
      at: lease.expiresAt,
    });
  });

  it('ends early when it is destroyed before its expiry', () => {
    expect(
      describeTimeLeft({ state: 'destroying', lease }, at('11:00')),
    ).toEqual({ kind: 'ending' });
    expect(
      describeTimeLeft(
        { state: 'destroyed', lease, destroyedAt: '2026-11-19T11:02:00.000Z' },
        at('15:00'),
      ),
    ).toEqual({ kind: 'ended', at: '2026-11-19T11:02:00.000Z' });
  });

  describe('of what is held', () => {
    const hold = {
      until: '2026-11-19T16:00:00.000Z',
      since: '2026-11-19T12:00:00.000Z',
      by: 'user:default/mira',
      reason: 'Incident 42',
    };
    const held = { state: 'running' as const, lease: { ...lease, hold } };

    it('is the end of the hold, before its expiry and after', () => {
      for (const time of ['13:30', '15:00']) {
        expect(describeTimeLeft(held, at(time))).toEqual({
          kind: 'held',
          hold,
        });
        expect(isExpiring(held, at(time))).toBe(false);
      }
    });

    it('is over with the hold', () => {
      expect(describeTimeLeft(held, at('16:00'))).toEqual({
        kind: 'ended',
        at: lease.expiresAt,
      });
    });

    it('is what it was where it ends later anyway', () => {
      const short = { ...hold, until: '2026-11-19T13:45:00.000Z' };
      const view = describeTimeLeft(
        { ...held, lease: { ...lease, hold: short } },
        at('13:30'),
      );
      expect(view).toMatchObject({ kind: 'left', seconds: 1800 });
    });
  });

  it('is the grace after its expiry', () => {
    const paused = {
      state: 'paused' as const,
      lease: { ...lease, graceEndsAt: '2026-11-19T18:00:00.000Z' },
    };
    expect(describeTimeLeft(paused, at('15:00'))).toEqual({
      kind: 'left',
      seconds: 3 * 3600,
      totalSeconds: 4 * 3600,
      share: 0.75,
      urgent: true,
      endsAt: '2026-11-19T18:00:00.000Z',
      grace: true,
    });
  });

  it('stays over of what is protected, which is not expiring', () => {
    const protection = {
      since: '2026-11-19T12:00:00.000Z',
      by: 'user:default/mira',
      reason: 'shown to customers',
    };
    const kept = { state: 'running' as const, lease: { ...lease, protection } };
    expect(isExpiring({ ...kept, lease }, at('13:30'))).toBe(true);
    expect(isExpiring(kept, at('13:30'))).toBe(false);
    expect(describeTimeLeft(kept, at('15:00'))).toEqual({
      kind: 'kept',
      at: lease.expiresAt,
    });
    expect(leaseSentences(kept, at('15:00'))).toEqual([
      expect.stringMatching(/^Time was up .*: 4 h chosen at the request\.$/),
      'Protected by mira: shown to customers.',
    ]);
  });

  it('is endless without an expiry', () => {
    expect(
      describeTimeLeft(
        { state: 'running', lease: { ...lease, expiresAt: undefined } },
        at('11:00'),
      ),
    ).toEqual({ kind: 'endless' });
  });
});
