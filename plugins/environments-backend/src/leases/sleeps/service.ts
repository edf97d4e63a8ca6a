import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentUpdatePermission,
  ListSleepsQuery,
  Page,
  SleepingEnvironment,
  SLEEPS_REACH_DAYS,
} from '@greenroom/plugin-environments-common';
import { addSeconds, Clock, laterOf, momentOf } from '../../clock';
import { readCursor } from '../../cursor';
import { EnvironmentAccess } from '../../environments/access';
import { InputProblemError } from '../../errors';
import { readPage } from '../../page';
import { holidaysOf, ScheduleSettings } from '../../schedules/settings';
import { toProjection } from '../store';
import { SleepsList, sleepsCursorSchema, SleepsRow } from './list';
import { Days, holidaysWithin, planSleeps, standingOf } from './plan';

/** The calendar of sleeps, of all environments that the caller may see. */
export class LeaseSleeps {
  readonly #list: SleepsList;

  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      schedules: ScheduleSettings;
      clock: Clock;
    },
  ) {
    this.#list = new SleepsList(options.knex);
  }

  /** By their names. */
  async list(
    { from, until, cursor, limit, ...query }: ListSleepsQuery,
    credentials: BackstageCredentials,
  ): Promise<Page<SleepingEnvironment>> {
    const { access } = this.options;
    const days = this.#days(from, until);
    const selection = {
      ...query,
      caller: await access.caller(credentials),
      visible: await access.visible(credentials),
    };
    const after = cursor ? readCursor(cursor, sleepsCursorSchema) : undefined;
    const update = await access.decision(
      environmentUpdatePermission,
      credentials,
    );
    return readPage({
      limit,
      rows: most =>
        this.#list.page({ ...selection, cursor: after, limit: most }),
      total: () => this.#list.total(selection),
      item: row => ({
        ...this.#describe(row, days),
        rights: {
          wake: access.allows(update, {
            id: row.environment_id,
            owner: row.owner_ref,
          }),
        },
      }),
      place: ({ name }) => ({ name }),
    });
  }

  #days(from: string, until: string): Days {
    const now = this.options.clock.now();
    const reach = addSeconds(now, SLEEPS_REACH_DAYS * 86_400);
    const end = momentOf(until);
    if (end <= momentOf(from) || end > reach) {
      throw new InputProblemError({
        code: 'lease.sleeps.days',
        field: '/until',
        message: `A calendar of sleeps is of days up to ${reach.toISOString()}.`,
        remedy: `Ask for days from now on, ${SLEEPS_REACH_DAYS} at most.`,
      });
    }
    return { now, from: laterOf(momentOf(from), now), until: end };
  }

  #describe(row: SleepsRow, days: Days): Omit<SleepingEnvironment, 'rights'> {
    const { schedule, rule, state } = row;
    const { stage, dueAt, protection } = toProjection(row);
    const isHoliday = holidaysOf(schedule, this.options.schedules);
    const standing = standingOf({
      state,
      stage,
      pausedBySchedule: row.paused_by_schedule,
    });
    const endsAt = protection ? undefined : dueAt;
    return {
      environmentId: row.environment_id,
      environmentName: row.name,
      owner: row.owner_ref,
      state,
      schedule: { ...schedule, rule },
      standing,
      ...planSleeps(schedule, standing, days, endsAt, isHoliday),
      holidays: holidaysWithin(schedule, days, isHoliday),
      endsAt: endsAt?.toISOString(),
    };
  }
}
