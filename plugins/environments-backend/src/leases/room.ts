import { Knex } from 'knex';
import { AuditStore } from '../audit/store';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { IdMaker } from '../ids';
import { ScheduleService } from '../schedules/service';
import { ScheduleSettings } from '../schedules/settings';
import { TeardownChecks } from '../teardown/check/service';
import { TeardownService } from '../teardown/service';
import { BrakeStore } from './brake/store';
import { LeaseChanges } from './changes';
import { LeaseCommands } from './commands';
import { LeaseFleet } from './fleet/service';
import { LedgerStore } from './ledgerStore';
import { MoreTimeList } from './moreTime/list';
import { MoreTimeService } from './moreTime/service';
import { TimeRequestStore } from './moreTime/store';
import { LeaseReader } from './reader';
import { LeaseSafeguards } from './safeguards';
import { LeaseService } from './service';
import { LeaseSleeps } from './sleeps/service';
import { LeaseStore } from './store';
import { LeaseVerifier } from './verify';
import { LeaseRuleSetting } from './rules';
import { LeaseWhatIf } from './whatIf/service';

/** What people may ask of leases, furnished. */
export function createLeaseRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  blueprints: Pick<BlueprintService, 'getById'>;
  environments: EnvironmentChanges;
  store: LeaseStore;
  brakes: BrakeStore;
  timeRequests: TimeRequestStore;
  leases: LeaseService;
  leaseRules: LeaseRuleSetting[];
  schedules: ScheduleSettings;
  scheduleService: Pick<ScheduleService, 'changed'>;
  teardowns: Pick<TeardownService, 'unblock'>;
  checks: Pick<TeardownChecks, 'lookAgain'>;
  audit: AuditStore;
  onTold: () => void;
  clock: Clock;
  ids: IdMaker;
}) {
  const ledger = new LedgerStore();
  const reader = new LeaseReader({ ...options, ledger });
  const changes = new LeaseChanges({ ...options, ledger, reader });
  const shared = { ...options, reader, changes };
  return {
    leaseReader: reader,
    leaseFleet: new LeaseFleet(options),
    leaseSleeps: new LeaseSleeps(options),
    leaseCommands: new LeaseCommands(shared),
    leaseSafeguards: new LeaseSafeguards(shared),
    moreTime: new MoreTimeService({
      ...shared,
      list: new MoreTimeList(options.knex),
    }),
    leaseVerifier: new LeaseVerifier({ ...options, ledger }),
    leaseWhatIf: new LeaseWhatIf({ ...options, ledger }),
  };
}
