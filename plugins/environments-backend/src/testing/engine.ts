import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  ServiceMock,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { createPermissionIntegrationRouter } from '@backstage/plugin-permission-node';
import {
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  Operation,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import {
  blueprintPermissionResourceRef,
  blueprintPermissionRules,
  EnvironmentDriver,
  environmentPermissionResourceRef,
  environmentPermissionRules,
} from '@greenroom/plugin-environments-node';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { readProbeSettings } from '../activity/probes/settings';
import { EnvironmentAccess } from '../environments/access';
import { randomIds } from '../ids';
import { ClaimTiming } from '../operations/worker/claim';
import { DriverRegistry } from '../operations/run/drivers';
import { Worker } from '../operations/worker/worker';
import {
  readRetentionSettings,
  RetentionSettings,
} from '../retention/settings';
import { createRooms, Rooms, RoomsOptions } from '../rooms';
import { ScheduleSettings } from '../schedules/settings';
import { Keyring } from '../secrets/keyring';
import { Notice } from '../teardown/notice';
import {
  ONE_COMPONENT_BLUEPRINT,
  createTestBlueprints,
  TestBlueprints,
  SHOP_BLUEPRINT,
} from './blueprints';
import { TestClock } from './clock';
import { testKeyring } from './keyring';

export const OWNER = 'group:default/checkout';
export const MIRA = mockCredentials.user('user:default/mira');

/** The whole domain on a database, with the fault driver; the test says when a worker answers. */
export interface TestEngine {
  knex: Knex;
  rooms: Rooms;
  workDirectory: string;
  clock: TestClock;
  driver: FaultDriver;
  blueprints: TestBlueprints;
  /** What the policy says, at large and about environments; everything is allowed at first. */
  policy: {
    basic: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
    decision: PolicyDecision;
    /** By the name of a permission, in place of `decision`. */
    byPermission: Record<string, PolicyDecision>;
  };
  /** What operators would read. */
  logger: ServiceMock<LoggerService>;
  /** Operations that were rung for, oldest first. */
  rung: string[];
  /** What was told through the portal's notifications, oldest first. */
  notices: Notice[];
  /** Another worker, as in another process. */
  worker(timing?: ClaimTiming): Worker;
  /** One worker carries all there is to its end. */
  work(): Promise<void>;
  create(
    request?: Partial<CreateEnvironmentRequest>,
  ): Promise<Required<CreateEnvironmentResponse>>;
  /** Asks for a change, as a person does. */
  submit(
    environmentId: string,
    request: SubmitOperationRequest,
  ): Promise<Operation>;
  stop(): Promise<void>;
}

export async function startTestEngine(
  knex: Knex,
  settings: {
    keyring?: Keyring;
    retention?: Partial<RetentionSettings>;
    schedules?: ScheduleSettings;
    /** Who reads for probes; nobody may be read without it. */
    urlReader?: RoomsOptions['urlReader'];
    catalog?: RoomsOptions['catalog'];
    leaseRules?: RoomsOptions['leaseRules'];
    brake?: RoomsOptions['brake'];
    /** Beside the fault driver. */
    drivers?: EnvironmentDriver[];
    /** Refuses to be told by throwing. */
    onNotice?: (notice: Notice) => void;
  } = {},
): Promise<TestEngine> {
  const workDirectory = mkdtempSync(join(tmpdir(), 'greenroom-engine-'));
  const clock = new TestClock();
  const driver = new FaultDriver({
    scripts: {
      database: {
        outputs: {
          url: { value: 'postgres://db', sensitive: false },
          password: { value: 'correct-horse', sensitive: true },
        },
      },
      app: { outputs: { url: { value: 'http://shop', sensitive: false } } },
    },
  });
  const drivers = new DriverRegistry();
  drivers.add(driver);
  settings.drivers?.forEach(other => drivers.add(other));
  const policy: TestEngine['policy'] = {
    basic: AuthorizeResult.ALLOW,
    decision: { result: AuthorizeResult.ALLOW },
    byPermission: {},
  };
  const rules = createPermissionIntegrationRouter();
  rules.addResourceType({
    resourceType: environmentPermissionResourceRef.resourceType,
    rules: Object.values(environmentPermissionRules),
  });
  rules.addResourceType({
    resourceType: blueprintPermissionResourceRef.resourceType,
    rules: Object.values(blueprintPermissionRules),
  });
  const access = new EnvironmentAccess({
    auth: mockServices.auth(),
    userInfo: mockServices.userInfo({
      ownershipEntityRefs: ['user:default/mira', OWNER],
    }),
    permissions: mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => {
          const decision = policy.byPermission[permission.name];
          return decision && decision.result !== AuthorizeResult.CONDITIONAL
            ? decision
            : { result: policy.basic };
        }),
      authorizeConditional: async requests =>
        requests.map(
          ({ permission }) =>
            policy.byPermission[permission.name] ?? policy.decision,
        ),
    }),
    permissionsRegistry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: resourceRef =>
        rules.getPermissionRuleset(resourceRef),
    }),
  });
  const base = {
    knex,
    access,
    drivers,
    clock,
    ids: randomIds,
    logger: mockServices.logger.mock(),
  };
  const blueprints = createTestBlueprints({ ...base, workDirectory });
  await blueprints.publish(SHOP_BLUEPRINT);
  await blueprints.publish(ONE_COMPONENT_BLUEPRINT);
  const rung: string[] = [];
  const notices: Notice[] = [];
  const workers: Worker[] = [];
  const rooms = createRooms({
    ...base,
    blueprints: blueprints.service,
    keyring: settings.keyring ?? testKeyring,
    random: () => 0.5,
    confirmWithinSeconds: 3600,
    maxStateMegabytes: 1,
    retention: {
      ...readRetentionSettings(mockServices.rootConfig()),
      ...settings.retention,
    },
    schedules: settings.schedules ?? { rules: [], calendars: new Map() },
    idle: readProbeSettings(mockServices.rootConfig()),
    urlReader: settings.urlReader ?? mockServices.urlReader.mock(),
    teardown: { escalateAfter: 3, operators: ['group:default/platform'] },
    leaseRules: settings.leaseRules ?? [],
    brake: settings.brake ?? {
      leapSeconds: 900,
      sharePercent: 20,
      atLeast: 10,
    },
    databaseClock: { now: async () => clock.now() },
    checkBeforeSeconds: 86_400,
    auth: mockServices.auth(),
    catalog: settings.catalog ?? catalogServiceMock(),
    notifications: {
      send: async notice => {
        settings.onNotice?.(notice);
        notices.push(notice);
      },
    },
    events: mockServices.events.mock(),
    signals: { publish: async () => {} },
    ring: async operationId => {
      rung.push(operationId);
    },
  });
  const worker = (timing?: ClaimTiming) => {
    const made = rooms.createWorker({
      workDirectory,
      statesUrl: 'http://localhost/states',
      concurrency: 10,
      limits: { drivers: {} },
      timing,
      passOn: async () => {},
    });
    workers.push(made);
    return made;
  };
  const first = worker();

  return {
    knex,
    rooms,
    workDirectory,
    clock,
    driver,
    blueprints,
    policy,
    logger: base.logger,
    rung,
    notices,
    worker,
    async work() {
      rung.length = 0;
      await workOff(first);
    },
    async create(request) {
      const answer = await rooms.environments.create(
        { ...environmentRequest(), ...request },
        MIRA,
      );
      return answer as Required<CreateEnvironmentResponse>;
    },
    async submit(environmentId, request) {
      return rooms.operationRequests.submit(environmentId, request, MIRA);
    },
    async stop() {
      await Promise.all(workers.map(each => each.stop()));
      await rooms.relay.stop();
      rmSync(workDirectory, { recursive: true, force: true });
    },
  };
}

/** Everything that waits, carried to its end or to where somebody else has it. */
export async function workOff(worker: Worker): Promise<void> {
  await worker.look();
  await worker.idle();
}

export function environmentRequest(): CreateEnvironmentRequest {
  return {
    name: `shop-${randomIds.id().slice(0, 8)}`,
    blueprint: 'shop',
    owner: OWNER,
    inputs: { size: 'small' },
  };
}
