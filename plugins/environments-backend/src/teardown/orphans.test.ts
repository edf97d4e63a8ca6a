import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { environmentReadPermission } from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import {
  fails,
  inOrder,
  strays,
} from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../testing/database';
import { MIRA, OWNER } from '../testing/engine';
import {
  CANNOT_DESTROY,
  FailingTeardowns,
  startFailingTeardowns,
} from './__testUtils__/failing';

describe('the ledger of orphans', () => {
  const databases = useTestDatabases();
  let failing: FailingTeardowns;

  beforeEach(async () => {
    failing = await startFailingTeardowns(await databases.create());
  });
  afterEach(() => failing.engine.stop());

  async function failThreeTimes(id: string) {
    for (let attempt = 0; attempt < 3; attempt++) await failing.destroy(id);
  }
  const get = (id: string) => failing.engine.rooms.environments.get(id, MIRA);

  it('says what is left, of whom, since when, why, and when it is tried again', async () => {
    const { engine } = failing;
    const id = await failing.create();
    const since = engine.clock.now().toISOString();
    await failing.destroy(id);
    engine.clock.advance(10);
    await failing.destroy(id);
    engine.clock.advance(10);
    await failing.destroy(id);
    const { name, latestOperation } = await get(id);
    expect(await failing.orphans()).toEqual([
      {
        id: expect.any(String),
        environmentId: id,
        environmentName: name,
        component: 'site',
        driver: 'fault',
        address: 'fault_thing.site',
        type: 'fault_thing',
        externalId: expect.any(String),
        owner: OWNER,
        state: 'open',
        since,
        attempts: 3,
        lastError: 'The cloud says no.',
        operationId: latestOperation!.id,
        nextAttemptAt: engine.clock.advance(240).toISOString(),
      },
    ]);
    await failing.sweep();
    const [underway] = await failing.orphans();
    expect(underway).not.toHaveProperty('nextAttemptAt', expect.any(String));
    await engine.work();
    expect(await failing.orphans()).toMatchObject([
      { since, attempts: 4, nextAttemptAt: expect.any(String) },
    ]);
  });

  it('says why the last attempt failed, not the first', async () => {
    const { engine } = failing;
    const id = await failing.create();
    await failThreeTimes(id);
    engine.driver.script('site', {
      destroy: fails({ code: 'cloud.away', message: 'The cloud is away.' }),
    });
    await failing.retry();
    const { latestOperation } = await get(id);
    const last = {
      lastError: 'The cloud is away.',
      operationId: latestOperation!.id,
    };
    expect(await failing.orphans()).toMatchObject([last]);
    expect(
      (await engine.rooms.orphans.listFailedTeardowns({}, MIRA)).items,
    ).toMatchObject([last]);
  });

  it('closes what is proven to be gone, and keeps it', async () => {
    const { engine } = failing;
    const id = await failing.create();
    await failThreeTimes(id);
    engine.driver.script('site', {});
    await failing.retry();
    expect(await failing.orphans()).toEqual([]);
    expect(await failing.orphans(['gone'])).toMatchObject([
      {
        environmentId: id,
        state: 'gone',
        attempts: 3,
        lastError: 'The cloud says no.',
        endedAt: engine.clock.now().toISOString(),
      },
    ]);
  });

  it('closes the parts that are gone while others resist', async () => {
    const { engine } = failing;
    const { environment } = await engine.create();
    await engine.work();
    const left = async (state?: ('open' | 'gone')[]) =>
      (await failing.orphans(state)).map(({ component }) => component).sort();
    engine.driver.script('docs', CANNOT_DESTROY);
    engine.driver.script('database', CANNOT_DESTROY);
    await failThreeTimes(environment.id);
    // The app went with the first attempt, before anything was on record.
    expect(await left()).toEqual(['database', 'docs']);
    engine.driver.script('docs', {});
    await failing.retry();
    expect(await left()).toEqual(['database']);
    expect(await left(['gone'])).toEqual(['docs']);
  });

  it('does not name what a destroy has removed before it failed', async () => {
    const { engine } = failing;
    const thing = (name: string) => ({
      address: `fault_thing.${name}`,
      type: 'fault_thing',
    });
    engine.driver.script('site', {
      resources: [thing('first'), thing('second')],
      destroy: inOrder(
        ({ context }) => {
          const isSecond = ({ address }: { address: string }) =>
            address === 'fault_thing.second';
          engine.driver.world.change(
            {
              environmentId: context.environment.id,
              component: 'site',
              operationId: 'half a destroy',
              fence: 0,
              call: 'destroy',
            },
            ({ resources, state }) => ({
              effect: { kind: 'removed', addresses: ['fault_thing.first'] },
              resources: resources.filter(isSecond),
              state: state.filter(isSecond),
            }),
          );
        },
        fails({ message: 'The second stays.' }),
      ),
    });
    const id = await failing.create();
    await failThreeTimes(id);
    expect(await failing.orphans()).toMatchObject([
      { address: 'fault_thing.second', lastError: 'The second stays.' },
    ]);
  });

  it('names all that was there when nobody can say what a failed destroy has left', async () => {
    const { engine } = failing;
    engine.driver.script('site', { ...CANNOT_DESTROY, prove: fails() });
    const id = await failing.create();
    await failThreeTimes(id);
    expect(await failing.orphans()).toMatchObject([
      { address: 'fault_thing.site', lastError: 'The cloud says no.' },
    ]);
  });

  it('holds what a run has made and no state knows of', async () => {
    const { engine } = failing;
    engine.driver.script('site', {
      apply: inOrder(strays('fault_thing.stray'), fails()),
    });
    const id = await failing.create();
    await failThreeTimes(id);
    expect(await get(id)).toMatchObject({
      latestOperation: { problem: { code: 'teardown.unproven' } },
    });
    expect(await failing.orphans()).toMatchObject([
      { component: 'site', address: 'fault_thing.stray', state: 'open' },
    ]);
  });

  it('lets a component stand for itself when nothing is known of what it made', async () => {
    const { engine } = failing;
    engine.driver.script('site', { ...CANNOT_DESTROY, apply: fails() });
    const id = await failing.create();
    await failThreeTimes(id);
    expect(await failing.orphans()).toMatchObject([
      { component: 'site', address: 'site', type: 'component' },
    ]);
  });

  it('is read page by page, by filters, and as far as its reader may see', async () => {
    const { engine } = failing;
    const ids: string[] = [];
    for (let number = 0; number < 5; number++) {
      ids.push(await failing.create());
      // Two fail at the same moment, so that the id must decide.
      if (number !== 3) engine.clock.advance(1);
      await failThreeTimes(ids[number]);
    }
    const other = ids[2];
    await engine.knex('environments').where({ id: other }).update({
      owner_ref: 'user:default/jon',
      created_by: 'user:default/jon',
    });

    for (const list of [
      (query: object) => engine.rooms.orphans.list(query, MIRA),
      (query: object) => engine.rooms.orphans.listFailedTeardowns(query, MIRA),
    ]) {
      const found = async (query: object) =>
        (await list(query)).items.map(({ environmentId }) => environmentId);
      expect((await found({})).sort()).toEqual([...ids].sort());

      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit: 2, cursor });
        expect(page.total).toBe(5);
        paged.push(...page.items.map(({ environmentId }) => environmentId));
        cursor = page.nextCursor;
      } while (cursor);
      expect(paged).toEqual(await found({}));

      expect(await found({ scope: 'mine' })).toHaveLength(4);
      expect(await found({ scope: 'teams' })).not.toContain(other);
      const { name } = await get(ids[1]);
      expect(await found({ search: name.toUpperCase() })).toEqual([ids[1]]);
    }
    expect(
      (await engine.rooms.orphans.list({ owner: ['user:default/jon'] }, MIRA))
        .items,
    ).toMatchObject([{ environmentId: other }]);

    engine.policy.decision = createEnvironmentConditionalDecision(
      environmentReadPermission,
      environmentConditions.isOwner({ claims: [OWNER] }),
    );
    expect((await engine.rooms.orphans.list({}, MIRA)).total).toBe(4);
    expect(
      (await engine.rooms.orphans.listFailedTeardowns({}, MIRA)).total,
    ).toBe(4);
    engine.policy.decision = { result: AuthorizeResult.DENY };
    expect((await engine.rooms.orphans.list({}, MIRA)).items).toEqual([]);
  });

  it('is read in one query per page, however many rows it has', async () => {
    const { engine } = failing;
    for (let number = 0; number < 3; number++) {
      await failThreeTimes(await failing.create());
    }
    const queries: string[] = [];
    engine.knex.on('query', ({ sql }) => queries.push(sql));
    await engine.rooms.orphans.list({}, MIRA);
    await engine.rooms.orphans.listFailedTeardowns({}, MIRA);
    // A page and a total each.
    expect(queries).toHaveLength(4);
  });
});
