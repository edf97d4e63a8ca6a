import { Knex } from 'knex';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  environmentUpdatePermission,
  ReportActivityRequest,
} from '@greenroom/plugin-environments-common';
import { addSeconds, Clock, momentOf } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentNotFoundError } from '../environments/errors';
import { InputProblemError } from '../errors';
import { ActivityService } from './service';

/** Clocks of two machines differ by less. */
const SKEW_SECONDS = 60;

/** Takes the word of people and services that an environment is used; decides whether they may give it. */
export class ActivityReports {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      environments: Pick<EnvironmentChanges, 'get'>;
      activity: ActivityService;
      clock: Clock;
    },
  ) {}

  /**
   * May be repeated.
   *
   * @throws InputProblemError for a moment that is to come
   */
  async report(
    id: string,
    { source, at, note }: ReportActivityRequest,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const { knex, access, environments, activity, clock } = this.options;
    const environment = await environments.get(knex, id);
    if (environment.trial) throw new EnvironmentNotFoundError(id);
    // It keeps the environment, as an extension does.
    await access.require(environmentUpdatePermission, credentials, environment);
    const { actor } = await access.caller(credentials);
    const now = clock.now();
    const seenAt = at === undefined ? now : momentOf(at);
    if (seenAt > addSeconds(now, SKEW_SECONDS)) {
      throw new InputProblemError({
        code: 'activity.at',
        field: '/at',
        message: `${seenAt.toISOString()} is to come; here it is ${now.toISOString()}.`,
        remedy: 'Say when it was used, or leave "at" out if it is now.',
      });
    }
    await activity.note(knex, id, {
      signal: source,
      at: seenAt > now ? now : seenAt,
      evidence: { by: actor, ...(note && { note }) },
    });
  }
}
