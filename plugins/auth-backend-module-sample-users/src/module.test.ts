import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { UserEntity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { authModuleSampleUsers } from './module';

const user = (name: string, annotations?: Record<string, string>) =>
  ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default', annotations },
    spec: {
      profile: { displayName: 'Mira Okafor', email: 'mira@example.com' },
      memberOf: ['checkout'],
    },
    relations: [{ type: 'memberOf', targetRef: 'group:default/checkout' }],
  }) satisfies UserEntity;

const sampleConfig = {
  app: { baseUrl: 'http://localhost:7007' },
  auth: { providers: { sample: {} } },
};

// The auth backend keeps whom it signed in; ./greenroom test brings the PostgreSQL.
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

async function start(data: object = sampleConfig) {
  return startTestBackend({
    features: [
      mockServices.database.factory({
        knex: await databases.init('POSTGRES_18'),
      }),
      authPlugin,
      authModuleSampleUsers,
      mockServices.rootConfig.factory({ data: data as typeof sampleConfig }),
      catalogServiceMock.factory({
        entities: [
          user('mira', { 'greenroom.dev/sample-user': 'true' }),
          user('ceo'),
        ],
      }),
    ],
  });
}

const signIn = (
  backend: Awaited<ReturnType<typeof start>>,
  userName?: string,
) => {
  const refresh = request(backend.server).get('/api/auth/sample/refresh');
  return userName ? refresh.set('x-greenroom-sample-user', userName) : refresh;
};

describe('sign-in as a sample person', () => {
  const environment = process.env.NODE_ENV;
  afterEach(() => {
    process.env.NODE_ENV = environment;
  });

  it('signs in a User that is marked as a sample, with the teams of the catalog', async () => {
    const response = await signIn(await start(), 'mira');
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      profile: { displayName: 'Mira Okafor', email: 'mira@example.com' },
      backstageIdentity: {
        token: expect.any(String),
        identity: {
          userEntityRef: 'user:default/mira',
          ownershipEntityRefs: ['user:default/mira', 'group:default/checkout'],
        },
      },
    });
  });

  it('refuses a User that is not marked as a sample', async () => {
    const response = await signIn(await start(), 'ceo');
    expect(response.status).toBe(403);
    expect(response.body.error.message).toBe(
      'User "ceo" is not a sample person. Only Users with the annotation greenroom.dev/sample-user: "true" can be signed in without a password.',
    );
  });

  it('says that a User is unknown, and that the catalog may still be reading', async () => {
    const response = await signIn(await start(), 'nobody');
    expect(response.status).toBe(404);
    expect(response.body.error.message).toContain(
      'The catalog has no User "nobody".',
    );
    expect(response.body.error.message).toContain('retry in a few seconds');
  });

  it('asks for the header when nobody is named', async () => {
    const response = await signIn(await start());
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain('x-greenroom-sample-user');
  });

  it('signs nobody in when the provider is not configured', async () => {
    const response = await signIn(
      await start({ app: sampleConfig.app, auth: { providers: {} } }),
      'mira',
    );
    expect(response.status).toBe(404);
  });

  it('refuses to start in production, and says what to do', async () => {
    process.env.NODE_ENV = 'production';
    await expect(start()).rejects.toThrow(
      /anyone sign in as a sample person without a password, and NODE_ENV is "production"\. Remove auth\.providers\.sample/,
    );
  });

  it('starts in production when no sample people are configured', async () => {
    process.env.NODE_ENV = 'production';
    await expect(
      start({ app: sampleConfig.app, auth: { providers: {} } }),
    ).resolves.toBeDefined();
  });
});
