import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { EnvironmentAccess } from '../../environments/access';
import { EnvironmentChanges } from '../../environments/changes';
import { OperationReader } from '../../operations/api/reader';
import { OperationStore } from '../../operations/store/operations';
import { OperationSubmitter } from '../../operations/submission/submit';
import { Recipients } from '../../watching/recipients';
import { TeardownCheckRequests } from './requests';
import { CheckStore } from './store';
import { TeardownCheckSweep } from './sweep';
import { TeardownCheckTelling } from './telling';

/** Checks of teardowns that are to come, furnished; nothing in it runs yet. */
export function createTeardownCheckRoom(options: {
  knex: Knex;
  store: CheckStore;
  access: EnvironmentAccess;
  environments: EnvironmentChanges;
  operations: OperationStore;
  submitter: OperationSubmitter;
  reader: OperationReader;
  notifications: NotificationService;
  recipients: Recipients;
  checkBeforeSeconds: number;
  onSubmitted: (operationIds: string[]) => Promise<void>;
  random: () => number;
  logger: LoggerService;
}) {
  return {
    teardownCheckRequests: new TeardownCheckRequests(options),
    teardownCheckSweep: new TeardownCheckSweep(options),
    teardownCheckTelling: new TeardownCheckTelling(options),
  };
}
