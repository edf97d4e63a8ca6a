import { Knex } from 'knex';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentService } from '../environments/service';
import { LeaseService } from '../leases/service';
import { OperationStore } from '../operations/store/operations';
import { CatalogProofs } from './catalogProof';
import { Recipients } from '../watching/recipients';
import { FailingCheckList } from './check/list';
import { TeardownEscalation } from './escalation';
import { ForgetService } from './forget';
import { OrphanList } from './list';
import { OrphanService } from './orphans';
import { TeardownService } from './service';
import { TeardownSettings } from './settings';
import { OrphanStore } from './store/orphans';
import { CatalogProofStore } from './store/proofs';
import { TeardownStore } from './store/teardowns';
import { DestroySubmission } from './submission';
import { TeardownSweep } from './sweep';

export function teardownStores() {
  return {
    store: new TeardownStore(),
    orphans: new OrphanStore(),
    proofs: new CatalogProofStore(),
  };
}

/** The room of teardowns, furnished; nothing in it runs yet. */
export function createTeardownRoom(
  options: TeardownSettings &
    ReturnType<typeof teardownStores> & {
      knex: Knex;
      catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
      auth: Pick<AuthService, 'getOwnServiceCredentials'>;
      notifications: NotificationService;
      recipients: Recipients;
      access: EnvironmentAccess;
      environments: EnvironmentChanges;
      environmentService: EnvironmentService;
      operations: OperationStore;
      leases: LeaseService;
      teardowns: TeardownService;
      submission: DestroySubmission;
      audit: AuditStore;
      onSubmitted: (operationIds: string[]) => Promise<void>;
      onTold: () => void;
      clock: Clock;
      random: () => number;
      logger: LoggerService;
    },
) {
  return {
    orphans: new OrphanService({
      ...options,
      list: new OrphanList(options.knex),
      checks: new FailingCheckList(options.knex),
    }),
    forget: new ForgetService(options),
    teardownSweep: new TeardownSweep(options),
    escalation: new TeardownEscalation(options),
    catalogProofs: new CatalogProofs({ ...options, store: options.proofs }),
  };
}
