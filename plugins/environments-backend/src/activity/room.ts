import { Knex } from 'knex';
import { LoggerService, UrlReaderService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ActivitySource } from '@greenroom/plugin-environments-node';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { LedgerStore } from '../leases/ledgerStore';
import { LeaseService } from '../leases/service';
import { OperationSubmitter } from '../operations/submission/submit';
import { Recipients } from '../watching/recipients';
import { ActivityFacts } from './facts';
import { ProbeAsker } from './probes/ask';
import { ProbeSettings } from './probes/settings';
import { ProbeStore } from './probes/store';
import { ProbeSweep } from './probes/sweep';
import { ActivityReports } from './reports';
import { ActivityService } from './service';
import { SourceWatch } from './sourceWatch';
import { ActivityStore } from './store';
import { ActivitySweep } from './sweep';

/** What is known of use, for the rooms that environments are made and changed in. */
export function createActivity(options: {
  environments: EnvironmentChanges;
  leases: LeaseService;
  clock: Clock;
}) {
  const store = new ActivityStore();
  const probes = new ProbeStore();
  const facts = new ActivityFacts({
    ...options,
    store,
    probes,
    ledger: new LedgerStore(),
  });
  const activity = new ActivityService({ ...options, store, facts });
  return { store, probes, facts, activity };
}

/** Reports of use, and what follows from them and from their absence; nothing in it runs yet. */
export function createActivityRoom(
  options: ReturnType<typeof createActivity> & {
    knex: Knex;
    access: EnvironmentAccess;
    blueprints: Pick<BlueprintService, 'getById'>;
    environments: EnvironmentChanges;
    leases: LeaseService;
    submitter: OperationSubmitter;
    recipients: Recipients;
    notifications: NotificationService;
    urlReader: UrlReaderService;
    idle: ProbeSettings;
    clock: Clock;
    logger: LoggerService;
    onSubmitted: (operationIds: string[]) => Promise<void>;
  },
) {
  return {
    activityReports: new ActivityReports(options),
    activitySweep: new ActivitySweep(options),
    watchActivity: (source: ActivitySource) => new SourceWatch(source, options),
    probeSweep: new ProbeSweep({
      ...options,
      asker: new ProbeAsker({ ...options.idle, urlReader: options.urlReader }),
    }),
  };
}
