import { momentsInWords } from './moments';

describe('moments in a message', () => {
  it('are in words, wherever they stand in what is on record', () => {
    expect(
      momentsInWords(
        'shortened to 2026-11-22T14:05:59.123Z: the demo ends at 2027-01-01T00:00:00Z, not 14:00',
      ),
    ).toBe(
      'shortened to Sunday 22 November 2026, 14:05 UTC: the demo ends at Friday 1 January 2027, 00:00 UTC, not 14:00',
    );
  });
});
