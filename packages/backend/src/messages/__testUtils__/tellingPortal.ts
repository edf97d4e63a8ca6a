import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import {
  BackendFeature,
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { Notification } from '@backstage/plugin-notifications-common';
import environmentsPlugin from '@greenroom/plugin-environments-backend';
import {
  EnvironmentLease,
  EnvironmentsClient,
} from '@greenroom/plugin-environments-common';
import { environmentDriversExtensionPoint } from '@greenroom/plugin-environments-node';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';

export const PORTAL = 'https://portal.example';
export const CHANNEL = 'C0CHECKOUT';
const OWNER = 'group:default/checkout';

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: single, title: Single}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  components:
    site: {driver: fault, source: ./site, with: {count: 1}}
  ttl: {default: 8h, max: 3d, warnBefore: [1h], extensions: {max: 3, by: 1d}}
`;

export const MIRA = 'user:default/mira';
export const JON = 'user:default/jon';
export const ADA = 'user:default/ada';

/**
 * Mira owns by her group, which has a channel, and asks for environments; Ada answers who asks for
 * more time; Jon has nothing to do with them.
 */
const PEOPLE: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: 'checkout',
      namespace: 'default',
      annotations: { 'slack.com/bot-notify': CHANNEL },
    },
    relations: [{ type: 'hasMember', targetRef: MIRA }],
  },
  ...['mira', 'jon', 'ada'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { email: `${name}@example.com` } },
    relations: [],
  })),
];

const pause = () => new Promise(resolve => setTimeout(resolve, 20));

export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look().catch(() => undefined);
    if (seen !== undefined) return seen;
    await pause();
  }
}

const faultDriver = createBackendModule({
  pluginId: 'environments',
  moduleId: 'fault',
  register(env) {
    env.registerInit({
      deps: { drivers: environmentDriversExtensionPoint },
      async init({ drivers }) {
        drivers.addDriver(new FaultDriver());
      },
    });
  },
});

/**
 * One portal for all tests of a file, whose notifications go further ways.
 *
 * @param options - `processors` is its configuration of these ways, asked for once the hooks that
 *   come before are through
 */
export function useTellingPortal(options: {
  features: BackendFeature[];
  processors: () => object;
}) {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-messages-'));
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    const knexes = new Map([
      ['environments', await databases.init('POSTGRES_18')],
      ['notifications', await databases.init('POSTGRES_18')],
    ]);
    backend = await startTestBackend({
      features: [
        environmentsPlugin,
        notificationsPlugin,
        ...options.features,
        faultDriver,
        catalogServiceMock.factory({ entities: PEOPLE }),
        createServiceFactory({
          service: coreServices.database,
          deps: { plugin: coreServices.pluginMetadata },
          factory: ({ plugin }) => ({
            getClient: async () => knexes.get(plugin.getId())!,
          }),
        }),
        createServiceFactory({
          service: coreServices.userInfo,
          deps: {},
          factory: () =>
            mockServices.userInfo({ ownershipEntityRefs: [MIRA, OWNER] }),
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: PORTAL },
            environments: {
              worker: { workDirectory: folder },
              teardown: { operators: [ADA] },
              secrets: {
                keys: [
                  {
                    id: '2026',
                    secret: 'one secret that is long enough for this',
                  },
                ],
              },
            },
            notifications: { processors: options.processors() },
          },
        }),
      ],
    });
    await as(MIRA).publishBlueprint({
      document: BLUEPRINT,
      files: { 'site/main.tf': '' },
    });
    await until(
      async () => (await as(MIRA).getBlueprint('single')).recommendedVersion,
    );
  });

  const url = () => `http://localhost:${backend.server.port()}/api`;

  /** The API as one person sees it. */
  function as(person: string): EnvironmentsClient {
    return new EnvironmentsClient({
      discoveryApi: { getBaseUrl: async id => `${url()}/${id}` },
      fetchApi: { fetch: (input, init) => fetch(input, signed(person, init)) },
    });
  }

  function signed(person: string, init: RequestInit = {}): RequestInit {
    const headers = new Headers(init.headers);
    headers.set(
      'authorization',
      `Bearer ${mockCredentials.user.token(person)}`,
    );
    return { ...init, headers };
  }

  /** What stands in the portal for a person. */
  async function inPortal(person: string): Promise<Notification[]> {
    const answer = await fetch(`${url()}/notifications`, signed(person));
    return (await answer.json()).notifications;
  }

  async function create(name: string) {
    const { environment, operation } = await as(MIRA).createEnvironment(
      { name, blueprint: 'single', owner: OWNER, inputs: {} },
      { idempotencyKey: name },
    );
    await as(MIRA).streamLogs(operation!.id, { onLine: () => {} });
    return environment!;
  }

  /** One that Jon watches, of whose end is warned a second after it was granted, once that is done. */
  async function warned(
    name: string,
    reason: string,
  ): Promise<EnvironmentLease> {
    const { id, lease } = await create(name);
    await as(JON).watchEnvironment(id);
    const soon = DateTime.fromISO(lease.grantedAt).plus({
      hours: 1,
      seconds: 1,
    });
    await as(MIRA).shortenLease(id, {
      until: soon.toUTC().toISO()!,
      reason,
    });
    await until(async () => {
      const { items } = await as(MIRA).listLeaseEntries(id, {});
      return items.find(entry => entry.reason.startsWith('Sent to'));
    });
    return as(MIRA).getLease(id);
  }

  /** One for which Mira asks for more time than its limits allow. */
  async function wanted(
    name: string,
    reason: string,
  ): Promise<EnvironmentLease> {
    const { id, lease } = await create(name);
    const later = DateTime.fromISO(lease.grantedAt).plus({ days: 5 });
    const asked = await as(MIRA).moreTime.ask(id, {
      until: later.toUTC().toISO()!,
      reason,
    });
    return asked.lease;
  }

  return { as, inPortal, warned, wanted };
}
