import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Knex } from 'knex';
import {
  AuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  SchedulerService,
  UrlReaderService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuditStore } from '../audit/store';
import { Clock } from '../clock';
import { EnvironmentAccess } from '../environments/access';
import { InputVault } from '../environments/inputVault';
import { EnvironmentUsage } from '../environments/usage';
import { IdMaker } from '../ids';
import { Loop, startLoop } from '../loop';
import { DriverRegistry } from '../operations/run/drivers';
import { Keyring } from '../secrets/keyring';
import { CatalogDoor } from './catalogDoor';
import { BlueprintPublisher } from './publish';
import { BlueprintService } from './service';
import { createSourcePackages } from './sources/create';
import { BlueprintStore } from './store/blueprints';
import { SnapshotStore } from './store/snapshots';
import { SourceStore } from './store/sources';
import { VersionStore } from './store/versions';
import { BlueprintValidator } from './validate';

/** Finds versions that another process took in, or left unchecked when it died. */
const CHECK_EVERY_MS = 5000;
const CATALOG_EVERY_SECONDS = 30;
/** At a first start the catalog is empty for some seconds; nobody should wait a whole turn more. */
const EAGER_TURNS = 12;
const EAGER_EVERY_MS = 2000;

export interface BlueprintsRoomOptions {
  knex: Knex;
  drivers: DriverRegistry;
  workDirectory: string;
  catalog: CatalogService;
  auth: AuthService;
  userInfo: UserInfoService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  urlReader: UrlReaderService;
  scheduler: SchedulerService;
  config: RootConfigService;
  keyring: Keyring;
  clock: Clock;
  ids: IdMaker;
  logger: LoggerService;
}

export interface BlueprintsRoom {
  service: BlueprintService;
  /** Starts to check versions; call it once all drivers are registered. */
  startChecking(): void;
  /** Starts to follow the catalog, one replica at a time. */
  followCatalog(): Promise<void>;
  /** Resolves once a check under way has ended; it is taken up again by the next start. */
  stop(): Promise<void>;
}

export function createBlueprintsRoom(
  options: BlueprintsRoomOptions,
): BlueprintsRoom {
  const { config, logger, scheduler } = options;
  const stores = {
    blueprints: new BlueprintStore(),
    versions: new VersionStore(),
    snapshots: new SnapshotStore(),
    sources: new SourceStore(),
    usage: new EnvironmentUsage(new InputVault(options.keyring)),
    audit: new AuditStore(),
  };
  const packages = createSourcePackages({ ...options, ...stores });
  const stopping = new AbortController();
  let checking: Loop | undefined;

  const publisher = new BlueprintPublisher({
    ...options,
    ...stores,
    packages,
    ring: () => checking?.hurry(),
  });
  const service = new BlueprintService({
    ...options,
    ...stores,
    publisher,
    access: new EnvironmentAccess(options),
  });
  const validator = new BlueprintValidator({
    ...options,
    ...stores,
    packages,
  });
  const door = new CatalogDoor({
    ...options,
    ...stores,
    publisher,
    location: {
      fileRoots: (
        config.getOptionalStringArray('environments.blueprints.fileRoots') ?? []
      ).map(root => resolve(root)),
      urlReader: options.urlReader,
      integrations: ScmIntegrations.fromConfig(config),
    },
  });

  return {
    service,
    startChecking() {
      checking = startLoop({
        name: 'Checking the sources of blueprints',
        intervalMs: CHECK_EVERY_MS,
        run: () => validator.validateAll(stopping.signal),
        logger,
      });
    },
    async followCatalog() {
      let eagerTurns = EAGER_TURNS;
      await scheduler.scheduleTask({
        id: 'blueprints-from-catalog',
        scope: 'global',
        initialDelay: { seconds: 2 },
        frequency: { seconds: CATALOG_EVERY_SECONDS },
        timeout: { minutes: 10 },
        signal: stopping.signal,
        fn: async signal => {
          while ((await door.sync(signal)) === 0 && eagerTurns > 0) {
            eagerTurns--;
            await wait(EAGER_EVERY_MS, undefined, { signal });
          }
          eagerTurns = 0;
        },
      });
    },
    async stop() {
      stopping.abort();
      await checking?.stop();
    },
  };
}
