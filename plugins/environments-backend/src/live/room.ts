import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ActivityService } from '../activity/service';
import { AuditStore } from '../audit/store';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { InputVault } from '../environments/inputVault';
import { OutputVault } from '../environments/outputs';
import { EnvironmentStore } from '../environments/store';
import { IdMaker } from '../ids';
import { DriverRegistry } from '../operations/run/drivers';
import { GivenVault } from '../operations/run/givenVault';
import { OperationStore } from '../operations/store/operations';
import { LiveCommands } from './commands';
import { EnvironmentSecrets } from './secrets';
import { LiveService } from './service';
import { LiveSubjects } from './subjects';
import { SystemCalls } from './systems';

/** Somebody looks at a page meanwhile. */
const ANSWERS_WITHIN_MS = 30_000;

/** The room of what runs, furnished. */
export function createLiveRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  store: EnvironmentStore;
  blueprints: Pick<BlueprintService, 'getById'>;
  drivers: DriverRegistry;
  operations: OperationStore;
  vault: OutputVault;
  inputVault: InputVault;
  givenVault: GivenVault;
  audit: AuditStore;
  activity: Pick<ActivityService, 'note'>;
  clock: Clock;
  ids: IdMaker;
  logger: LoggerService;
}) {
  const parts = {
    ...options,
    subjects: new LiveSubjects(options),
    secrets: new EnvironmentSecrets(options),
    systems: new SystemCalls({ withinMs: ANSWERS_WITHIN_MS }),
  };
  return {
    live: new LiveService(parts),
    liveCommands: new LiveCommands(parts),
  };
}
