import { hostname } from 'node:os';
import { Knex } from 'knex';
import {
  AuthService,
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { ProbeSettings } from './activity/probes/settings';
import { createActivity, createActivityRoom } from './activity/room';
import { AuditStore } from './audit/store';
import { BlueprintService } from './blueprints/service';
import { createBulkRoom } from './bulk/room';
import { Clock } from './clock';
import { DatabaseClock } from './database';
import { EnvironmentAccess } from './environments/access';
import { EnvironmentChanges } from './environments/changes';
import { InputVault } from './environments/inputVault';
import { OutputVault } from './environments/outputs';
import { ReadingMandates } from './environments/readingMandate';
import { EnvironmentReads } from './environments/reads';
import { createEnvironmentsRoom } from './environments/room';
import { SealedComponents } from './environments/sealedComponents';
import { SealedInputs } from './environments/sealedInputs';
import { EnvironmentStore } from './environments/store';
import { Trials } from './environments/trials';
import { EjectService } from './eject/service';
import { Outbox } from './events/outbox';
import { OutboxRelay } from './events/relay';
import { createFleetRoom } from './fleet/room';
import { IdMaker } from './ids';
import { BrakeSettings } from './leases/brake/leap';
import { createBrakeRoom } from './leases/brake/room';
import { BrakeStore } from './leases/brake/store';
import { createMoreTimeRoom } from './leases/moreTime/room';
import { TimeRequestStore } from './leases/moreTime/store';
import { createLeaseRoom } from './leases/room';
import { LeaseRuleSetting } from './leases/rules';
import { LeaseService } from './leases/service';
import { LeaseStore } from './leases/store';
import { LeaseSweep } from './leases/sweep';
import { createWarningRoom } from './leases/warnings/room';
import { createLiveRoom } from './live/room';
import { CLAIM_TIMING, ClaimTiming } from './operations/worker/claim';
import { ConfirmationWatch } from './operations/submission/confirmations';
import { DriverRegistry } from './operations/run/drivers';
import { GivenVault } from './operations/run/givenVault';
import { OperationPromoter } from './operations/submission/promote';
import { OperationSettler } from './operations/submission/settle';
import { ClaimStore } from './operations/store/claims';
import { ClaimLimits } from './operations/store/nextClaim';
import { LogStore } from './operations/store/logs';
import { OperationStore } from './operations/store/operations';
import { ReadStore } from './operations/store/reads';
import { StepStore } from './operations/store/steps';
import { createOperationsRoom } from './operations/room';
import { OperationSubmitter } from './operations/submission/submit';
import { Worker } from './operations/worker/worker';
import { RetentionSettings } from './retention/settings';
import { RetentionSweep } from './retention/sweep';
import { Keyring } from './secrets/keyring';
import { Rekey } from './secrets/rekey';
import { createStateRoom } from './states/room';
import { SealedStates } from './states/sealedStates';
import { ScheduleService } from './schedules/service';
import { ScheduleSettings } from './schedules/settings';
import { ScheduleStore } from './schedules/store';
import { ScheduleSweep } from './schedules/sweep';
import { createWatchRoom } from './watching/room';
import { createTeardownCheckRoom } from './teardown/check/room';
import { TeardownChecks } from './teardown/check/service';
import { CheckStore } from './teardown/check/store';
import { createTeardownRoom, teardownStores } from './teardown/room';
import { TeardownService } from './teardown/service';
import { TeardownSettings } from './teardown/settings';
import { DestroySubmission } from './teardown/submission';

export interface RoomsOptions {
  knex: Knex;
  blueprints: BlueprintService;
  drivers: DriverRegistry;
  keyring: Keyring;
  clock: Clock;
  databaseClock: DatabaseClock;
  ids: IdMaker;
  /** From 0 to 1; spreads retries. */
  random: () => number;
  access: EnvironmentAccess;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  notifications: NotificationService;
  events: EventsService;
  signals: SignalsService;
  logger: LoggerService;
  /** The largest state that is taken. */
  maxStateMegabytes: number;
  retention: RetentionSettings;
  teardown: TeardownSettings;
  schedules: ScheduleSettings;
  idle: ProbeSettings;
  urlReader: UrlReaderService;
  leaseRules: LeaseRuleSetting[];
  brake: BrakeSettings;
  /** How long before its end the teardown of an environment is checked, at most. */
  checkBeforeSeconds: number;
  /** How long a plan waits for somebody to confirm it. */
  confirmWithinSeconds: number;
  /** Tells some worker, somewhere, that there is something to do. */
  ring: (operationId: string) => Promise<void>;
}

export interface WorkerOptions {
  workDirectory: string;
  statesUrl: string;
  /** Operations at once in this process. */
  concurrency: number;
  limits: ClaimLimits;
  timing?: ClaimTiming;
  /** Tells other workers that there may be more than this one has room for. */
  passOn: () => Promise<void>;
}

/** The rooms of the domain, furnished and joined; nothing in them runs yet. */
export function createRooms(options: RoomsOptions) {
  const operations = new OperationStore();
  const steps = new StepStore();
  const logs = new LogStore();
  const claims = new ClaimStore(options.knex);
  const environmentStore = new EnvironmentStore();
  const leaseStore = new LeaseStore();
  const brakes = new BrakeStore();
  const timeRequests = new TimeRequestStore();
  const audit = new AuditStore();
  const outbox = new Outbox(options);
  const vault = new OutputVault(options.keyring);
  const inputVault = new InputVault(options.keyring);
  const relay = new OutboxRelay({ ...options, outbox });
  const readingMandates = new ReadingMandates(options);
  const reads = new EnvironmentReads(readingMandates);
  const readStore = new ReadStore();

  const environments = new EnvironmentChanges({
    ...options,
    store: environmentStore,
    outbox,
  });
  const leases = new LeaseService({ ...options, store: leaseStore });
  const scheduleStore = new ScheduleStore();
  const schedules = new ScheduleService({ ...options, store: scheduleStore });
  const use = createActivity({ ...options, environments, leases });
  const { activity } = use;
  const watchRoom = createWatchRoom({
    ...options,
    readingMandates,
    environments,
    audit,
    onTold: () => relay.hurry(),
  });
  const { watchers, recipients } = watchRoom;
  const stateRoom = createStateRoom({
    ...options,
    claims,
    operations,
    environments,
    audit,
  });
  const { states, stateVersions } = stateRoom;
  const rekey = new Rekey({
    ...options,
    sources: [new SealedStates(), new SealedComponents(), new SealedInputs()],
    audit,
  });
  const promoter = new OperationPromoter({
    ...options,
    environments,
    operations,
    steps,
    reads,
    readStore,
    states,
    leases,
  });
  const teardownRecords = teardownStores();
  const teardowns = new TeardownService({
    ...options,
    ...options.teardown,
    ...teardownRecords,
    environments,
    leases,
    audit,
  });
  const checkStore = new CheckStore();
  const checks = new TeardownChecks({
    ...options,
    store: checkStore,
    steps,
    readStore,
    leases,
    environments,
  });
  const settler = new OperationSettler({
    ...options,
    environments,
    operations,
    steps,
    promoter,
    states,
    teardowns,
    checks,
    schedules,
    activity,
    audit,
  });
  const submitter = new OperationSubmitter({
    ...options,
    environments,
    operations,
    promoter,
    settler,
    audit,
  });
  const onSubmitted = async (operationIds: string[]) => {
    relay.hurry();
    for (const id of operationIds) await options.ring(id);
  };
  const operationsRoom = createOperationsRoom({
    ...options,
    environmentStore,
    environments,
    operations,
    steps,
    logs,
    readStore,
    reads,
    inputVault,
    submitter,
    settler,
    audit,
    onSubmitted,
  });
  const { reader, operationRequests } = operationsRoom;
  const onTold = () => relay.hurry();
  const environmentsRoom = createEnvironmentsRoom({
    ...options,
    store: environmentStore,
    environments,
    leases,
    schedules,
    activity,
    checks,
    watchers,
    operations,
    readStore,
    reads,
    reader,
    inputVault,
    submitter,
    outbox,
    audit,
    onSubmitted,
    onTold,
  });
  const leaseRoom = createLeaseRoom({
    ...options,
    store: leaseStore,
    brakes,
    timeRequests,
    leases,
    scheduleService: schedules,
    teardowns,
    checks,
    environments,
    audit,
    onTold,
  });
  const brakeRoom = createBrakeRoom({
    ...options,
    ...options.teardown,
    brakes,
    leases,
    environments,
    audit,
    onTold,
  });
  const moreTimeRoom = createMoreTimeRoom({
    ...options,
    ...options.teardown,
    timeRequests,
    leases,
    environments,
    onTold,
  });
  const bulkRoom = createBulkRoom({
    ...options,
    ...leaseRoom,
    environmentStore,
    leases,
    leaseStore,
    operationRequests,
  });
  const fleetRoom = createFleetRoom({
    ...options,
    operations,
    steps,
    requests: operationRequests,
    readingMandates,
    inputVault,
    audit,
  });
  const eject = new EjectService({
    ...options,
    store: environmentStore,
    givenVault: new GivenVault(options.keyring),
    audit,
  });
  const liveRoom = createLiveRoom({
    ...options,
    activity,
    store: environmentStore,
    operations,
    vault,
    inputVault,
    givenVault: new GivenVault(options.keyring),
    audit,
  });
  const trials = new Trials(options);
  const retention = new RetentionSweep({
    retained: [
      {
        name: 'logs',
        removeExpired: now => operationsRoom.logs.removeExpired(now),
      },
      { name: 'trials', removeExpired: now => trials.removeExpired(now) },
      {
        name: 'states',
        removeExpired: now => stateRoom.stateExpiry.removeExpired(now),
      },
    ],
  });
  const submission = new DestroySubmission({
    ...options,
    submitter,
    teardowns,
  });
  const sweep = new LeaseSweep({
    ...options,
    ...brakeRoom,
    store: leaseStore,
    leases,
    environments,
    submission,
    submitter,
    schedules,
    teardowns,
    onSubmitted,
  });
  const scheduleSweep = new ScheduleSweep({
    ...options,
    store: scheduleStore,
    settings: options.schedules,
    environments,
    operations,
    submitter,
    leases,
    onSubmitted,
  });
  const activityRoom = createActivityRoom({
    ...options,
    ...use,
    recipients,
    environments,
    leases,
    submitter,
    onSubmitted,
  });
  const warningRoom = createWarningRoom({
    ...options,
    recipients,
    ...leaseRoom,
    leases,
    environments,
  });
  const teardownRoom = createTeardownRoom({
    ...options,
    recipients,
    ...options.teardown,
    ...teardownRecords,
    environments,
    environmentService: environmentsRoom.environments,
    operations,
    leases,
    teardowns,
    submission,
    audit,
    onSubmitted,
    onTold,
  });

  const teardownCheckRoom = createTeardownCheckRoom({
    ...options,
    recipients,
    store: checkStore,
    environments,
    operations,
    submitter,
    reader,
    onSubmitted,
  });

  const confirmations = new ConfirmationWatch({
    ...options,
    environments,
    operations,
    settler,
    onSubmitted,
  });

  const createWorker = (worker: WorkerOptions) =>
    new Worker({
      ...options,
      ...worker,
      name: `${hostname()}:${process.pid}`,
      claims,
      timing: worker.timing ?? CLAIM_TIMING,
      run: {
        ...options,
        ...worker,
        operations,
        steps,
        logs,
        environments,
        states,
        reads,
        readStore,
        vault,
        inputVault,
        givenVault: new GivenVault(options.keyring),
        settler,
        onSettled: onSubmitted,
      },
    });

  return {
    ...environmentsRoom,
    environmentStore,
    eject,
    ...operationsRoom,
    operationStore: operations,
    reads,
    states,
    stateVersions,
    rekey,
    retention,
    sweep,
    scheduleSweep,
    activity,
    ...activityRoom,
    ...leaseRoom,
    ...brakeRoom,
    ...moreTimeRoom,
    ...warningRoom,
    ...teardownRoom,
    ...teardownCheckRoom,
    ...watchRoom,
    ...liveRoom,
    ...fleetRoom,
    ...bulkRoom,
    confirmations,
    relay,
    createWorker,
  };
}

export type Rooms = ReturnType<typeof createRooms>;
