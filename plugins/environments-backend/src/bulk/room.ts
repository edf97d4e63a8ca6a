import { Knex } from 'knex';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentList } from '../environments/list';
import { EnvironmentStore } from '../environments/store';
import { LeaseCommands } from '../leases/commands';
import { LeaseSafeguards } from '../leases/safeguards';
import { LeaseService } from '../leases/service';
import { LeaseStore } from '../leases/store';
import { OperationRequests } from '../operations/api/requests';
import { BulkPreview } from './preview';
import { BulkSelector } from './selection';
import { BulkService } from './service';

/** Changes of many environments at once, furnished. */
export function createBulkRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  blueprints: Pick<BlueprintService, 'getById'>;
  environmentStore: EnvironmentStore;
  leases: LeaseService;
  leaseStore: LeaseStore;
  leaseCommands: LeaseCommands;
  leaseSafeguards: LeaseSafeguards;
  operationRequests: OperationRequests;
  clock: Clock;
}): { bulk: BulkService } {
  const list = new EnvironmentList(options.knex);
  const selector = new BulkSelector({ ...options, list });
  const preview = new BulkPreview(options);
  return { bulk: new BulkService({ ...options, selector, preview }) };
}
