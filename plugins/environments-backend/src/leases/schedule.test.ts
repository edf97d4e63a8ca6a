import { addSeconds, systemClock } from '../clock';
import { leaseTimes } from './schedule';

const now = systemClock.now();
describe('the times of a lease', () => {
  it('end with the TTL, may be stretched to the maximum, and warn at last before the end', () => {
    const times = leaseTimes(now, {
      seconds: 7200,
      maxSeconds: 86_400,
      warnBeforeSeconds: [3600, 600],
    });
    expect(times).toEqual({
      expiresAt: addSeconds(now, 7200),
      maxExpiresAt: addSeconds(now, 86_400),
      lastWarningAt: addSeconds(now, 6600),
    });
  });

  it('have no warning that would come before the grant', () => {
    const times = leaseTimes(now, { seconds: 60, warnBeforeSeconds: [600] });
    expect(times).toEqual({ expiresAt: addSeconds(now, 60) });
  });

  it('are none where nothing expires', () => {
    expect(leaseTimes(now, { warnBeforeSeconds: [600] })).toEqual({});
  });
});
