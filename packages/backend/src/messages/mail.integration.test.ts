import { mkdtempSync, rmSync } from 'node:fs';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import PostalMime, { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import {
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
import emailModule from '@backstage/plugin-notifications-backend-module-email';
import { Notification } from '@backstage/plugin-notifications-common';
import environmentsPlugin from '@greenroom/plugin-environments-backend';
import {
  EnvironmentLease,
  EnvironmentsClient,
} from '@greenroom/plugin-environments-common';
import { environmentDriversExtensionPoint } from '@greenroom/plugin-environments-node';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import mailTexts from './mail';

const PORTAL = 'https://portal.example';
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

const MIRA = 'user:default/mira';
const JON = 'user:default/jon';

/** Mira owns by her group and asks for environments; Jon has nothing to do with them. */
const PEOPLE: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'checkout', namespace: 'default' },
    relations: [{ type: 'hasMember', targetRef: MIRA }],
  },
  ...['mira', 'jon'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { email: `${name}@example.com` } },
    relations: [],
  })),
];

const pause = () => new Promise(resolve => setTimeout(resolve, 20));

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
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

/** Takes whatever it is sent, as a mail server of a company would. */
async function startMailServer() {
  const mails: Email[] = [];
  const refusals = { refusing: false, count: 0 };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_, done) => {
      if (!refusals.refusing) return done();
      refusals.count += 1;
      return done(new Error('No mail today'));
    },
    onData: (stream, _, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', piece => pieces.push(piece));
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(pieces)).then(mail => {
          mails.push(mail);
          done();
        }, done);
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise(resolve => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    mails,
    refusals,
    stop: () => new Promise<void>(resolve => server.close(resolve)),
  };
}

describe('a warning by e-mail', () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-mail-'));
  let mailServer: Awaited<ReturnType<typeof startMailServer>>;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend.stop();
    await mailServer.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    mailServer = await startMailServer();
    const knexes = new Map([
      ['environments', await databases.init('POSTGRES_18')],
      ['notifications', await databases.init('POSTGRES_18')],
    ]);
    backend = await startTestBackend({
      features: [
        environmentsPlugin,
        notificationsPlugin,
        emailModule,
        mailTexts,
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
              secrets: {
                keys: [
                  {
                    id: '2026',
                    secret: 'one secret that is long enough for this',
                  },
                ],
              },
            },
            notifications: {
              processors: {
                email: {
                  transportConfig: {
                    transport: 'smtp',
                    hostname: '127.0.0.1',
                    port: mailServer.port,
                  },
                  sender: 'greenroom@example.com',
                  filter: {
                    includedTopics: [
                      'environments.lease',
                      'environments.teardown',
                    ],
                  },
                },
              },
            },
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

  /** Whether the ledger says that people were told. */
  async function sent(environmentId: string): Promise<boolean> {
    const { items } = await as(MIRA).listLeaseEntries(environmentId, {});
    return items.some(({ reason }) => reason.startsWith('Sent to'));
  }

  /** One that Jon watches, with an end of which is warned a second after it was granted. */
  async function endSoon(name: string): Promise<EnvironmentLease> {
    const { environment, operation } = await as(MIRA).createEnvironment(
      { name, blueprint: 'single', owner: OWNER, inputs: {} },
      { idempotencyKey: name },
    );
    const { id, lease } = environment!;
    await as(MIRA).streamLogs(operation!.id, { onLine: () => {} });
    await as(JON).watchEnvironment(id);
    const soon = DateTime.fromISO(lease.grantedAt).plus({
      hours: 1,
      seconds: 1,
    });
    await as(MIRA).shortenLease(id, {
      until: soon.toUTC().toISO()!,
      reason: 'the <b>demo</b> is over',
    });
    return as(MIRA).getLease(id);
  }

  it('says once to each what ends, when, what is lost, and how to keep it', async () => {
    const { environmentId, expiresAt } = await endSoon('shop-42');
    await until(async () => (await sent(environmentId)) || undefined);
    await until(async () => mailServer.mails[1]);
    expect(mailServer.mails.map(({ to }) => to?.[0].address).sort()).toEqual([
      'jon@example.com',
      'mira@example.com',
    ]);
    const mail = mailServer.mails.find(
      ({ to }) => to?.[0].address === 'mira@example.com',
    )!;
    const end = DateTime.fromISO(expiresAt!, { zone: 'utc' });
    expect(mail.from?.address).toBe('greenroom@example.com');
    expect(mail.subject).toMatch(/^shop-42 is destroyed in (1 h|59 min)$/);
    expect(mail.text).toContain(
      `It is destroyed on ${end.toFormat("cccc d LLLL yyyy, HH:mm 'UTC'")}, in`,
    );
    expect(mail.text).toContain('What is lost is everything in it: 1 resource');
    expect(mail.html).toContain('the &lt;b&gt;demo&lt;/b&gt; is over');

    // The page behind the link asks the portal what it would do.
    const [link] = mail.text!.match(/https:\S+/)!;
    const token = link.replace(`${PORTAL}/environments/extend/`, '');
    expect(mail.html).toContain(`href="${link}"`);
    expect(await as(MIRA).getExtendOffer(token)).toMatchObject({
      environmentName: 'shop-42',
    });
  });

  it('stands in the portal all the same when the mail server takes none', async () => {
    mailServer.refusals.refusing = true;
    const { environmentId } = await endSoon('shop-43');
    await until(async () => (await sent(environmentId)) || undefined);
    await until(async () => mailServer.refusals.count === 2 || undefined);
    for (const person of [MIRA, JON]) {
      const there = await inPortal(person);
      expect(there.map(({ payload }) => payload.title)).toContainEqual(
        expect.stringMatching(/^shop-43 is destroyed in /),
      );
    }
    expect(mailServer.mails).toHaveLength(2);
  });
});
