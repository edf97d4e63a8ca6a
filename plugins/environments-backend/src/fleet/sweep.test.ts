import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { environmentUpdatePermission } from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { DateTime } from 'luxon';
import { problemsOf } from '../errors';
import { useTestDatabases } from '../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../testing/engine';
import {
  Fleet,
  FLEET_BLUEPRINT,
  FLEET_BLUEPRINT_2,
  furnishFleet,
} from './__testUtils__/fleet';

const databases = useTestDatabases();
let engine: TestEngine;
let fleet: Fleet;
const groups = [OWNER];
const member = () => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'mira', namespace: 'default' },
  relations: groups.map(targetRef => ({ type: 'memberOf', targetRef })),
});

beforeEach(async () => {
  groups.splice(0, groups.length, OWNER);
  engine = await startTestEngine(await databases.create(), {
    // Read anew each time: people come and go.
    catalog: {
      getEntitiesByRefs: (request, options) =>
        catalogServiceMock({ entities: [member()] }).getEntitiesByRefs(
          request,
          options,
        ),
    },
  });
  fleet = await furnishFleet(
    engine,
    ['ash', 'birch', 'cedar'].map(name => ({ name })),
  );
});
afterEach(() => engine.stop());

const idOf = (name: string) => fleet.ids.get(name)!;
const one = { concurrency: 1 };

describe('an environment of a fleet upgrade', () => {
  it('is checked before it is upgraded, by operations that lead back to it', async () => {
    const { id } = await fleet.create({
      selection: { blueprint: 'fleet', name: ['ash'] },
    });
    await fleet.run(id);
    const { items } = await engine.rooms.operations.list(
      { environmentId: idOf('ash') },
      MIRA,
    );
    expect(items).toMatchObject([
      {
        kind: 'upgrade',
        dryRun: false,
        requestedBy: 'user:default/mira',
        plan: { add: 0, change: 1, remove: 0 },
        cause: {
          code: 'fleet',
          fleetUpgradeId: id,
          message:
            'Upgrade of the fleet to 2.0.0, wave 1: the second is better',
        },
      },
      { kind: 'remediate', dryRun: true, cause: { code: 'fleet' } },
      { kind: 'create' },
    ]);
    expect(await fleet.all(id)).toMatchObject([
      {
        name: 'ash',
        from: '1.0.0',
        state: 'succeeded',
        operation: { id: items[0].id, number: 3, dryRun: false },
      },
    ]);
  });

  it('is set aside when it has drifted, and stays as it is', async () => {
    const { id } = await fleet.create();
    engine.driver.world.drift(idOf('birch'), 'site', 'fault_thing.site', {
      color: 'by hand',
    });
    await fleet.run(id);
    expect(await fleet.states(id)).toEqual({
      ash: 'succeeded',
      birch: 'fleet.environment.drifted',
      cedar: 'succeeded',
    });
    const { resources } = engine.driver.world.look(idOf('birch'), 'site');
    expect(resources).toMatchObject([{ attributes: { color: 'by hand' } }]);
    expect(await fleet.upgrades()).toEqual(['ash', 'cedar']);
  });

  it('is set aside when somebody was faster, whatever they did', async () => {
    const { id } = await fleet.create({ concurrency: 1 });
    await engine.submit(idOf('ash'), { kind: 'pause' }).catch(() => {});
    await engine.submit(idOf('ash'), { kind: 'update' });
    await engine.submit(idOf('birch'), { kind: 'destroy' });
    await engine.work();
    await fleet.run(id);
    expect(await fleet.states(id)).toEqual({
      ash: 'fleet.environment.changed',
      birch: 'fleet.environment.gone',
      cedar: 'succeeded',
    });
    expect(await fleet.upgrades()).toEqual(['cedar']);
  });

  it('is set aside when somebody is faster between its check and its upgrade', async () => {
    const { id } = await fleet.create({
      selection: { blueprint: 'fleet', name: ['ash'] },
    });
    await fleet.tick();
    await engine.work();
    await engine.submit(idOf('ash'), { kind: 'update' });
    await fleet.tick();
    await engine.work();
    await fleet.run(id);
    expect(await fleet.states(id)).toEqual({
      ash: 'fleet.environment.changed',
    });
    expect(await fleet.upgrades()).toEqual([]);
  });

  it('is set aside when it is about to expire by its turn', async () => {
    const { id } = await fleet.create();
    await engine
      .knex('leases')
      .where({ environment_id: idOf('cedar') })
      .update({ last_warning_at: engine.clock.now() });
    await fleet.run(id);
    expect(await fleet.states(id)).toMatchObject({
      ash: 'succeeded',
      cedar: 'fleet.environment.expiring',
    });
  });

  it('waits for a dry run of somebody else, which changes nothing', async () => {
    const { id } = await fleet.create({
      selection: { blueprint: 'fleet', name: ['ash'] },
    });
    await engine.submit(idOf('ash'), { kind: 'update', dryRun: true });
    await fleet.tick();
    expect(await fleet.states(id)).toEqual({ ash: 'checking' });
    await engine.work();
    await fleet.run(id);
    expect(await fleet.states(id)).toEqual({ ash: 'succeeded' });
  });

  it('counts as failed when it can not even be checked', async () => {
    engine.driver.script('site', {
      plan: () => {
        throw new Error('no way in');
      },
    });
    const { id } = await fleet.create(one);
    expect(await fleet.run(id)).toMatchObject({
      state: 'stopped',
      counts: { failed: 1, waiting: 2 },
    });
  });

  it('keeps its secrets, which nobody can give to a fleet', async () => {
    const vaulted = (text: string) =>
      text
        .replace('name: fleet', 'name: vaulted')
        .replace(
          'properties:',
          'required: [key]\n    properties:\n      key: {type: string, ui:field: Secret}',
        );
    await engine.blueprints.publish(vaulted(FLEET_BLUEPRINT));
    const made = await engine.create({
      name: 'safe',
      blueprint: 'vaulted',
      inputs: { key: 'open sesame' },
    });
    await engine.work();
    await engine.blueprints.publish(vaulted(FLEET_BLUEPRINT_2));
    const selection = { blueprint: 'vaulted' };
    const refused = await fleet
      .create({ selection, inputs: { key: 'another' } })
      .catch(problemsOf);
    expect(refused).toMatchObject([
      { code: 'fleet.inputs.secret', field: '/inputs/key' },
    ]);
    const { id } = await fleet.create({ selection });
    await fleet.run(id);
    expect(await fleet.states(id)).toEqual({ safe: 'succeeded' });
    expect(
      await engine.rooms.environments.get(made.environment.id, MIRA),
    ).toMatchObject({
      blueprint: { version: '2.0.0' },
      inputs: { breaks: false },
      secretInputs: ['key'],
    });
  });

  it('keeps its own inputs, and takes those that are given for it', async () => {
    const { id } = await fleet.create({
      inputs: { breaks: false },
      environmentInputs: { birch: { breaks: true } },
      failureBudget: 1,
    });
    await fleet.run(id);
    expect(await fleet.states(id)).toEqual({
      ash: 'succeeded',
      birch: 'failed',
      cedar: 'succeeded',
    });
  });
});

describe('a fleet upgrade', () => {
  it('begins nothing while it is paused, and lets go on what has begun', async () => {
    const { id } = await fleet.create(one);
    await fleet.run(id, ({ counts }) => counts.upgrading === 1);
    expect(await fleet.move(id, 'pause')).toMatchObject({
      state: 'paused',
      because: { message: 'user:default/mira: we looked at it' },
    });
    const paused = await fleet.run(id);
    expect(paused.counts).toMatchObject({ succeeded: 1, waiting: 2 });
    expect(paused.finishedAt).toBeUndefined();
    await fleet.move(id, 'resume');
    expect(await fleet.run(id)).toMatchObject({
      state: 'completed',
      counts: { succeeded: 3 },
    });
  });

  it('checks again after a pause what it had only checked', async () => {
    const { id } = await fleet.create(one);
    await fleet.tick();
    await fleet.move(id, 'pause');
    await engine.work();
    await fleet.run(id);
    expect(await fleet.states(id)).toMatchObject({ ash: 'waiting' });
    engine.driver.world.drift(idOf('ash'), 'site', 'fault_thing.site', {
      color: 'by hand',
    });
    await fleet.move(id, 'resume');
    await fleet.run(id);
    expect(await fleet.states(id)).toMatchObject({
      ash: 'fleet.environment.drifted',
    });
  });

  it('leaves for good what had not begun when it is aborted', async () => {
    const { id } = await fleet.create(one);
    await fleet.run(id, ({ counts }) => counts.upgrading === 1);
    await fleet.move(id, 'abort');
    expect((await fleet.get(id)).finishedAt).toBeUndefined();
    expect(await fleet.run(id)).toMatchObject({
      state: 'aborted',
      counts: { succeeded: 1, left: 2 },
      finishedAt: expect.any(String),
      moves: [
        { move: 'pause', allowed: false, reason: 'It was aborted.' },
        { move: 'resume', allowed: false },
        { move: 'abort', allowed: false },
      ],
    });
    const again = fleet.move(id, 'resume');
    await expect(again).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await fleet.upgrades()).toEqual(['ash']);
  });

  it('begins only inside its windows', async () => {
    const now = DateTime.fromJSDate(engine.clock.now(), { zone: 'UTC' });
    const opens = now.plus({ hours: 2 }).startOf('hour');
    const window = {
      days: [
        (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const)[
          opens.weekday - 1
        ],
      ],
      from: opens.toFormat('HH:mm'),
      to: opens.plus({ hours: 1 }).toFormat('HH:mm'),
      timeZone: 'UTC',
    };
    const { id } = await fleet.create({ windows: [window] });
    expect(await fleet.run(id)).toMatchObject({
      state: 'running',
      opensAt: opens.toJSDate().toISOString(),
      counts: { waiting: 3 },
    });
    engine.clock.advance(opens.toSeconds() - now.toSeconds());
    expect(await fleet.run(id)).toMatchObject({ state: 'completed' });
  });

  it('asks once for each environment, however many processes look and wherever one dies', async () => {
    const { id } = await fleet.create({ concurrency: 3 });
    const forget = (column: string) =>
      engine.knex('fleet_environments').update({ [column]: null });
    engine.clock.advance(2);
    const tick = () => engine.rooms.fleetSweep.tick(engine.clock.now());
    await Promise.all([tick(), tick(), tick()]);
    // As if the process had died after it had asked and before it had noted that.
    await forget('check_operation_id');
    await fleet.tick();
    await engine.work();
    await fleet.tick();
    await forget('operation_id');
    // Two at once: as when one is so slow that another takes its place.
    engine.clock.advance(2);
    await Promise.all([tick(), tick()]);
    await engine.knex('fleet_upgrades').update({ look_at: engine.clock.now() });
    await tick();
    await engine.work();
    expect(await fleet.run(id)).toMatchObject({ counts: { succeeded: 3 } });
    expect(await fleet.upgrades()).toEqual(['ash', 'birch', 'cedar']);
    expect(
      await engine.knex('operations').where({ kind: 'remediate' }),
    ).toHaveLength(3);
  });

  it('goes on with what a process had asked for that died, even while it is paused', async () => {
    const { id } = await fleet.create(one);
    await fleet.run(id, ({ counts }) => counts.upgrading === 1);
    await engine.knex('fleet_environments').update({ operation_id: null });
    await fleet.move(id, 'pause');
    await fleet.run(id);
    expect(await fleet.states(id)).toMatchObject({ ash: 'succeeded' });
  });

  it('takes back the turn of an environment for which nothing was asked before it was halted', async () => {
    const { id } = await fleet.create(one);
    await engine
      .knex('fleet_environments')
      .where({ position: 0 })
      .update({ state: 'upgrading', attempt: 1, actor: 'user:default/mira' });
    await fleet.move(id, 'pause');
    await fleet.run(id);
    expect(await fleet.states(id)).toMatchObject({ ash: 'waiting' });
    await fleet.move(id, 'resume');
    await engine
      .knex('fleet_environments')
      .where({ position: 0 })
      .update({ state: 'upgrading', attempt: 1 });
    await fleet.move(id, 'abort');
    await fleet.run(id);
    expect(await fleet.states(id)).toMatchObject({ ash: 'left' });
    expect(await fleet.upgrades()).toEqual([]);
  });

  it('upgrades with the rights of whoever resumed it last, as its environments are by then', async () => {
    const allow = (claims: string[]) => {
      engine.policy.byPermission[environmentUpdatePermission.name] =
        createEnvironmentConditionalDecision(
          environmentUpdatePermission,
          environmentConditions.isOwner({ claims }),
        );
    };
    allow([OWNER]);
    const { id } = await fleet.create(one);
    await engine
      .knex('environments')
      .where({ name: 'birch' })
      .update({ owner_ref: 'group:default/other' });
    await fleet.run(id, ({ counts }) => counts['set-aside'] === 1);
    expect(await fleet.states(id)).toMatchObject({
      ash: 'succeeded',
      birch: 'fleet.environment.not-allowed',
    });
    await fleet.move(id, 'pause');
    await fleet.run(id);
    allow(['group:default/none']);
    await fleet.move(id, 'resume');
    await fleet.run(id);
    expect(await fleet.states(id)).toMatchObject({
      cedar: 'fleet.environment.not-allowed',
    });
  });

  it('pauses when whoever it acts for has left a group', async () => {
    const { id } = await fleet.create(one);
    await fleet.run(id, ({ counts }) => counts.succeeded === 1);
    groups.splice(0, groups.length, 'group:default/elsewhere');
    expect(await fleet.run(id)).toMatchObject({
      state: 'paused',
      because: { code: 'fleet.mandate-lapsed' },
      counts: { succeeded: 1, waiting: 2 },
    });
    await fleet.move(id, 'resume');
    expect(await fleet.run(id)).toMatchObject({ counts: { succeeded: 3 } });
  });

  it('pauses when its version is retired meanwhile', async () => {
    const { id } = await fleet.create(one);
    await engine.blueprints.service.moveVersion(
      'fleet',
      '2.0.0',
      { status: 'retired', reason: 'it is wrong', message: 'It loses data.' },
      MIRA,
    );
    expect(await fleet.run(id)).toMatchObject({
      state: 'paused',
      because: { code: 'blueprint.version.retired' },
      counts: { waiting: 3 },
    });
  });

  it('is moved by those alone who may, and says so', async () => {
    const { id } = await fleet.create();
    engine.policy.byPermission['environments.fleet.upgrade'] = {
      result: AuthorizeResult.DENY,
    };
    const refused = await fleet.move(id, 'pause').catch(problemsOf);
    expect(refused).toMatchObject([{ code: 'fleet.not-allowed' }]);
    expect((await fleet.get(id)).moves[0]).toMatchObject({
      move: 'pause',
      allowed: false,
      reason: 'You may not upgrade fleets of this blueprint.',
    });
  });

  it('is begun once under one key', async () => {
    const ask = (reason?: string) =>
      engine.rooms.fleet.create(
        fleet.request(reason ? { reason } : {}),
        MIRA,
        'mine',
      );
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second.id).toBe(first.id);
    expect((await ask()).id).toBe(first.id);
    const refused = await ask('another').catch(problemsOf);
    expect(refused).toMatchObject([{ code: 'request.idempotency-key.reused' }]);
    expect(await engine.knex('fleet_upgrades')).toHaveLength(1);
    expect(
      await engine.knex('audit_entries').where('action', 'like', 'fleet%'),
    ).toMatchObject([
      {
        action: 'fleet.upgrade.requested',
        actor: 'user:default/mira',
        details: { fleetUpgrade: first.id, environments: 3 },
      },
    ]);
  });

  it('is not held up by another one that can not be seen to', async () => {
    const broken = await fleet.create({
      selection: { blueprint: 'fleet', name: ['ash'] },
    });
    const good = await fleet.create({
      selection: { blueprint: 'fleet', name: ['birch'] },
    });
    await engine
      .knex('fleet_upgrades')
      .where({ id: broken.id })
      .update({ windows: '[{"days": 1}]' });
    await fleet.run(good.id, ({ state }) => state === 'completed');
    expect(engine.logger.error).toHaveBeenCalledWith(
      `Could not see to fleet upgrade ${broken.id}`,
      expect.anything(),
    );
  });
});
