import { Knex } from 'knex';
import { ActivityService } from '../activity/service';
import { AuditStore } from '../audit/store';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { Outbox } from '../events/outbox';
import { IdMaker } from '../ids';
import { LeaseService } from '../leases/service';
import { OperationReader } from '../operations/api/reader';
import { OperationStore } from '../operations/store/operations';
import { ReadStore } from '../operations/store/reads';
import { OperationSubmitter } from '../operations/submission/submit';
import { ScheduleService } from '../schedules/service';
import { TeardownChecks } from '../teardown/check/service';
import { WatcherStore } from '../watching/store';
import { EnvironmentAccess } from './access';
import { EnvironmentChanges } from './changes';
import { EnvironmentCreator } from './create';
import { InputVault } from './inputVault';
import { EnvironmentLabels } from './labels';
import { EnvironmentList } from './list';
import { EnvironmentReads } from './reads';
import { EnvironmentService } from './service';
import { EnvironmentStore } from './store';
import { EnvironmentUpgrades } from './upgrade';

/** What people ask of environments, furnished. */
export function createEnvironmentsRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  blueprints: BlueprintService;
  store: EnvironmentStore;
  environments: EnvironmentChanges;
  leases: LeaseService;
  schedules: ScheduleService;
  activity: ActivityService;
  checks: TeardownChecks;
  watchers: WatcherStore;
  operations: OperationStore;
  readStore: ReadStore;
  reads: EnvironmentReads;
  reader: OperationReader;
  inputVault: InputVault;
  submitter: OperationSubmitter;
  outbox: Outbox;
  audit: AuditStore;
  clock: Clock;
  ids: IdMaker;
  /** After a commit that left work to do. */
  onSubmitted: (operationIds: string[]) => Promise<void>;
  /** After a commit that left something to tell. */
  onTold: () => void;
}) {
  const environmentService = new EnvironmentService({
    ...options,
    list: new EnvironmentList(options.knex),
    creator: new EnvironmentCreator(options),
  });
  return {
    environments: environmentService,
    labels: new EnvironmentLabels({ ...options, environmentService }),
    upgrades: new EnvironmentUpgrades(options),
  };
}
