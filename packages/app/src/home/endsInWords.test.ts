import { endsInWords } from './endsInWords';

describe('endsInWords', () => {
  it.each([
    [3 * 86_400_000, '3 d left'],
    [47 * 3_600_000, '47 h left'],
    [119 * 60_000, '119 min left'],
    [119_000, '119 s left'],
    [0, 'ending now'],
    [-5000, 'ending now'],
  ])('says %i ms as "%s"', (milliseconds, words) => {
    expect(endsInWords(milliseconds)).toBe(words);
  });
});
