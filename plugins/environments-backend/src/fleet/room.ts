import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { AuditStore } from '../audit/store';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { UpgradeCandidates } from '../environments/candidates';
import { InputVault } from '../environments/inputVault';
import { ReadingMandates } from '../environments/readingMandate';
import { IdMaker } from '../ids';
import { OperationOutcomes } from '../operations/api/outcomes';
import { OperationRequests } from '../operations/api/requests';
import { OperationStore } from '../operations/store/operations';
import { StepStore } from '../operations/store/steps';
import { FleetList } from './list';
import { Mandates } from './mandate';
import { FleetReader } from './reader';
import { FleetSelector } from './selection';
import { FleetService } from './service';
import { FleetStore } from './store';
import { FleetSubmission } from './submission';
import { FleetSweep } from './sweep';

/** The room of fleet upgrades, furnished; nothing in it runs yet. */
export function createFleetRoom(options: {
  knex: Knex;
  blueprints: BlueprintService;
  access: EnvironmentAccess;
  readingMandates: ReadingMandates;
  inputVault: InputVault;
  operations: OperationStore;
  steps: StepStore;
  requests: OperationRequests;
  audit: AuditStore;
  clock: Clock;
  ids: IdMaker;
  logger: LoggerService;
}) {
  const shared = {
    ...options,
    store: new FleetStore(),
    candidates: new UpgradeCandidates(),
    mandates: new Mandates(options),
  };
  const list = new FleetList(options.knex);
  return {
    fleet: new FleetService({
      ...shared,
      selector: new FleetSelector(shared),
      reader: new FleetReader({ ...shared, list }),
    }),
    fleetSweep: new FleetSweep({
      ...shared,
      outcomes: new OperationOutcomes(options),
      submission: new FleetSubmission(shared),
    }),
  };
}
