import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentReadPermission,
  ListOperationsQuery,
  OperationSummary,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { useTestDatabases } from '../../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../../testing/engine';
import { OperationList } from './list';

const PAYMENTS = 'group:default/payments';
const MINE = 'user:default/mira';

describe('the list of operations', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  const list = (query: ListOperationsQuery = {}) =>
    engine.rooms.operations.list(query, MIRA);
  const summaries = async (query: ListOperationsQuery) =>
    (await list({ limit: 100, ...query })).items.map(
      ({ environmentName, number }) => `${environmentName} ${number}`,
    );

  /** Six environments of three owners, each with five updates that have ended. */
  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    const { knex } = engine;
    const owners = [OWNER, PAYMENTS, MINE];
    for (let index = 0; index < 6; index++) {
      await engine.create({ name: `shop-${index}` });
      await knex('environments')
        .where({ name: `shop-${index}` })
        .update({ owner_ref: owners[index % 3], created_by: MINE });
    }
    await knex('environments')
      .where({ owner_ref: PAYMENTS })
      .update({ created_by: 'user:default/jon' });
    await knex.raw(
      "UPDATE operations o SET owner_ref = e.owner_ref, state = 'succeeded' FROM environments e WHERE e.id = o.environment_id",
    );
    // Several at the same moment, so that the id must decide; times finer than a millisecond.
    await knex.raw(`
      INSERT INTO operations (id, environment_id, number, kind, state, blueprint_version_id,
        inputs, owner_ref, requested_by, requested_at, cause)
      SELECT gen_random_uuid(), e.id, n, 'update', CASE n % 2 WHEN 0 THEN 'failed' ELSE 'cancelled' END,
        e.blueprint_version_id, '{}', e.owner_ref, 'user:default/mira',
        '2026-01-01T00:00:00Z'::timestamptz + (n / 3) * interval '1 microsecond',
        '{"code": "request", "message": "more"}'
      FROM environments e, generate_series(2, 6) n`);
    await engine.create({ dryRun: true, plan: true, name: 'never' });
  });
  afterEach(() => {
    engine.policy.decision = { result: AuthorizeResult.ALLOW };
  });

  it('gives each operation once over its pages, newest first', async () => {
    const { items: whole, total } = await list({ limit: 100 });
    expect(whole).toHaveLength(36);
    expect(total).toBe(36);
    for (const limit of [1, 5, 7]) {
      const paged: OperationSummary[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit, cursor });
        expect(page.total).toBe(36);
        paged.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      expect(paged).toEqual(whole);
    }
    const times = whole.map(({ requestedAt }) => requestedAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('finds by environment, name, kind, state, owner and scope', async () => {
    const [{ environmentId }] = (await list({ search: 'SHOP-4' })).items;
    expect(await summaries({ environmentId })).toHaveLength(6);
    expect(new Set(await summaries({ search: 'p-4' }))).toEqual(
      new Set(['1', '2', '3', '4', '5', '6'].map(n => `shop-4 ${n}`)),
    );
    expect(await summaries({ search: '100%_' })).toEqual([]);
    expect(await summaries({ kind: ['create'] })).toHaveLength(6);
    expect(await summaries({ kind: ['create', 'update'] })).toHaveLength(36);
    expect(await summaries({ state: ['failed'] })).toHaveLength(18);
    expect(await summaries({ owner: [PAYMENTS] })).toHaveLength(12);
    expect(await summaries({ scope: 'teams' })).toHaveLength(24);
    expect(await summaries({ scope: 'mine' })).toHaveLength(24);
    expect(await summaries({ scope: 'all' })).toHaveLength(36);
  });

  it('shows, counts and finds nothing that the policy hides', async () => {
    engine.policy.decision = createEnvironmentConditionalDecision(
      environmentReadPermission,
      environmentConditions.isOwner({ claims: [PAYMENTS] }),
    );
    const page = await list({ limit: 100 });
    expect(page.total).toBe(12);
    expect(new Set(page.items.map(({ owner }) => owner))).toEqual(
      new Set([PAYMENTS]),
    );
    expect((await list({ owner: [OWNER] })).total).toBe(0);
    engine.policy.decision = { result: AuthorizeResult.DENY };
    expect(await list()).toEqual({ items: [], total: 0 });
  });

  it('never shows the dry run of a create', async () => {
    expect(await summaries({ search: 'never' })).toEqual([]);
  });

  it('sums up what each operation plans', async () => {
    const { operation } = await engine.create({ name: 'planned' });
    await engine.work();
    const [line] = (await list({ search: 'planned' })).items;
    const { plan } = await engine.rooms.operations.get(operation.id, MIRA);
    expect(plan).toMatchObject({ add: 3, change: 0, remove: 0 });
    expect(line).toMatchObject({ id: operation.id, plan });
  });

  it.each([
    'nonsense',
    Buffer.from('{"requestedAt": "x"}').toString('base64url'),
  ])('refuses the cursor %s', async cursor => {
    await expect(list({ cursor })).rejects.toMatchObject({
      name: 'InputError',
      problems: [{ code: 'request.cursor' }],
    });
  });

  it('reads a page of 20,000 operations by an index, without sorting them', async () => {
    const { knex } = engine;
    await knex.raw(`
      INSERT INTO environments (id, name, owner_ref, created_by, type, blueprint_version_id, state,
        inputs, outputs, created_at, updated_at)
      SELECT gen_random_uuid(), 'many-' || n, 'group:default/team-' || n % 40, e.created_by, e.type,
        e.blueprint_version_id, 'running', '{}', '{}', e.created_at, e.updated_at
      FROM environments e, generate_series(1, 400) n WHERE e.name = 'shop-0'`);
    await knex.raw(`
      INSERT INTO operations (id, environment_id, number, kind, state, blueprint_version_id, inputs,
        owner_ref, requested_by, requested_at, cause)
      SELECT gen_random_uuid(), e.id, n, 'update', 'succeeded', e.blueprint_version_id, '{}',
        e.owner_ref, 'user:default/mira',
        '2025-01-01T00:00:00Z'::timestamptz + n * interval '1 minute', '{}'
      FROM environments e, generate_series(1, 50) n WHERE e.name LIKE 'many-%'`);
    await knex.raw('ANALYZE');
    const request = {
      caller: { actor: MINE, ownershipRefs: ['group:default/team-7'] },
      visible: { kind: 'all' } as const,
      limit: 50,
    };
    const explain = async (query: Partial<typeof request> & object) => {
      const seen: string[] = [];
      const note = ({ sql, bindings }: { sql: string; bindings: string[] }) =>
        seen.push(knex.raw(sql.replaceAll(/\$\d+/g, '?'), bindings).toQuery());
      knex.on('query', note);
      await new OperationList(knex).page({ ...request, ...query });
      knex.off('query', note);
      expect(seen).toHaveLength(1);
      const { rows } = await knex.raw(`EXPLAIN ${seen[0]}`);
      return rows.map((row: object) => Object.values(row)[0]).join('\n');
    };
    const [first, { cursor }] = await new OperationList(knex).page(request);
    for (const query of [{}, { cursor }, { kind: ['update'] }]) {
      const plan = await explain(query);
      expect(plan).toContain('Index Scan using operations_newest');
      expect(plan).not.toContain('Sort');
    }
    for (const query of [
      { scope: 'teams' },
      { owner: ['group:default/team-7'] },
      { environmentId: first.item.environmentId },
      { state: ['running', 'waiting'] },
    ]) {
      expect(await explain(query)).not.toContain('Seq Scan on operations');
    }
  });
});
