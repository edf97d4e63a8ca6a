import { aStep, iso } from '../testing/builders';
import { timelineOf } from './bars';

const T = Date.parse('2026-11-19T11:00:00.000Z');
const step = (id: string, from?: number, to?: number, after: string[] = []) =>
  aStep({
    id,
    after,
    state: to === undefined ? 'running' : 'succeeded',
    startedAt: from === undefined ? undefined : iso(T, from * 1000),
    finishedAt: to === undefined ? undefined : iso(T, to * 1000),
  });

describe('timelineOf', () => {
  it('lays steps along one axis, those beside each other above each other', () => {
    const { bars, milliseconds } = timelineOf(
      [step('a', 0, 4), step('b', 0, 10), step('c', 4, 10, ['a'])],
      T,
    );
    expect(milliseconds).toBe(10_000);
    expect(bars.get('a')).toEqual({ left: 0, width: 0.4, waited: 0 });
    expect(bars.get('b')).toEqual({ left: 0, width: 1, waited: 0 });
    expect(bars.get('c')).toEqual({ left: 0.4, width: 0.6, waited: 0 });
  });

  it('grows with a running step', () => {
    const { bars } = timelineOf([step('a', 0, 5), step('b', 5)], T + 20_000);
    expect(bars.get('b')).toMatchObject({ left: 0.25, width: 0.75 });
  });

  it('shows how long a step waited after it could have begun', () => {
    const { bars } = timelineOf([step('a', 0, 2), step('b', 7, 10, ['a'])], T);
    expect(bars.get('b')?.waited).toBeCloseTo(0.5);
  });

  it('leaves out what has not begun, and keeps the shortest to be seen', () => {
    const { bars } = timelineOf(
      [step('a', 0, 1000), step('b', 1000, 1000, ['a']), step('c')],
      T,
    );
    expect(bars.has('c')).toBe(false);
    expect(bars.get('b')).toEqual({ left: 0.99, width: 0.01, waited: 0 });
    expect(timelineOf([], T).bars.size).toBe(0);
  });
});
