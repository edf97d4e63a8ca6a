import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { IdMaker } from '../ids';
import { ClaimStore } from '../operations/store/claims';
import { OperationStore } from '../operations/store/operations';
import { RetentionSettings } from '../retention/settings';
import { Keyring } from '../secrets/keyring';
import { StateExpiry } from './expiry';
import { StateService } from './service';
import { StateStore } from './store';
import { StateVersions } from './versions';
import { StateVersionStore } from './versionStore';

/** The room of Terraform's states, furnished. */
export function createStateRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  claims: ClaimStore;
  operations: OperationStore;
  environments: EnvironmentChanges;
  audit: AuditStore;
  keyring: Keyring;
  /** The largest state that is taken. */
  maxStateMegabytes: number;
  retention: RetentionSettings;
  clock: Clock;
  ids: IdMaker;
  logger: LoggerService;
}) {
  const shared = { ...options, store: new StateStore() };
  const versions = new StateVersionStore();
  return {
    states: new StateService(shared),
    stateVersions: new StateVersions({ ...shared, versions }),
    stateExpiry: new StateExpiry(shared),
  };
}
