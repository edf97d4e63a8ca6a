import { durationText, ttlChoices, ttlError } from './ttlChoices';

const ttl = (defaultSeconds?: number, maxSeconds?: number) => ({
  defaultSeconds,
  maxSeconds,
  warnBeforeSeconds: [],
});

describe('ttlChoices', () => {
  it('begins with the blueprint’s own and ends with its maximum', () => {
    expect(ttlChoices(ttl(7200, 86_400)).map(({ label }) => label)).toEqual([
      '2 h, as usual',
      '1 h',
      '4 h',
      '8 h',
      '1 d, the most',
    ]);
  });

  it('offers a length once when it is both the usual and the most', () => {
    expect(ttlChoices(ttl(3600, 3600)).map(({ label }) => label)).toEqual([
      '1 h, as usual',
    ]);
  });

  it('offers no end where the blueprint sets none', () => {
    expect(ttlChoices(ttl())[0]).toEqual({
      id: 'usual',
      label: 'No end',
    });
  });
});

describe('durationText', () => {
  it.each([
    [7200, '2h'],
    [5400, '90m'],
    [86_400, '1d'],
    [61, '61s'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe('ttlError', () => {
  it('says how to write a length', () => {
    expect(ttlError('2 hours', ttl())).toMatch(/whole number/);
    expect(ttlError('2m', ttl(7200, 86_400))).toBeUndefined();
  });

  it('names the maximum', () => {
    expect(ttlError('2d', ttl(7200, 86_400))).toBe('At most 1 d.');
  });
});
