import { contextIn } from './__testUtils__/context';
import { FaultAction } from './behaviours';
import { FaultMix, mixed } from './mix';

/** What happens to one call. */
async function outcome(
  mix: FaultMix,
  call: { name?: string; action?: FaultAction; attempt?: number } = {},
) {
  const { name = 'blue', action = 'apply', attempt = 1 } = call;
  const { context, lines } = contextIn('/nowhere');
  const seen: string[] = [];
  const behaviour = mixed(mix);
  const failure = await Promise.resolve(
    behaviour({
      action,
      attempt,
      context: {
        ...context,
        environment: { ...context.environment, name },
      },
      make: () => seen.push('made'),
      stray: () => seen.push('strayed'),
      lie: lie => seen.push(lie),
      sleep: async ms => {
        seen.push(`${ms} ms`);
      },
    }),
  ).then(
    () => undefined,
    error => error.name,
  );
  return [...seen, lines.length, failure].join(', ');
}

describe('mixed', () => {
  const names = Array.from({ length: 400 }, (_, n) => `environment-${n}`);
  const all = (mix: FaultMix) =>
    Promise.all(names.map(name => outcome(mix, { name })));

  it('does the same to the same call, and something else by another seed', async () => {
    const mix: FaultMix = { seed: 1, fails: 0.5, takesMs: [0, 1000] };
    const first = await all(mix);
    expect(await all(mix)).toEqual(first);
    expect(await all({ ...mix, seed: 2 })).not.toEqual(first);
    const tries = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(attempt => outcome(mix, { attempt })),
    );
    expect(new Set(tries).size).toBeGreaterThan(1);
  });

  it('is about as bad as it was asked to be', async () => {
    const ends = await all({ seed: 1, fails: 0.25 });
    const failed = ends.filter(end => end.endsWith('DriverError')).length;
    expect(failed).toBeGreaterThan(70);
    expect(failed).toBeLessThan(130);
    expect(await all({ seed: 1 })).toEqual(names.map(() => '0, '));
  });

  it('takes its time between two bounds', async () => {
    const times = (await all({ seed: 1, takesMs: [10, 50] })).map(parseFloat);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...times)).toBeLessThanOrEqual(50);
    expect(new Set(times).size).toBeGreaterThan(20);
  });

  it('makes the half of an apply, and of nothing else', async () => {
    const mix: FaultMix = { seed: 1, failsHalfway: 1 };
    expect(await outcome(mix)).toBe('made, 0, DriverError');
    expect(await outcome(mix, { action: 'destroy' })).toBe('0, ');
  });

  it('prints a thousand lines where that is its mood', async () => {
    expect(await outcome({ seed: 1, prints: 1 })).toBe('1000, ');
  });
});
