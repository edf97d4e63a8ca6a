import {
  ENVIRONMENT_SCOPES,
  EnvironmentScope,
  LeaseSelection,
} from '@greenroom/plugin-environments-common';
import { DateTime } from 'luxon';
import {
  FIRST_PAGE,
  oneOf,
  PagePlace,
  readPage,
  writePage,
} from '../list/page';
import { WEEKS_AHEAD } from './sleeps/week';

/** How far the page of leases looks ahead. */
export const DAYS_AHEAD = 14;

/** Whose leases the page shows, and which of them; lives in the address. */
export interface LeaseFilters extends PagePlace {
  scope: EnvironmentScope;
  search: string;
  blueprint: string[];
  owner: string[];
  type: string[];
  /** One day alone, `2026-11-25`; absent: all of them. */
  day?: string;
  /** So many of the next days; absent: all of them. */
  days?: number;
  /** Only what is paused, until its grace is over. */
  grace: boolean;
  /** Of the calendar of sleeps: so many weeks from now. */
  week: number;
}

const LISTS = ['blueprint', 'owner', 'type'] as const;

export function readLeaseFilters(parameters: URLSearchParams): LeaseFilters {
  const day = parameters.get('day') ?? '';
  const days = Number(parameters.get('days'));
  return {
    scope: oneOf(ENVIRONMENT_SCOPES, parameters.get('scope'), 'teams'),
    search: parameters.get('q') ?? '',
    blueprint: parameters.getAll('blueprint'),
    owner: parameters.getAll('owner'),
    type: parameters.getAll('type'),
    day: DateTime.fromFormat(day, 'yyyy-MM-dd').isValid ? day : undefined,
    days:
      Number.isInteger(days) && days > 0 && days < DAYS_AHEAD
        ? days
        : undefined,
    grace: parameters.get('grace') === 'yes',
    week: readWeek(parameters.get('week')),
    ...readPage(parameters),
  };
}

function readWeek(text: string | null): number {
  const week = Number(text);
  return Number.isInteger(week) && week > 0 && week < WEEKS_AHEAD ? week : 0;
}

export function writeLeaseFilters(filters: LeaseFilters): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filters.scope !== 'teams') parameters.set('scope', filters.scope);
  if (filters.search) parameters.set('q', filters.search);
  for (const name of LISTS) {
    for (const value of filters[name]) parameters.append(name, value);
  }
  if (filters.day) parameters.set('day', filters.day);
  if (filters.days) parameters.set('days', String(filters.days));
  if (filters.grace) parameters.set('grace', 'yes');
  if (filters.week) parameters.set('week', String(filters.week));
  writePage(parameters, filters);
  return parameters;
}

export function changeLeaseFilters(
  filters: LeaseFilters,
  change: Partial<Omit<LeaseFilters, keyof PagePlace>>,
): LeaseFilters {
  return { ...filters, ...change, ...FIRST_PAGE };
}

/** An address that shows the same leases, but other days of them. */
export function leaseQuery(
  filters: LeaseFilters,
  change: Pick<Partial<LeaseFilters>, 'day' | 'days' | 'grace'> = {},
): string {
  const next = changeLeaseFilters(filters, {
    day: undefined,
    days: undefined,
    grace: false,
    week: 0,
    ...change,
  });
  const text = writeLeaseFilters(next).toString();
  return text && `?${text}`;
}

export function countLeaseFilters(filters: LeaseFilters): number {
  return LISTS.filter(name => filters[name].length > 0).length;
}

export function isLeasesNarrowed(filters: LeaseFilters): boolean {
  return filters.search !== '' || countLeaseFilters(filters) > 0;
}

/** Whose leases, for any question about them. */
export function toSelection({
  scope,
  search,
  blueprint,
  owner,
  type,
}: LeaseFilters): LeaseSelection {
  return { scope, search, blueprint, owner, type };
}

/** From when to when the list reaches; what is overdue is part of today. */
export function toSpan(
  { day, days = DAYS_AHEAD }: LeaseFilters,
  now: number,
): { from?: string; until: string } {
  const today = DateTime.fromMillis(now).startOf('day');
  const first = day ? DateTime.fromISO(day) : today;
  const until = first.plus({ days: day ? 1 : days });
  return {
    from: first > today ? inUtc(first) : undefined,
    until: inUtc(until),
  };
}

function inUtc(moment: DateTime): string {
  return moment.toUTC().toISO()!;
}
