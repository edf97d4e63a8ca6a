import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  LeaseOverview,
  LeaseOverviewQuery,
  LeaseSelection,
  LeaseSummary,
  ListLeasesQuery,
  Page,
} from '@greenroom/plugin-environments-common';
import { addSeconds, Clock, momentOf } from '../../clock';
import { readCursor } from '../../cursor';
import { EnvironmentAccess } from '../../environments/access';
import { InputProblemError } from '../../errors';
import { readPage } from '../../page';
import { leaseCursorSchema, LeaseList } from './list';
import { overviewOfLeases } from './overview';
import { CallersSelection } from './selection';
import { toLeaseSummary } from './summary';

/** How far a list reaches that nobody has set an end. */
const USUAL_REACH_SECONDS = 7 * 86_400;

/** The leases of all environments that the caller may see. */
export class LeaseFleet {
  readonly #list: LeaseList;

  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      clock: Clock;
    },
  ) {
    this.#list = new LeaseList(options.knex);
  }

  /** What ends first comes first. */
  async list(
    { cursor, limit, ...query }: ListLeasesQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<LeaseSummary>> {
    const now = this.options.clock.now();
    const { list = 'ending', from, until } = query;
    const request = {
      ...(await this.#callers(query, credentials)),
      list,
      now,
      from: from === undefined ? undefined : momentOf(from),
      until:
        until === undefined
          ? addSeconds(now, USUAL_REACH_SECONDS)
          : momentOf(until),
      cursor: cursor ? readCursor(cursor, leaseCursorSchema(list)) : undefined,
    };
    return readPage({
      limit,
      rows: most => this.#list.page({ ...request, limit: most }),
      total: () => this.#list.total(request),
      item: row => toLeaseSummary(row, now),
      place: ({ key, environment_id: id }) => ({ list, key, id }),
    });
  }

  /** How many end on each of the next days. */
  async overview(
    { days, timeZone, ...selection }: LeaseOverviewQuery,
    credentials: BackstageCredentials,
  ): Promise<LeaseOverview> {
    const { knex, clock } = this.options;
    const now = clock.now();
    return overviewOfLeases(knex, {
      ...(await this.#callers(selection, credentials)),
      now,
      midnights: midnightsFrom(now, days, timeZone),
    });
  }

  async #callers(
    selection: LeaseSelection,
    credentials: BackstageCredentials,
  ): Promise<CallersSelection> {
    const { access } = this.options;
    return {
      ...selection,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
    };
  }
}

/** When the days begin from today on, there, and when the last one ends. */
function midnightsFrom(now: Date, days: number, timeZone: string): Date[] {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  if (!today.isValid) {
    throw new InputProblemError({
      code: 'request.time-zone',
      field: '/timeZone',
      message: `There is no time zone "${timeZone.slice(0, 40)}".`,
      remedy: 'Write one as IANA names it, like Europe/Berlin.',
    });
  }
  return Array.from({ length: days + 1 }, (_, index) =>
    today.plus({ days: index }).toJSDate(),
  );
}
