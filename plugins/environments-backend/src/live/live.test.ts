import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentReadPermission,
  environmentUpdatePermission,
} from '@greenroom/plugin-environments-common';
import {
  DriverError,
  EnvironmentDriver,
} from '@greenroom/plugin-environments-node';
import {
  FaultDriver,
  FaultLiveScript,
} from '@greenroom/plugin-environments-node/contract-kit';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

const SECRET = 'correct horse/battery';
const NOBODY = '7f2c1d3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
const DENY = { result: AuthorizeResult.DENY } as const;

/** Two components that a system looks after, one of which gets secrets, and one that none does. */
const BLUEPRINT = `apiVersion: greenroom.dev/v1
kind: EnvironmentBlueprint
metadata: {name: live, title: Live}
spec:
  type: sandbox
  owner: group:default/platform
  version: 1.0.0
  inputs:
    type: object
    required: [password]
    properties:
      password: {type: string, minLength: 8, ui:field: Secret}
  components:
    database: {driver: fault, source: ./database, with: {size: small}}
    app:
      driver: fault
      source: ./app
      with: {color: red, url: 'db://admin:\${{ inputs.password }}@db'}
      pause: {with: {color: none}}
    files: {driver: blind, source: ./files, with: {}}
  outputs: {}
  ttl: {default: 1h}
`;

/** A driver with nothing that looks after what it makes. */
function blind(driver: FaultDriver): EnvironmentDriver {
  return {
    id: 'blind',
    validate: context => driver.validate(context),
    plan: (context, purpose) => driver.plan(context, purpose),
    apply: (context, hash) => driver.apply(context, hash),
    destroy: context => driver.destroy(context),
    prove: context => driver.prove(context),
  };
}

const fails = (message: string): FaultLiveScript => ({
  asked: () => {
    throw new DriverError({ code: 'fault.away', message, remedy: message });
  },
});
const breaks: FaultLiveScript = {
  asked: () => {
    throw new TypeError(`a bug with ${SECRET}`);
  },
};

describe('What runs of an environment', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create(), {
      drivers: [blind(new FaultDriver({ id: 'blind' }))],
    });
    await engine.blueprints.publish(BLUEPRINT);
    const { environment } = await engine.create({
      name: 'shop',
      blueprint: 'live',
      inputs: { password: SECRET },
    });
    await engine.work();
    id = environment.id;
  });
  afterEach(() => engine.stop());

  const drift = () =>
    engine.driver.world.drift(id, 'app', 'fault_thing.app', { color: 'blue' });
  const looks = (component: string, live: FaultLiveScript) =>
    engine.driver.script(component, { live });
  const lose = (component: string) =>
    engine
      .knex('environment_components')
      .where({ environment_id: id, component })
      .update({ driver: 'lost' });
  const list = () => engine.rooms.live.list(id, MIRA);
  const get = (component: string) => engine.rooms.live.get(id, component, MIRA);
  const sync = (component = 'app') =>
    engine.rooms.liveCommands.sync(id, component, MIRA);
  const rollBack = (to: string) =>
    engine.rooms.liveCommands.rollBack(id, 'app', { to }, MIRA);
  const asked = () =>
    engine.driver.live.calls.map(({ action, component }) =>
      [action, component].join(' '),
    );
  const records = () =>
    engine
      .knex('audit_entries')
      .where({ environment_id: id })
      .where('action', 'like', 'component.%')
      .orderBy('id')
      .select('action', 'actor', 'details');
  const run = async (kind: 'pause' | 'destroy') => {
    await engine.submit(id, { kind });
    await engine.work();
  };
  const problem = (code: string, more = {}) => ({
    problems: [{ code, ...more }],
  });

  describe('as a list', () => {
    it('has the components that a system looks after, in their order', async () => {
      drift();
      expect(await list()).toMatchObject({
        items: [
          {
            component: 'database',
            driver: 'fault',
            name: 'shop-database',
            sync: 'synced',
            health: 'healthy',
          },
          { component: 'app', name: 'shop-app', sync: 'outOfSync' },
        ],
        problems: [],
      });
    });

    it('says which system could not be asked, and tells of the others', async () => {
      looks('app', fails(`Nobody is there with ${SECRET}`));
      expect(await list()).toEqual({
        items: [expect.objectContaining({ component: 'database' })],
        problems: [
          {
            code: 'fault.away',
            message: 'Nobody is there with •••',
            remedy: 'Nobody is there with •••',
          },
        ],
      });
    });

    it('says that a driver broke, with a reference to the log', async () => {
      looks('app', breaks);
      const { items, problems } = await list();
      expect(items).toEqual([]);
      expect(problems).toMatchObject([{ code: 'unexpected' }]);
      const [, reference] = /reference (\S+),/.exec(problems[0].remedy!)!;
      expect(engine.logger.error).toHaveBeenCalledWith(
        expect.stringContaining(reference),
        expect.anything(),
      );
      expect(JSON.stringify(problems)).not.toContain(SECRET);
    });

    it('says that a driver is not installed', async () => {
      await lose('files');
      const { items, problems } = await list();
      expect(items).toHaveLength(2);
      expect(problems).toMatchObject([{ code: 'driver.missing' }]);
    });

    it('is empty for what was destroyed, and nobody is asked', async () => {
      await run('destroy');
      const before = asked();
      expect(await list()).toEqual({ items: [], problems: [] });
      expect(asked()).toEqual(before);
    });

    it('is empty for what was never made, and nobody is asked', async () => {
      const { environment } = await engine.create({
        blueprint: 'live',
        inputs: { password: SECRET },
      });
      const found = await engine.rooms.live.list(environment.id, MIRA);
      expect(found).toEqual({ items: [], problems: [] });
      expect(asked()).toEqual([]);
    });
  });

  describe('as one component', () => {
    it('has everything that is seen, with what differs', async () => {
      drift();
      expect(await get('app')).toMatchObject({
        component: 'app',
        driver: 'fault',
        sync: 'outOfSync',
        resources: [{ name: 'fault_thing.app', sync: 'outOfSync' }],
        orphaned: [],
        omittedResources: 0,
        changes: [
          {
            address: 'fault_thing.app',
            action: 'change',
            attributes: [
              { path: 'color', before: 'red', after: 'blue' },
              { path: 'url', before: '•••' },
            ],
          },
        ],
        history: [{ revision: 'revision 1' }],
      });
    });

    it('shows no secret, wherever its system tells of it', async () => {
      const text = `see ${SECRET}`;
      const resource = {
        id: 'one',
        group: '',
        kind: 'Pod',
        namespace: text,
        name: text,
        message: text,
        images: [text],
      };
      const shows = {
        name: text,
        url: `https://there/${encodeURIComponent(SECRET)}`,
        message: text,
        revision: text,
        resources: [resource],
        orphaned: [resource],
        history: [{ id: '1', revision: text, source: text }],
        operation: { phase: 'failed' as const, message: text, revision: text },
      };
      looks('app', { shows });
      const shown = JSON.stringify([await get('app'), await list()]);
      expect(shown.match(/•••/g)!.length).toBeGreaterThan(15);
      expect(shown).not.toMatch(/correct|horse|battery/);
    });

    it('says why it can not be told', async () => {
      looks('app', fails(`Nobody is there with ${SECRET}`));
      await expect(get('app')).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        ...problem('fault.away', { message: 'Nobody is there with •••' }),
      });
      looks('app', breaks);
      await expect(get('app')).rejects.toThrow('A driver has failed');
      await lose('app');
      await expect(get('app')).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        ...problem('driver.missing'),
      });
    });

    it('is one of those that there are', async () => {
      await expect(get('web')).rejects.toMatchObject({
        name: 'NotFoundError',
        ...problem('component.unknown', {
          message: expect.stringContaining('database, app, files'),
        }),
      });
    });

    it('is one that a system looks after', async () => {
      await expect(get('files')).rejects.toMatchObject({
        name: 'ConflictError',
        ...problem('live.unseen', {
          component: 'files',
          message: expect.stringContaining('its driver "blind"'),
        }),
      });
    });

    it('is one that is there', async () => {
      engine.driver.world.drift(id, 'app', 'fault_thing.app');
      expect(await get('app')).toMatchObject({ health: 'missing' });
      const { environment } = await engine.create({
        blueprint: 'live',
        inputs: { password: SECRET },
      });
      await engine
        .knex('environment_components')
        .where({ environment_id: environment.id })
        .update({ apply_begun: true });
      await expect(
        engine.rooms.live.get(environment.id, 'app', MIRA),
      ).rejects.toMatchObject(problem('live.not-there'));
      await engine.work();
      await run('destroy');
      await expect(get('app')).rejects.toMatchObject({
        name: 'NotFoundError',
        ...problem('live.not-there'),
      });
    });
  });

  describe('may be made again', () => {
    it('as it was last applied, for whom the record names', async () => {
      drift();
      await sync();
      expect((await get('app')).sync).toBe('synced');
      expect(engine.driver.live.calls[0]).toMatchObject({
        action: 'sync',
        by: 'user:default/mira',
      });
      const entry = {
        actor: 'user:default/mira',
        details: { component: 'app' },
      };
      expect(await records()).toEqual([
        { action: 'component.sync.requested', ...entry },
        { action: 'component.synced', ...entry },
      ]);
    });

    it('which is a use of the environment', async () => {
      await sync();
      expect(
        await engine
          .knex('activity_signals')
          .where({ environment_id: id })
          .select('signal', 'seen_at', 'evidence'),
      ).toEqual([
        {
          signal: 'live',
          seen_at: engine.clock.now(),
          evidence: { by: 'user:default/mira', note: 'synced app' },
        },
      ]);
    });

    it('as it was before, which what is declared does not follow', async () => {
      const { history } = await get('app');
      await rollBack(history[0].id);
      expect(engine.driver.live.calls.at(-1)).toMatchObject({
        action: 'rollback',
        to: history[0].id,
      });
      const details = { component: 'app', to: history[0].id };
      expect(await records()).toMatchObject([
        { action: 'component.rollback.requested', details },
        { action: 'component.rolled-back', details },
      ]);
    });

    it('and who asks is on record before the system is', async () => {
      const seen: unknown[] = [];
      looks('app', {
        asked: async () => {
          seen.push(await records());
        },
      });
      await sync();
      expect(seen).toMatchObject([[{ action: 'component.sync.requested' }]]);
    });

    it('unless its system refuses, which is on record', async () => {
      await expect(rollBack('none')).rejects.toMatchObject({
        name: 'ConflictError',
        ...problem('fault.history'),
      });
      looks('app', fails(`Not with ${SECRET}`));
      await expect(sync()).rejects.toMatchObject(
        problem('fault.away', { message: 'Not with •••' }),
      );
      looks('app', breaks);
      await expect(sync()).rejects.toThrow('A driver has failed');
      const failed = (await records()).filter(({ action }) =>
        action.endsWith('.failed'),
      );
      expect(failed).toMatchObject([
        {
          action: 'component.rollback.failed',
          details: { component: 'app', to: 'none', code: 'fault.history' },
        },
        {
          action: 'component.sync.failed',
          details: { component: 'app', code: 'fault.away' },
        },
        { action: 'component.sync.failed', details: { code: 'unexpected' } },
      ]);
    });

    describe('and nobody is asked, nor is anything on record,', () => {
      /** What a call was refused for, and whether it left a trace. */
      async function refusal(call: () => Promise<void>) {
        const error = await call().catch(thrown => thrown);
        const { problems } = error;
        return { problems, asked: asked(), records: await records() };
      }
      const untouched = (code: string, more = {}) => ({
        ...problem(code, more),
        asked: [],
        records: [],
      });

      it('while an operation has the environment', async () => {
        const { id: operationId } = await engine.submit(id, { kind: 'pause' });
        const remedy = expect.not.stringContaining('queued');
        const busy = untouched('environment.busy', { operationId, remedy });
        expect(await refusal(sync)).toMatchObject(busy);
        expect(await refusal(() => rollBack('1'))).toMatchObject(busy);
      });

      it('once it is destroyed', async () => {
        await run('destroy');
        expect(await refusal(sync)).toMatchObject(
          untouched('environment.destroyed'),
        );
      });

      it('of what ran before, while it is paused', async () => {
        await run('pause');
        expect(await refusal(() => rollBack('1'))).toMatchObject(
          untouched('live.paused'),
        );
      });

      it('of what ran before, while a pause of others has failed', async () => {
        await engine
          .knex('environment_components')
          .where({ environment_id: id, component: 'app' })
          .update({ state: 'paused' });
        expect(await refusal(() => rollBack('1'))).toMatchObject(
          untouched('live.paused'),
        );
      });

      it('of a component that was never made, is unknown or unseen', async () => {
        await engine
          .knex('environment_components')
          .where({ environment_id: id, component: 'app' })
          .update({ apply_begun: false });
        expect(await refusal(sync)).toMatchObject(untouched('live.not-there'));
        expect(await refusal(() => sync('web'))).toMatchObject(
          untouched('component.unknown'),
        );
        expect(await refusal(() => sync('files'))).toMatchObject(
          untouched('live.unseen'),
        );
      });

      it('by those who may only see it', async () => {
        engine.policy.byPermission[environmentUpdatePermission.name] = DENY;
        const why = untouched('environment.not-allowed');
        expect(await refusal(sync)).toMatchObject(why);
        expect(await refusal(() => rollBack('1'))).toMatchObject(why);
      });
    });

    it('while it is paused, as it was paused', async () => {
      await run('pause');
      await sync();
      expect(asked()).toEqual(['sync app']);
    });

    it('while its teardown is only being checked', async () => {
      await engine.rooms.teardownCheckRequests.check(id, MIRA);
      await sync();
      expect(asked()).toEqual(['sync app']);
    });
  });

  it('is nothing to those who may not see it, nor is what was only tried', async () => {
    const hidden = problem('environment.not-found');
    const none = [
      () => engine.rooms.live.list(NOBODY, MIRA),
      () => engine.rooms.live.get(NOBODY, 'app', MIRA),
      () => engine.rooms.liveCommands.sync(NOBODY, 'app', MIRA),
    ];
    for (const call of none) {
      await expect(call()).rejects.toMatchObject(hidden);
    }
    await engine.knex('environments').where({ id }).update({ trial: true });
    await expect(list()).rejects.toMatchObject(hidden);
    await engine.knex('environments').where({ id }).update({ trial: false });
    engine.policy.byPermission[environmentReadPermission.name] = DENY;
    for (const call of [list, () => get('app'), sync, () => rollBack('1')]) {
      await expect(call()).rejects.toMatchObject(hidden);
    }
    expect(asked()).toEqual([]);
  });
});
