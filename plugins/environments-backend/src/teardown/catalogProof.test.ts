import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ANNOTATION_ENVIRONMENT_ID } from '@greenroom/plugin-environments-common';
import { EnvironmentChanges } from '../environments/changes';
import { EnvironmentStore } from '../environments/store';
import { Outbox } from '../events/outbox';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';
import { CatalogProofs } from './catalogProof';
import { CatalogProofStore } from './store/proofs';

describe('the proof that the catalog has let go', () => {
  const databases = useTestDatabases();
  const logger = mockServices.logger.mock();
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    jest.resetAllMocks();
    engine = await startTestEngine(await databases.create());
    const { environment } = await engine.create({
      name: 'short',
      blueprint: 'single',
      inputs: {},
    });
    id = environment.id;
    await engine.work();
    await engine.submit(id, { kind: 'destroy' });
    await engine.work();
    // What is told is looked at here, and nobody else may take it.
    await engine.rooms.relay.stop();
    await engine.knex('outbox').delete();
  });
  afterEach(() => engine.stop());

  /** One turn of a replica, with a catalog that shows an environment of that name and id. */
  async function tick(shown?: { name: string; id: string }) {
    const { knex, clock } = engine;
    await new CatalogProofs({
      knex,
      logger,
      store: new CatalogProofStore(),
      environments: new EnvironmentChanges({
        store: new EnvironmentStore(),
        outbox: new Outbox({ clock }),
        clock,
      }),
      catalog: catalogServiceMock({ entities: shown ? [entity(shown)] : [] }),
      auth: mockServices.auth(),
      onTold: () => {},
    }).tick(clock.now());
  }
  const proof = () =>
    engine.knex('catalog_proofs').where({ environment_id: id }).first();
  const told = () => engine.knex('outbox').pluck('payload');
  const listed = async () =>
    (await engine.rooms.orphans.listFailedTeardowns({}, MIRA)).items;

  it('is given once the catalog does not show it', async () => {
    await tick();
    expect(await proof()).toMatchObject({ gone_at: null });
    engine.clock.advance(5);
    await tick();
    expect(await proof()).toMatchObject({ gone_at: engine.clock.now() });
  });

  it('is given when it is another environment of the same name that is shown', async () => {
    engine.clock.advance(5);
    const other = await engine.create({ name: 'short' });
    await tick({ name: 'short', id: other.environment.id });
    expect(await proof()).toMatchObject({ gone_at: engine.clock.now() });
  });

  it('tells the catalog again after five minutes, warns after an hour, and goes on looking', async () => {
    const shown = { name: 'short', id };
    engine.clock.advance(290);
    await tick(shown);
    expect(await told()).toEqual([]);
    engine.clock.advance(10);
    await tick(shown);
    const change = { environmentId: id, name: 'short', state: 'destroyed' };
    expect(await told()).toEqual([change]);
    engine.clock.advance(60);
    await tick(shown);
    expect(await told()).toHaveLength(1);
    expect(logger.warn).not.toHaveBeenCalled();
    expect(await listed()).toEqual([]);

    engine.clock.advance(3600);
    await tick(shown);
    engine.clock.advance(3600);
    await tick(shown);
    expect(await told()).toHaveLength(3);
    expect(logger.warn.mock.calls).toEqual([
      [
        expect.stringContaining(
          'The catalog still shows environment:default/short',
        ),
      ],
    ]);
    expect(await listed()).toMatchObject([
      {
        environmentId: id,
        attempts: 5,
        lastError:
          'The environment is destroyed, and the catalog still shows it.',
        orphans: 0,
      },
    ]);

    engine.clock.advance(300);
    await tick();
    expect(await listed()).toEqual([]);
    expect(await proof()).toMatchObject({ gone_at: engine.clock.now() });
  });

  it('is looked for by one replica at a time, and by another when that one dies', async () => {
    engine.clock.advance(5);
    const store = new CatalogProofStore();
    const { knex, clock } = engine;
    const taken = await Promise.all(
      [1, 2, 3].map(() => store.takeDue(knex, clock.now(), 10)),
    );
    expect(taken.flat()).toHaveLength(1);
    await tick();
    expect(await proof()).toMatchObject({ gone_at: null });
    clock.advance(60);
    await tick();
    expect(await proof()).toMatchObject({ gone_at: clock.now() });
  });
});

function entity({ name, id }: { name: string; id: string }): Entity {
  return {
    apiVersion: 'greenroom.dev/v1',
    kind: 'Environment',
    metadata: { name, annotations: { [ANNOTATION_ENVIRONMENT_ID]: id } },
  };
}
