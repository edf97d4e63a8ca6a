import { DateTime } from 'luxon';
import {
  leaseQuery,
  readLeaseFilters,
  toSpan,
  writeLeaseFilters,
} from './filters';

const read = (text: string) => readLeaseFilters(new URLSearchParams(text));

describe('filters of the leases in the address', () => {
  it('come back as they were written', () => {
    const text =
      'scope=all&q=shop&blueprint=site&owner=group%3Adefault%2Fa&type=sandbox&day=2026-11-25&cursor=abc&from=51';
    expect(writeLeaseFilters(read(text)).toString()).toBe(text);
    expect(writeLeaseFilters(read('days=7&grace=yes')).toString()).toBe(
      'days=7&grace=yes',
    );
  });

  it('that nobody knows are passed over', () => {
    expect(read('scope=none&day=someday&days=400&grace=no')).toEqual(read(''));
  });

  it('lead to other days of the same leases', () => {
    const filters = read('owner=group%3Adefault%2Fa&day=2026-11-25');
    expect(leaseQuery(filters, { days: 1 })).toBe(
      '?owner=group%3Adefault%2Fa&days=1',
    );
    expect(leaseQuery(read(''))).toBe('');
  });
});

describe('the span of time that is listed', () => {
  const now = DateTime.fromISO('2026-11-19T11:18').toMillis();
  const midnight = (day: string) => DateTime.fromISO(day).toUTC().toISO();

  it('begins with what is overdue, and ends at midnight', () => {
    expect(toSpan(read('days=1'), now)).toEqual({
      from: undefined,
      until: midnight('2026-11-20'),
    });
    expect(toSpan(read(''), now).until).toBe(midnight('2026-12-03'));
    expect(toSpan(read('day=2026-11-19'), now).from).toBeUndefined();
  });

  it('is a day, there where somebody looks', () => {
    expect(toSpan(read('day=2026-11-25'), now)).toEqual({
      from: midnight('2026-11-25'),
      until: midnight('2026-11-26'),
    });
  });
});
