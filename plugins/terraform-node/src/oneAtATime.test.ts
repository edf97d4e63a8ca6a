import { oneAtATime } from './oneAtATime';

describe('oneAtATime', () => {
  it('runs tasks of one key in order, past one that fails, and other keys beside them', async () => {
    const events: string[] = [];
    let release = () => {};
    const first = oneAtATime('a', async () => {
      events.push('first begins');
      await new Promise<void>(resolve => {
        release = resolve;
      });
      throw new Error('first fails');
    });
    const second = oneAtATime('a', async () => {
      events.push('second');
      return 2;
    });
    await oneAtATime('b', async () => {
      events.push('other key');
    });
    expect(events).toEqual(['first begins', 'other key']);
    release();
    await expect(first).rejects.toThrow('first fails');
    expect(await second).toBe(2);
    expect(events).toEqual(['first begins', 'other key', 'second']);
  });
});
