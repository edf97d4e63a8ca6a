import { Knex } from 'knex';
import { z } from 'zod';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EnvironmentLease,
  environmentProtectPermission,
  environmentUpdatePermission,
  leaseHoldPermission,
  LeaseLedgerEntry,
  leaseOverridePermission,
  LeaseRules,
  Page,
} from '@greenroom/plugin-environments-common';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { readCursor } from '../cursor';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentNotFoundError } from '../environments/errors';
import { EnvironmentRecord } from '../environments/types';
import { readPage } from '../page';
import { isWithin } from './brake/leap';
import { BrakeStore } from './brake/store';
import { LeaseProjection } from './ledger';
import { LedgerStore } from './ledgerStore';
import { TimeRequestStore } from './moreTime/store';
import { toMoreTime } from './moreTime/view';
import { LeaseService } from './service';
import { toEnvironmentLease, toLedgerEntry } from './view';

const PLACE = z.object({ id: z.string().regex(/^\d{1,18}$/) });

/** What people see of leases; decides whether they may. */
export class LeaseReader {
  constructor(
    private readonly options: {
      knex: Knex;
      access: EnvironmentAccess;
      blueprints: Pick<BlueprintService, 'getById'>;
      environments: Pick<EnvironmentChanges, 'get'>;
      leases: LeaseService;
      ledger: LedgerStore;
      brakes: Pick<BrakeStore, 'holding'>;
      timeRequests: Pick<TimeRequestStore, 'last'>;
      clock: Clock;
    },
  ) {}

  async get(
    environmentId: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentLease> {
    const { knex, leases } = this.options;
    const environment = await this.readable(environmentId, credentials);
    const lease = await leases.get(knex, environmentId);
    return this.describe(environment, lease, credentials);
  }

  /** Newest first. */
  async entries(
    environmentId: string,
    query: { cursor?: string; limit?: number },
    credentials: BackstageCredentials,
  ): Promise<Page<LeaseLedgerEntry>> {
    const { knex, leases, ledger } = this.options;
    await this.readable(environmentId, credentials);
    const below = query.cursor ? readCursor(query.cursor, PLACE).id : undefined;
    return readPage({
      limit: query.limit,
      rows: limit => ledger.page(knex, environmentId, { below, limit }),
      total: async () => (await leases.get(knex, environmentId)).revision,
      item: toLedgerEntry,
      place: ({ id }) => ({ id }),
    });
  }

  /** @throws EnvironmentNotFoundError also when the caller may not know of it */
  async readable(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentRecord> {
    const { knex, access, environments } = this.options;
    const environment = await environments.get(knex, id);
    if (environment.trial) throw new EnvironmentNotFoundError(id);
    await access.requireRead(credentials, environment);
    return environment;
  }

  async rules(environment: EnvironmentRecord): Promise<LeaseRules> {
    const { blueprints, leases } = this.options;
    const { blueprintVersionId, type, owner } = environment;
    const { name, document } = await blueprints.getById(blueprintVersionId);
    return leases.terms(document, { type, owner, blueprint: name }).rules;
  }

  async describe(
    environment: EnvironmentRecord,
    lease: LeaseProjection,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentLease> {
    const { knex, access, brakes, timeRequests, clock } = this.options;
    const [rules, holding, asked, { actor }, may] = await Promise.all([
      this.rules(environment),
      lease.dueAt ? brakes.holding(knex) : [],
      timeRequests.last(knex, environment.id),
      access.caller(credentials),
      access.mayEach(
        [
          environmentUpdatePermission,
          leaseOverridePermission,
          leaseHoldPermission,
          environmentProtectPermission,
        ],
        credentials,
        environment,
      ),
    ]);
    const [extend, override, hold, protect] = may;
    const rights = { extend, override, hold, protect };
    return toEnvironmentLease(environment, lease, {
      brake: holding.find(({ window }) => isWithin(lease.dueAt, window)),
      moreTime:
        asked &&
        toMoreTime(asked, environment, { actor, mayOverride: override }),
      rules,
      rights,
      now: clock.now(),
    });
  }
}
