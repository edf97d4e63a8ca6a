import { someCounts } from '../testing/fleetBuilders';
import { countsText, moveWords } from './words';

describe('the words of fleet upgrades', () => {
  it('count what has become of the environments', () => {
    expect(
      countsText(
        someCounts({
          succeeded: 5,
          failed: 1,
          checking: 1,
          upgrading: 1,
          'set-aside': 2,
          waiting: 3,
        }),
      ),
    ).toBe('5 of 13 upgraded, 1 failed, 2 under way, 2 set aside');
    expect(countsText(someCounts({ left: 1 }))).toBe(
      '0 of 1 upgraded, 1 left as it is',
    );
  });

  it('tell what goes on, and what does not count any more', () => {
    const counts = someCounts({ waiting: 4, upgrading: 1 });
    const words = (move: 'pause' | 'resume' | 'abort', failures = 0) =>
      moveWords(move, { counts, failures }).consequence;
    expect(words('pause')).toBe(
      'No other upgrade begins until it is resumed; 4 wait. The 1 under way goes on to its end.',
    );
    expect(words('resume', 3)).toContain('The 3 that failed so far');
    expect(words('resume')).not.toContain('failed');
    expect(words('abort')).toContain('stay on their version, for good.');
  });
});
