import { Knex } from 'knex';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ENVIRONMENT_STATES } from '@greenroom/plugin-environments-common';
import { ProblemError } from '../errors';
import { SHOP_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import {
  environmentRequest,
  MIRA,
  startTestEngine,
  TestEngine,
} from '../testing/engine';

/** Rows of every table: what a refused request must leave as it was. */
async function countAll(knex: Knex): Promise<Record<string, number>> {
  const names: string[] = await knex('pg_tables')
    .where({ schemaname: 'public' })
    .orderBy('tablename')
    .pluck('tablename');
  const counts: Record<string, number> = {};
  for (const name of names) {
    const row = await knex(name).count({ count: '*' }).first();
    counts[name] = Number(row?.count);
  }
  return counts;
}

async function refusal(promise: Promise<unknown>): Promise<ProblemError> {
  const error = await promise.then(
    () => undefined,
    thrown => thrown,
  );
  if (error instanceof ProblemError) return error;
  throw new Error(`Not refused as it should be: ${error}`);
}

describe('creating environments', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => {
    engine.policy.basic = AuthorizeResult.ALLOW;
  });

  it('writes everything that belongs to a new environment', async () => {
    const before = await countAll(engine.knex);
    const { environment, operation, expiresAt } = await engine.create();
    expect(environment).toMatchObject({
      state: 'provisioning',
      type: 'sandbox',
      createdBy: 'user:default/mira',
      inputs: { size: 'small', pages: 3 },
      lease: { reason: "1 h, the blueprint's default", expiresAt },
      components: [
        { id: 'database', state: 'waiting' },
        { id: 'app', uses: [{ component: 'database' }] },
        { id: 'docs' },
      ],
    });
    expect(operation.steps).toHaveLength(6);
    const after = await countAll(engine.knex);
    const added = Object.fromEntries(
      Object.entries(after)
        .map(([table, count]) => [table, count - before[table]] as const)
        .filter(([, count]) => count > 0),
    );
    expect(added).toEqual({
      audit_entries: 1,
      environment_components: 3,
      environment_activity: 1,
      environment_schedules: 1,
      environments: 1,
      lease_entries: 1,
      leases: 1,
      operation_steps: 6,
      operations: 1,
      outbox: 1,
      states: 3,
    });
  });

  describe('of a draft', () => {
    const DRAFT = SHOP_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0');
    const request = { version: '2.0.0', dryRun: true, plan: true };

    beforeAll(() =>
      engine.blueprints.publish(DRAFT, undefined, { draft: true }),
    );
    afterEach(() => {
      engine.policy.byPermission = {};
    });

    it('plans one for those who may publish', async () => {
      const { operation } = await engine.create(request);
      await engine.work();
      const done = await engine.rooms.operations.get(operation.id, MIRA);
      expect(done).toMatchObject({
        state: 'succeeded',
        dryRun: true,
        blueprint: { version: '2.0.0' },
      });
    });

    it('knows of none for others', async () => {
      engine.policy.byPermission['environments.blueprint.publish'] = {
        result: AuthorizeResult.DENY,
      };
      const { problems } = await refusal(engine.create(request));
      expect(problems).toMatchObject([{ code: 'blueprint.version.draft' }]);
    });

    it('makes none for anybody', async () => {
      const { problems } = await refusal(engine.create({ version: '2.0.0' }));
      expect(problems).toMatchObject([{ code: 'blueprint.version.draft' }]);
    });
  });

  it('answers a dry run with what it would make, and makes nothing', async () => {
    const before = await countAll(engine.knex);
    const answer = await engine.create({ dryRun: true, ttl: '2m' });
    expect(answer).toEqual({
      blueprint: expect.objectContaining({ name: 'shop', version: '1.0.0' }),
      inputs: { size: 'small', pages: 3 },
      expiresAt: expect.any(String),
    });
    expect(await countAll(engine.knex)).toEqual(before);
  });

  it.each([
    ['a bad name', { name: 'Shop_1' }, '/name'],
    ['a name too long', { name: 'a'.repeat(41) }, '/name'],
    ['a wrong input', { inputs: { size: 'huge' } }, '/inputs/size'],
    ['an unknown input', { inputs: { size: 'small', x: 1 } }, '/inputs/x'],
    ['a missing input', { inputs: {} }, '/inputs/size'],
    ['a TTL past the maximum', { ttl: '3h' }, '/ttl'],
    ['a TTL that is none', { ttl: 'soon' }, '/ttl'],
    ['an owner that is none', { owner: 'checkout' }, '/owner'],
    ['a foreign owner', { owner: 'group:default/payments' }, '/owner'],
  ])(
    'refuses %s beside its field, and leaves nothing',
    async (_, wrong, field) => {
      const before = await countAll(engine.knex);
      const error = await refusal(engine.create(wrong));
      expect(error.name).toBe('InputError');
      expect(error.problems.map(problem => problem.field)).toEqual([field]);
      expect(error.problems[0].remedy).toBeTruthy();
      expect(await countAll(engine.knex)).toEqual(before);
    },
  );

  it('says all that is wrong at once', async () => {
    const error = await refusal(
      engine.create({ name: '!', ttl: '3h', inputs: { size: 'huge' } }),
    );
    expect(error.problems.map(problem => problem.field)).toEqual([
      '/name',
      '/inputs/size',
      '/ttl',
    ]);
  });

  it('names the longest TTL when a longer one is asked for', async () => {
    const error = await refusal(engine.create({ ttl: '3h' }));
    expect(error.message).toContain('2 h');
  });

  it('refuses an unknown blueprint, and leaves nothing', async () => {
    const before = await countAll(engine.knex);
    const error = await refusal(engine.create({ blueprint: 'nothing' }));
    expect(error.name).toBe('NotFoundError');
    expect(await countAll(engine.knex)).toEqual(before);
  });

  it('leaves nothing when the database refuses the last of its writes', async () => {
    await engine.knex.raw(
      'ALTER TABLE audit_entries ADD CONSTRAINT no_more CHECK (false) NOT VALID',
    );
    const before = await countAll(engine.knex);
    await expect(engine.create()).rejects.toThrow('violates check constraint');
    expect(await countAll(engine.knex)).toEqual(before);
    await engine.knex.raw('ALTER TABLE audit_entries DROP CONSTRAINT no_more');
  });

  it('refuses callers without the permission', async () => {
    engine.policy.basic = AuthorizeResult.DENY;
    const error = await refusal(engine.create());
    expect(error.name).toBe('NotAllowedError');
  });

  it('refuses a name that is taken, says whose it is and suggests a free one', async () => {
    const { environment } = await engine.create();
    await engine.create({ name: `${environment.name}-2` });
    const before = await countAll(engine.knex);
    const error = await refusal(engine.create({ name: environment.name }));
    expect(error.name).toBe('ConflictError');
    expect(error.message).toContain('group:default/checkout');
    expect(error.problems[0].remedy).toContain(`${environment.name}-3`);
    expect(await countAll(engine.knex)).toEqual(before);
  });

  it('does not say whose a taken name is to those who may not see it', async () => {
    const { environment } = await engine.create();
    engine.policy.decision = { result: AuthorizeResult.DENY };
    const error = await refusal(engine.create({ name: environment.name }));
    engine.policy.decision = { result: AuthorizeResult.ALLOW };
    expect(error.message).not.toContain('checkout');
  });

  it('lets exactly one of several that ask for one name at once have it', async () => {
    const request = environmentRequest();
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => engine.create(request)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      1,
    );
  });

  it('frees the name of a destroyed environment', async () => {
    const { environment } = await engine.create();
    await engine.work();
    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    const again = await engine.create({ name: environment.name });
    expect(again.environment.id).not.toBe(environment.id);
  });

  it('gives the same answer to the same key and request, even at once', async () => {
    const request = environmentRequest();
    const ask = () =>
      engine.rooms.environments.create(request, MIRA, `key-${request.name}`);
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map(a => a.operation?.id)).size).toBe(1);
    expect((await ask()).operation?.id).toBe(answers[0].operation?.id);
  });

  it('refuses a key that came before with another request', async () => {
    const request = environmentRequest();
    await engine.rooms.environments.create(request, MIRA, request.name);
    const other = { ...request, ttl: '5m' };
    const error = await refusal(
      engine.rooms.environments.create(other, MIRA, request.name),
    );
    expect(error.problems[0].code).toBe('request.idempotency-key.reused');
  });

  describe('a dry run with its plan', () => {
    const trial = { dryRun: true, plan: true };

    it('plans as an operation, and leaves nothing that anybody could see', async () => {
      const { environments, operations } = engine.rooms;
      const before = await environments.list({}, MIRA);
      const counts = await environments.counts(MIRA);
      const name = environmentRequest().name;
      const { environment, operation, expiresAt } = await engine.create({
        ...trial,
        name,
      });
      expect(environment).toBeUndefined();
      expect(expiresAt).toEqual(expect.any(String));
      expect(operation).toMatchObject({ kind: 'create', dryRun: true });
      await engine.work();

      const ended = await operations.get(operation.id, MIRA);
      expect(ended).toMatchObject({
        state: 'succeeded',
        environmentName: name,
        steps: [
          { component: 'database', action: 'plan', state: 'succeeded' },
          { component: 'app', deferredBy: ['database'] },
          { component: 'docs', state: 'succeeded' },
        ],
      });
      const plan = await operations.plan(operation.id, MIRA);
      expect(plan.summary).toEqual({ add: 2, change: 0, remove: 0 });
      expect(engine.driver.world.keys()).not.toContainEqual(
        expect.stringContaining(operation.environmentId),
      );

      const states = [...ENVIRONMENT_STATES];
      for (const query of [
        {},
        { state: states },
        { search: name, state: states },
      ]) {
        const { items } = await environments.list(query, MIRA);
        expect(items.map(item => item.name)).not.toContain(name);
      }
      expect((await environments.list({}, MIRA)).total).toBe(before.total);
      expect(await environments.counts(MIRA)).toEqual(counts);
      const listed = await operations.list({ search: name }, MIRA);
      expect(listed).toEqual({ items: [], total: 0 });
      for (const look of [
        () => environments.getByName(name, MIRA),
        () => environments.get(operation.environmentId, MIRA),
        () => engine.submit(operation.environmentId, { kind: 'destroy' }),
      ]) {
        expect((await refusal(look())).problems[0].code).toBe(
          'environment.not-found',
        );
      }
    });

    it('does not stand before a destroyed environment of its name', async () => {
      const { environment } = await engine.create();
      await engine.work();
      await engine.submit(environment.id, { kind: 'destroy' });
      await engine.work();
      await engine.create({ ...trial, name: environment.name });
      const found = await engine.rooms.environments.getByName(
        environment.name,
        MIRA,
      );
      expect(found.id).toBe(environment.id);
    });

    it('does not hold the name', async () => {
      const { name } = environmentRequest();
      await engine.create({ ...trial, name });
      await engine.create({ ...trial, name });
      await engine.work();
      const { environment } = await engine.create({ name });
      expect(environment.name).toBe(name);
    });

    it('is refused like a real one', async () => {
      const before = await countAll(engine.knex);
      const { environment } = await engine.create();
      const between = await countAll(engine.knex);
      const taken = await refusal(
        engine.create({ ...trial, name: environment.name }),
      );
      expect(taken.problems[0].code).toBe('environment.name.taken');
      const wrong = await refusal(
        engine.create({ ...trial, inputs: { size: 'huge' } }),
      );
      expect(wrong.problems[0].field).toBe('/inputs/size');
      expect(await countAll(engine.knex)).toEqual(between);
      expect(between).not.toEqual(before);
    });

    it('is made once for the same key and request', async () => {
      const request = { ...environmentRequest(), ...trial };
      const ask = () =>
        engine.rooms.environments.create(request, MIRA, `key-${request.name}`);
      const answers = await Promise.all([ask(), ask()]);
      expect(answers[0].operation?.id).toBe(answers[1].operation?.id);
      expect(answers[0].environment).toBeUndefined();
    });
  });
});
