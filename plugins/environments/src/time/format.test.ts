import {
  formatExact,
  formatMoment,
  formatMomentInWords,
  formatSpan,
  formatTook,
  momentsInWords,
} from './format';

const here = {
  now: Date.parse('2026-11-19T11:18:00Z'),
  zone: 'Europe/Berlin',
};

describe('formatSpan', () => {
  it.each([
    [-5, '0 s'],
    [119.9, '119 s'],
    [120, '2 min'],
    [119 * 60, '119 min'],
    [2 * 3600, '2 h'],
    [47.9 * 3600, '47 h'],
    [48 * 3600, '2 d'],
    [212.5 * 86400, '212 d'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });
});

describe('formatTook', () => {
  it.each([
    [240, '0.2 s'],
    [38_900, '38 s'],
    [60_000, '1 min'],
    [110_000, '1 min 50 s'],
    [6 * 3_600_000 + 12 * 60_000, '6 h 12 min'],
    [50 * 3_600_000, '2 d 2 h'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatTook(milliseconds)).toBe(text);
  });
});

describe('formatMoment', () => {
  it.each([
    ['2026-11-19T17:30:00Z', '18:30'],
    ['2026-11-20T11:16:00Z', 'Fri 12:16'],
    ['2026-11-25T09:30:00Z', 'Wed 10:30'],
    ['2026-11-26T09:30:00Z', '26 Nov 10:30'],
    ['2026-11-10T08:00:00Z', '10 Nov 09:00'],
    ['2027-01-03T08:00:00Z', '3 Jan 2027 09:00'],
  ])('writes %s as %s', (iso, text) => {
    expect(formatMoment(iso, here)).toBe(text);
  });

  it('counts days in the reader’s zone', () => {
    expect(formatMoment('2026-11-19T23:30:00Z', here)).toBe('Fri 00:30');
    expect(formatMoment('2026-11-19T23:30:00Z', { ...here, zone: 'UTC' })).toBe(
      '23:30',
    );
  });
});

describe('formatMomentInWords', () => {
  it.each([
    ['2026-11-19T17:30:00Z', 'today 18:30'],
    ['2026-11-20T11:16:00Z', 'tomorrow 12:16'],
    ['2026-11-18T11:16:00Z', 'yesterday 12:16'],
    ['2026-11-21T11:16:00Z', 'Sat 12:16'],
  ])('writes %s as %s', (iso, text) => {
    expect(formatMomentInWords(iso, here)).toBe(text);
  });
});

describe('formatExact', () => {
  it('names the day, the second and the zone', () => {
    expect(formatExact('2026-11-21T13:40:05Z', 'Europe/Berlin')).toBe(
      'Sat 21 Nov 2026, 14:40:05 CET',
    );
  });
});

describe('momentsInWords', () => {
  it('writes the moments within a text as the reader would, and nothing else anew', () => {
    expect(
      momentsInWords(
        'Its end, 2026-11-19T17:30:00.470Z, is later than 2026-11-20T11:16:00Z: 2 of 3, at 09:30.',
        here,
      ),
    ).toBe(
      'Its end, today 18:30, is later than tomorrow 12:16: 2 of 3, at 09:30.',
    );
  });
});
