import { nextStep, whyThen } from './nextStep';

describe('what happens at the end of a lease', () => {
  it.each([
    [{ stage: 'running', onExpiry: 'destroy' }, 'destroyed'],
    [{ stage: 'running', onExpiry: 'pause' }, 'paused, then destroyed'],
    [{ stage: 'grace', onExpiry: 'pause' }, 'destroyed'],
  ] as const)('is said: %j', (lease, words) => {
    expect(nextStep(lease)).toBe(words);
  });

  it('is nothing while somebody protects it', () => {
    const protection = { by: 'a', reason: 'b', since: '2026-11-19T11:18:00Z' };
    expect(
      nextStep({ stage: 'running', onExpiry: 'destroy', protection }),
    ).toBe('kept, being protected');
  });
});

describe('why it ends then', () => {
  const dueAt = '2026-11-21T11:18:00Z';
  const hold = { by: 'a', reason: 'incident 42', since: dueAt, until: dueAt };
  const reason = '2 d, the default of the blueprint';

  it('is what was granted, unless a hold or a grace is what counts', () => {
    expect(whyThen({ stage: 'running', dueAt, reason })).toBe(reason);
    expect(whyThen({ stage: 'running', dueAt, reason, hold })).toBe(
      'held: incident 42',
    );
    expect(whyThen({ stage: 'grace', dueAt, reason })).toBe(
      `its grace is over; ${reason}`,
    );
    const over = { ...hold, until: '2026-11-20T11:18:00Z' };
    expect(whyThen({ stage: 'running', dueAt, reason, hold: over })).toBe(
      reason,
    );
  });
});
