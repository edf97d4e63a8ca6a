import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import {
  EventsService,
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  environment,
  EnvironmentsInMemory,
} from './__testUtils__/environments';
import environmentsModule from '.';

const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: shop, title: Shop}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  components:
    web: {driver: terraform, source: ./web, with: {title: '\${{ environment.name }}'}}
`;

describe('environments in the catalog', () => {
  let backend: TestBackend;
  // Stopped before the databases go, whose hook comes next.
  afterAll(async () => {
    await backend?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const environments = new EnvironmentsInMemory();
  let catalog: CatalogService;
  let events: EventsService;
  let credentials: Parameters<
    CatalogService['getEntityByRef']
  >[1]['credentials'];

  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'greenroom-')), 'shop.yaml');
    writeFileSync(file, BLUEPRINT);
    environments.set(
      environment('one'),
      environment('two'),
      environment('three'),
      environment('gone', { state: 'destroyed' }),
    );
    // The first turn finds nobody home, as when the catalog starts first.
    environments.down = true;
    const knex = await databases.init('POSTGRES_18');
    const probe = createBackendPlugin({
      pluginId: 'probe',
      register(env) {
        env.registerInit({
          deps: {
            auth: coreServices.auth,
            catalog: catalogServiceRef,
            events: eventsServiceRef,
          },
          async init(deps) {
            catalog = deps.catalog;
            events = deps.events;
            credentials = await deps.auth.getOwnServiceCredentials();
          },
        });
      },
    });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        environmentsModule,
        environments.plugin,
        probe,
        // The test kit gives each plugin events of its own, which reach no other.
        eventsServiceFactory,
        mockServices.database.mock({ getClient: async () => knex }).factory,
        mockServices.rootConfig.factory({
          data: {
            catalog: {
              processingInterval: { seconds: 1 },
              locations: [
                {
                  type: 'file',
                  target: file,
                  rules: [{ allow: ['EnvironmentBlueprint'] }],
                },
              ],
            },
          },
        }),
      ],
    });
    environments.down = false;
  });

  /** Waits until the catalog says so: it works in the background. */
  async function eventually<T>(look: () => Promise<T | undefined | false>) {
    const deadline = performance.now() + 30_000;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (performance.now() > deadline) throw new Error('It never came to be');
      await wait(50);
    }
  }

  function entity(ref: string): Promise<Entity | undefined> {
    return catalog.getEntityByRef(ref, { credentials });
  }

  async function names(): Promise<string[]> {
    const { items } = await catalog.getEntities(
      { filter: { kind: 'Environment' } },
      { credentials },
    );
    return items.map(({ metadata }) => metadata.name).sort();
  }

  async function tell(name: string) {
    await events.publish({
      topic: 'environments.changed',
      eventPayload: { environmentId: `id-of-${name}`, name, state: 'any' },
    });
  }

  it('holds all living environments once their API answers', async () => {
    await eventually(async () => (await names()).length === 3);
    expect(await names()).toEqual(['one', 'three', 'two']);
    expect([...environments.callers]).toEqual(['plugin:catalog']);
  });

  it('relates a blueprint read from YAML with its environments, both ways', async () => {
    const related = async (ref: string) =>
      (await entity(ref))?.relations?.map(
        ({ type, targetRef }) => `${type} ${targetRef}`,
      );
    await eventually(async () =>
      (await related('environmentblueprint:default/shop'))?.includes(
        'hasInstance environment:default/one',
      ),
    );
    expect(await related('environmentblueprint:default/shop')).toContain(
      'ownedBy group:default/platform',
    );
    expect(await related('environment:default/one')).toEqual(
      expect.arrayContaining([
        'instanceOf environmentblueprint:default/shop',
        'ownedBy group:default/checkout',
      ]),
    );
  });

  it('follows each change that is told', async () => {
    environments.set(
      environment('four', {
        labels: { team: 'checkout' },
        outputs: [
          {
            name: 'url',
            title: 'Open',
            value: 'https://four.example.com',
            sensitive: false,
          },
          { name: 'port', title: 'Port', value: 80, sensitive: false },
          {
            name: 'odd',
            title: 'Odd',
            value: 'ftp://four.example.com',
            sensitive: false,
          },
          { name: 'password', title: 'Password', sensitive: true },
        ],
      }),
    );
    await tell('four');
    const four = await eventually(() => entity('environment:default/four'));
    expect(four.metadata.links).toEqual([
      { url: 'https://four.example.com', title: 'Open' },
    ]);
    expect(four.metadata.labels).toEqual({ team: 'checkout' });
    expect(four.metadata.annotations).toMatchObject({
      'greenroom.dev/environment-id': 'id-of-four',
      'backstage.io/managed-by-location': 'environments:id-of-four',
    });
    expect(four.spec).toEqual({
      type: 'sandbox',
      owner: 'group:default/checkout',
      lifecycle: 'temporary',
      blueprint: 'environmentblueprint:default/shop',
      version: '1.0.0',
    });

    environments.set(environment('four', { state: 'destroyed' }));
    await tell('four');
    await eventually(async () => !(await entity('environment:default/four')));
  });

  it('keeps a new environment when the end of an older one of its name is told late', async () => {
    environments.set(environment('two', { id: 'another' }));
    await tell('two');
    const two = await eventually(async () => {
      const found = await entity('environment:default/two');
      const id = found?.metadata.annotations?.['greenroom.dev/environment-id'];
      return id === 'another' && found;
    });
    expect(two.metadata.name).toBe('two');
  });

  it('catches up with what was told while the API was away', async () => {
    environments.down = true;
    environments.set(environment('three', { state: 'destroyed' }));
    environments.set(environment('five'));
    await tell('three');
    await tell('five');
    environments.down = false;
    await eventually(() => entity('environment:default/five'));
    await eventually(async () => !(await entity('environment:default/three')));
    expect(await names()).toEqual(['five', 'one', 'two']);
  });
});
