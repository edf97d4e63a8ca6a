import { RetentionSweep } from './sweep';

const now = new Date('2026-11-21T10:00:00Z');

describe('removing what was kept long enough', () => {
  function sweep(...removals: (() => Promise<boolean>)[]) {
    return new RetentionSweep({
      retained: removals.map((removeExpired, index) => ({
        name: `things ${index}`,
        removeExpired,
      })),
    });
  }

  it('goes on until there is no more of a kind', async () => {
    let left = 3;
    await sweep(async () => {
      left -= 1;
      return left > 0;
    }).tick(now);
    expect(left).toBe(0);
  });

  it('comes to the other kinds when one fails, and says so', async () => {
    let reached = false;
    const failing = sweep(
      async () => {
        throw new Error('no connection');
      },
      async () => {
        reached = true;
        return false;
      },
    );
    await expect(failing.tick(now)).rejects.toThrow(
      'Could not remove things 0',
    );
    expect(reached).toBe(true);
  });

  it('stops between two pieces', async () => {
    let pieces = 0;
    const stopping = new AbortController();
    const stopped = sweep(async () => {
      pieces += 1;
      if (pieces === 2) stopping.abort();
      return true;
    });
    await stopped.tick(now, stopping.signal);
    expect(pieces).toBe(2);
  });
});
