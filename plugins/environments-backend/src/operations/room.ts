import { Knex } from 'knex';
import { AuditStore } from '../audit/store';
import { BlueprintService } from '../blueprints/service';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { EnvironmentChanges } from '../environments/changes';
import { InputVault } from '../environments/inputVault';
import { EnvironmentReads } from '../environments/reads';
import { EnvironmentStore } from '../environments/store';
import { OperationFinder } from './api/finder';
import { OperationList } from './api/list';
import { OperationMoves } from './api/moveService';
import { OperationReader } from './api/reader';
import { OperationRequests } from './api/requests';
import { OperationService } from './api/service';
import { LogFeed } from './logs/logFeed';
import { LogService } from './logs/logService';
import { HistoryStore } from './store/history';
import { LogStore } from './store/logs';
import { OperationStore } from './store/operations';
import { ReadStore } from './store/reads';
import { StepStore } from './store/steps';
import { OperationSettler } from './submission/settle';
import { OperationSubmitter } from './submission/submit';

/** What people ask of operations, furnished. */
export function createOperationsRoom(options: {
  knex: Knex;
  access: EnvironmentAccess;
  blueprints: BlueprintService;
  environmentStore: EnvironmentStore;
  environments: Pick<EnvironmentChanges, 'get' | 'components'>;
  operations: OperationStore;
  steps: StepStore;
  logs: LogStore;
  readStore: ReadStore;
  reads: EnvironmentReads;
  inputVault: InputVault;
  submitter: OperationSubmitter;
  settler: OperationSettler;
  audit: AuditStore;
  retention: { logsSeconds: number };
  clock: Clock;
  /** After a commit that left work to do. */
  onSubmitted: (operationIds: string[]) => Promise<void>;
}) {
  const withHistory = { ...options, history: new HistoryStore() };
  const reader = new OperationReader(withHistory);
  const finder = new OperationFinder(options);
  const shared = { ...withHistory, reader, finder };
  const list = new OperationList(options.knex);
  return {
    reader,
    operations: new OperationService({ ...shared, list }),
    operationRequests: new OperationRequests(shared),
    operationMoves: new OperationMoves(shared),
    logs: new LogService({ ...shared, feed: new LogFeed(options) }),
  };
}
