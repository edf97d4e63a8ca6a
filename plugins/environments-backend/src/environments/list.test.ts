import fc from 'fast-check';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ENVIRONMENT_SORTS,
  environmentReadPermission,
  EnvironmentSummary,
  ListEnvironmentsQuery,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { useTestDatabases } from '../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../testing/engine';
import { applyLabels } from './labelled';

describe('the list of environments', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  const list = (query: ListEnvironmentsQuery = {}) =>
    engine.rooms.environments.list(query, MIRA);
  const names = async (query: ListEnvironmentsQuery) =>
    (await list(query)).items.map(({ name }) => name);

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    for (let number = 0; number < 7; number++) {
      await engine.create({
        name: `shop-${number}`,
        // Two end at the same moment, so that the id must decide.
        ttl: `${60 - Math.min(number, 5)}m`,
        owner: number % 2 === 0 ? OWNER : 'user:default/mira',
        labels: { number: `${number}`, ...(number > 3 && { late: '' }) },
      });
    }
    await engine.create({ name: 'single', blueprint: 'single', inputs: {} });
    await engine
      .knex('leases')
      .whereIn(
        'environment_id',
        engine.knex('environments').where({ name: 'shop-0' }).select('id'),
      )
      .update({ expires_at: null });
    await engine.knex('environments').where({ name: 'shop-1' }).update({
      owner_ref: 'group:default/payments',
      created_by: 'user:default/jon',
    });
    await engine
      .knex('environments')
      .where({ name: 'shop-2' })
      .update({ state: 'failed' });
    await engine
      .knex('environments')
      .where({ name: 'shop-3' })
      .update({ state: 'destroyed', destroyed_at: engine.clock.now() });
  });
  afterEach(() => {
    engine.policy.decision = { result: AuthorizeResult.ALLOW };
  });

  it('begins with the least time left; what never expires comes last', async () => {
    const order = await names({});
    expect(order[0]).toBe('single');
    expect(order.slice(1, 3).sort()).toEqual(['shop-5', 'shop-6']);
    expect(order.slice(3)).toEqual(['shop-4', 'shop-2', 'shop-1', 'shop-0']);
  });

  it('leaves out what is destroyed unless it is asked for', async () => {
    expect(await names({ state: ['destroyed'] })).toEqual(['shop-3']);
  });

  it('finds by name, owner, blueprint, state and scope', async () => {
    expect(await names({ search: 'SHOP-4' })).toEqual(['shop-4']);
    expect(await names({ owner: ['group:default/payments'] })).toEqual([
      'shop-1',
    ]);
    expect(await names({ blueprint: ['single'] })).toEqual(['single']);
    expect(await names({ blueprint: ['single'], version: ['9.9.9'] })).toEqual(
      [],
    );
    const [{ blueprint }] = (await list({ blueprint: ['single'] })).items;
    expect(
      await names({ blueprint: ['single'], version: [blueprint.version] }),
    ).toEqual(['single']);
    expect(await names({ state: ['failed'] })).toEqual(['shop-2']);
    expect(await names({ scope: 'teams' })).not.toContain('shop-1');
    expect(await names({ scope: 'mine' })).not.toContain('shop-1');
    expect(await names({ search: '100%_' })).toEqual([]);
  });

  it('finds by labels, all of which must match', async () => {
    expect(await names({ label: ['number=4'] })).toEqual(['shop-4']);
    expect(await names({ label: ['number=4', 'number=5'] })).toEqual([]);
    expect(await names({ label: ['late', 'number=5'] })).toEqual(['shop-5']);
    expect(await names({ label: ['late=', 'number'], sort: 'name' })).toEqual([
      'shop-4',
      'shop-5',
      'shop-6',
    ]);
    expect(await names({ label: ['constructor'] })).toEqual([]);
    const first = await list({ label: ['late'], sort: 'name', limit: 2 });
    expect(first.total).toBe(3);
    const { items } = await list({
      label: ['late'],
      sort: 'name',
      cursor: first.nextCursor,
    });
    expect(items.map(({ name }) => name)).toEqual(['shop-6']);
    await expect(list({ label: ['late', '=4'] })).rejects.toMatchObject({
      problems: [{ code: 'environment.labels.key', field: '/label/1' }],
    });
  });

  it('has an index for labels', async () => {
    const plan = await engine.knex.transaction(async tx => {
      await tx.raw('SET LOCAL enable_seqscan = off');
      const query = tx('environments as e').select('e.id');
      applyLabels(query, ['late', 'number=5']);
      const { sql, bindings } = query.toSQL();
      const { rows } = await tx.raw(`EXPLAIN ${sql}`, bindings);
      return JSON.stringify(rows);
    });
    expect(plan).toContain('environments_labels');
  });

  it('shows the operation that runs', async () => {
    const { items } = await list({ search: 'single' });
    expect(items[0].activeOperation).toMatchObject({
      kind: 'create',
      state: 'queued',
      environmentName: 'single',
      requestedAt: engine.clock.now().toISOString(),
    });
  });

  it('counts what is mine, my teams’ and all', async () => {
    expect(await engine.rooms.environments.counts(MIRA)).toEqual({
      mine: 6,
      teams: 6,
      all: 7,
      failedInTeams: 1,
      endingTodayInTeams: 5,
    });
  });

  it('shows, counts and finds nothing that the policy hides', async () => {
    engine.policy.decision = createEnvironmentConditionalDecision(
      environmentReadPermission,
      environmentConditions.isOwner({ claims: ['group:default/payments'] }),
    );
    const page = await list();
    expect(page.items.map(({ name }) => name)).toEqual(['shop-1']);
    expect(page.total).toBe(1);
    expect(await list({ label: ['number=1'] })).toMatchObject({ total: 1 });
    expect(await list({ label: ['number=2'] })).toMatchObject({ total: 0 });
    expect(await engine.rooms.environments.counts(MIRA)).toMatchObject({
      all: 1,
      mine: 0,
    });
    await expect(
      engine.rooms.environments.getByName('shop-2', MIRA),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      engine.rooms.environments.getByName('shop-1', MIRA),
    ).resolves.toMatchObject({ name: 'shop-1' });
  });

  it('understands conditions within conditions', async () => {
    const owned = (owner: string) =>
      environmentConditions.isOwner({ claims: [owner] });
    engine.policy.decision = createEnvironmentConditionalDecision(
      environmentReadPermission,
      {
        allOf: [
          { anyOf: [owned(OWNER), owned('group:default/payments')] },
          { not: owned('group:default/payments') },
        ],
      },
    );
    const { items } = await list();
    expect(new Set(items.map(({ owner }) => owner))).toEqual(new Set([OWNER]));
  });

  it('shows nothing at all where the policy says no', async () => {
    engine.policy.decision = { result: AuthorizeResult.DENY };
    expect(await list()).toEqual({ items: [], total: 0 });
  });

  it('gives each environment once over its pages, in any order and page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ENVIRONMENT_SORTS),
        fc.constantFrom('asc' as const, 'desc' as const),
        fc.integer({ min: 1, max: 9 }),
        async (sort, order, limit) => {
          const paged: EnvironmentSummary[] = [];
          let cursor: string | undefined;
          do {
            const page = await list({ sort, order, limit, cursor });
            expect(page.total).toBe(7);
            paged.push(...page.items);
            cursor = page.nextCursor;
          } while (cursor);
          const whole = await list({ sort, order });
          expect(paged).toEqual(whole.items);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('refuses a cursor of another order or of its own making', async () => {
    const { nextCursor } = await list({ limit: 1, sort: 'name' });
    await expect(
      list({ cursor: nextCursor, sort: 'createdAt' }),
    ).rejects.toMatchObject({ name: 'InputError' });
    await expect(
      list({ cursor: nextCursor, sort: 'name', order: 'desc' }),
    ).rejects.toMatchObject({ name: 'InputError' });
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({
      name: 'InputError',
    });
  });
});
