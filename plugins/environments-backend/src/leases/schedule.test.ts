import { addSeconds, systemClock } from '../clock';
import { leaseTimes, retryAt } from './schedule';

const now = systemClock.now();
const secondsFrom = (moment?: Date) =>
  moment && (moment.getTime() - now.getTime()) / 1000;

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

describe('the next try of a failed teardown', () => {
  it('doubles from a minute to an hour', () => {
    const delays = [1, 2, 3, 6, 7, 50].map(failures =>
      secondsFrom(retryAt(now, failures, 0.5)),
    );
    expect(delays).toEqual([60, 120, 240, 1920, 3600, 3600]);
  });

  it('varies by a fifth', () => {
    expect(secondsFrom(retryAt(now, 1, 0))).toBeCloseTo(48);
    expect(secondsFrom(retryAt(now, 1, 1))).toBeCloseTo(72);
  });
});
