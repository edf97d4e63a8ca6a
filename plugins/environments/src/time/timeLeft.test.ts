import { Lease } from '@greenroom/plugin-environments-common';
import { describeTimeLeft } from './timeLeft';

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

  it('is endless without an expiry', () => {
    expect(
      describeTimeLeft(
        { state: 'running', lease: { ...lease, expiresAt: undefined } },
        at('11:00'),
      ),
    ).toEqual({ kind: 'endless' });
  });
});
