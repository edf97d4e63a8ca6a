import { resolve } from 'node:path';
import { Knex } from 'knex';
import { randomIds } from '../ids';
import { project } from '../leases/ledger';
import { LedgerStore } from '../leases/ledgerStore';
import { LeaseStore } from '../leases/store';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine } from '../testing/engine';
import { FirstRelease } from './firstRelease';

const directory = resolve(__dirname, '../../migrations');
const OLD_PLAN = {
  summary: { add: 1, change: 0, remove: 0 },
  changes: [
    { address: 'fault_thing.database', type: 'fault_thing', action: 'add' },
  ],
  hash: 'a'.repeat(64),
};

/** Plan and apply per component, as the first release wrote them for a create. */
const createSteps = (state: string, plan?: object) => [
  { component: 'database', action: 'plan', state, plan },
  { component: 'database', action: 'apply', state, after: ['plan database'] },
  { component: 'app', action: 'plan', state, after: ['apply database'] },
  { component: 'app', action: 'apply', state, after: ['plan app'] },
  { component: 'docs', action: 'plan', state },
  { component: 'docs', action: 'apply', state, after: ['plan docs'] },
];

describe('a database of the first release', () => {
  const databases = useTestDatabases();

  /** Down to the first tables, which tries each `down` on the way. */
  async function begin(): Promise<{ knex: Knex; old: FirstRelease }> {
    const knex = await databases.create();
    await knex.migrate.rollback({ directory }, true);
    await knex.migrate.up({ directory, name: '20261121100000_init.js' });
    const old = new FirstRelease(knex);
    await old.publish();
    return { knex, old };
  }

  async function fill(old: FirstRelease) {
    const running = await old.environment({
      name: 'running',
      state: 'running',
      componentState: 'ready',
      applyBegun: true,
      operation: { kind: 'create', state: 'succeeded' },
      steps: createSteps('succeeded', OLD_PLAN),
    });
    const failed = await old.environment({
      name: 'failed',
      state: 'failed',
      componentState: 'failed',
      applyBegun: true,
      operation: { kind: 'destroy', state: 'failed' },
      steps: [
        { component: 'app', action: 'destroy', state: 'failed' },
        {
          component: 'app',
          action: 'prove',
          state: 'skipped',
          after: ['destroy app'],
        },
      ],
      failedTeardowns: 2,
    });
    const destroyed = await old.environment({
      name: 'destroyed',
      state: 'destroyed',
      componentState: 'gone',
      applyBegun: true,
      operation: { kind: 'destroy', state: 'succeeded' },
      steps: [
        { component: 'app', action: 'destroy', state: 'succeeded' },
        {
          component: 'app',
          action: 'prove',
          state: 'succeeded',
          after: ['destroy app'],
        },
      ],
    });
    return { running, failed, destroyed };
  }

  it('keeps its environments, what they were made of, and how their operations ended', async () => {
    const { knex, old } = await begin();
    const { running, failed, destroyed } = await fill(old);
    await knex.migrate.latest({ directory });

    const environment = (id: string) =>
      knex('environments').where({ id }).first();
    expect(await environment(running.id)).toMatchObject({
      state: 'running',
      ready_at: expect.any(Date),
      trial: false,
      labels: {},
    });
    expect(await environment(failed.id)).toMatchObject({
      state: 'failed',
      ready_at: null,
    });
    expect(await environment(destroyed.id)).toMatchObject({
      state: 'destroyed',
      destroyed_at: expect.any(Date),
    });
    expect(
      await knex('environment_components')
        .where({ environment_id: running.id, component: 'app' })
        .first(),
    ).toMatchObject({
      blueprint_version_id: old.versionId,
      made_from: ['database'],
      pausable: false,
      applied_hash: null,
      reported: [],
    });
    expect(
      await knex('operations').where({ id: running.operationId }).first(),
    ).toMatchObject({
      owner_ref: 'group:default/checkout',
      drivers: ['fault'],
      dry_run: false,
      confirm: false,
      state: 'succeeded',
    });
    expect(
      await knex('operation_steps')
        .where({ id: running.steps['plan database'] })
        .first(),
    ).toMatchObject({
      purpose: 'apply',
      plan: {
        hash: OLD_PLAN.hash,
        hasChanges: true,
        unchanged: false,
        deferredBy: [],
        changes: [{ address: 'fault_thing.database', attributes: [] }],
      },
    });
  });

  it('goes on trying the teardown that failed', async () => {
    const { knex, old } = await begin();
    const { failed } = await fill(old);
    await knex.migrate.latest({ directory });
    expect(
      await knex('teardowns').where({ environment_id: failed.id }).first(),
    ).toMatchObject({ failures: 2, next_attempt_at: expect.any(Date) });
  });

  it('has leases that are what their ledgers come to', async () => {
    const { knex, old } = await begin();
    const made = Object.values(await fill(old));
    await knex.migrate.latest({ directory });
    const ids = made.map(({ id }) => id);
    const ledgers = await new LedgerStore().ledgers(knex, ids);
    const leases = await Promise.all(
      ids.map(id => new LeaseStore().get(knex, id)),
    );
    expect(leases).toEqual(ids.map(id => project(ledgers.get(id)!)));
    expect(leases.map(({ stage }) => stage)).toEqual([
      'running',
      'ending',
      'ended',
    ]);
  });

  it('has its queued create carried to the end', async () => {
    const { knex, old } = await begin();
    const queued = await old.environment({
      name: 'queued',
      state: 'provisioning',
      componentState: 'waiting',
      applyBegun: false,
      operation: { kind: 'create', state: 'queued' },
      steps: createSteps('waiting'),
    });
    await prepareStates(knex, queued.id);
    await knex.migrate.latest({ directory });

    const engine = await startTestEngine(knex);
    try {
      await engine.work();
      const environment = await engine.rooms.environments.get(queued.id, MIRA);
      expect(environment).toMatchObject({
        state: 'running',
        latestOperation: { state: 'succeeded', number: 1 },
      });
    } finally {
      await engine.stop();
    }
  });

  it('has its running destroy, which had no plan, carried to the end', async () => {
    const { knex, old } = await begin();
    const running = await old.environment({
      name: 'leaving',
      state: 'destroying',
      componentState: 'ready',
      applyBegun: true,
      operation: { kind: 'destroy', state: 'running' },
      steps: [
        { component: 'docs', action: 'destroy', state: 'succeeded' },
        {
          component: 'docs',
          action: 'prove',
          state: 'succeeded',
          after: ['destroy docs'],
        },
        { component: 'app', action: 'destroy', state: 'running' },
        {
          component: 'app',
          action: 'prove',
          state: 'waiting',
          after: ['destroy app'],
        },
        {
          component: 'database',
          action: 'destroy',
          state: 'waiting',
          after: ['prove app'],
        },
        {
          component: 'database',
          action: 'prove',
          state: 'waiting',
          after: ['destroy database'],
        },
      ],
    });
    await prepareStates(knex, running.id);
    await knex.migrate.latest({ directory });

    const engine = await startTestEngine(knex);
    try {
      await engine.work();
      const environment = await engine.rooms.environments.get(running.id, MIRA);
      expect(environment).toMatchObject({
        state: 'destroyed',
        latestOperation: { state: 'succeeded' },
      });
      const calls = engine.driver.calls.map(
        ({ action, component }) => `${action} ${component}`,
      );
      const isPlan = (call: string) => call.startsWith('plan');
      expect(calls.filter(isPlan).sort()).toEqual([
        'plan app',
        'plan database',
      ]);
      expect(calls.filter(call => !isPlan(call))).toEqual([
        'destroy app',
        'prove app',
        'destroy database',
        'prove database',
      ]);
    } finally {
      await engine.stop();
    }
  });

  it('can be gone back to, without what the first release knows nothing of', async () => {
    const { knex, old } = await begin();
    const { running } = await fill(old);
    const leaving = await old.environment({
      name: 'leaving',
      state: 'destroying',
      componentState: 'ready',
      applyBegun: true,
      operation: { kind: 'destroy', state: 'running' },
      steps: [
        { component: 'app', action: 'destroy', state: 'waiting' },
        {
          component: 'app',
          action: 'prove',
          state: 'waiting',
          after: ['destroy app'],
        },
      ],
    });
    await knex.migrate.latest({ directory });
    await knex('operations')
      .where({ id: running.operationId })
      .update({ kind: 'pause' });

    for (const name of await laterMigrations(knex)) {
      await knex.migrate.down({ directory, name });
    }
    expect(await knex('operations').where({ id: running.operationId })).toEqual(
      [],
    );
    expect(
      await knex('operation_steps')
        .where({ operation_id: leaving.operationId })
        .orderBy('position')
        .select('action', 'after'),
    ).toEqual([
      { action: 'destroy', after: [] },
      { action: 'prove', after: [leaving.steps['destroy app']] },
    ]);
    await knex.migrate.latest({ directory });
  });
});

describe('a database whose versions were published or not, and nothing else', () => {
  const databases = useTestDatabases();
  const name = '20261121240000_version_lifecycle.js';

  async function begin() {
    const knex = await databases.create();
    for (const later of await laterMigrations(knex)) {
      await knex.migrate.down({ directory, name: later });
      if (later === name) break;
    }
    const old = new FirstRelease(knex);
    await old.publish();
    const version = () =>
      knex('blueprint_versions').where({ id: old.versionId });
    return { knex, version };
  }

  it('keeps its versions, and recommends what it recommended', async () => {
    const { knex, version } = await begin();
    await knex.migrate.up({ directory, name });
    expect(await version().first()).toMatchObject({
      status: 'published',
      draft: false,
      notice: null,
      replacement: null,
    });
    expect(await knex('blueprints').first()).toMatchObject({
      recommended_version: '1.0.0',
      recommended_on_purpose: false,
    });
  });

  it('is gone back to with everything that was published, and without drafts', async () => {
    const { knex, version } = await begin();
    await knex.migrate.up({ directory, name });
    const { id: _id, ...row } = await version().first();
    await knex('blueprint_versions').insert(
      [
        { status: 'deprecated', notice: 'Old.', replacement: '1.0.0' },
        { status: 'retired', notice: 'Old.' },
        { status: 'draft', draft: true },
        { status: 'rejected', draft: true },
        { status: 'rejected' },
      ].map((changed, index) => ({
        ...row,
        document: JSON.stringify(row.document),
        problems: JSON.stringify(row.problems),
        id: randomIds.id(),
        version: `2.${index}.0`,
        ...changed,
      })),
    );
    await knex.migrate.down({ directory, name });
    expect(
      await knex('blueprint_versions')
        .orderBy('version')
        .select('version', 'status'),
    ).toEqual([
      { version: '1.0.0', status: 'published' },
      { version: '2.0.0', status: 'published' },
      { version: '2.1.0', status: 'published' },
      { version: '2.4.0', status: 'rejected' },
    ]);
    await knex.migrate.latest({ directory });
  });
});

/** Those after the first release, the newest first. */
async function laterMigrations(knex: Knex): Promise<string[]> {
  const names: string[] = await knex('knex_migrations')
    .orderBy('name', 'desc')
    .pluck('name');
  return names.slice(0, -1);
}

/** As the first release did with each new environment. */
async function prepareStates(knex: Knex, environmentId: string): Promise<void> {
  const components = await knex('environment_components').where({
    environment_id: environmentId,
  });
  for (const { component } of components) {
    await knex('states').insert({
      id: randomIds.id(),
      environment_id: environmentId,
      component,
    });
  }
}
