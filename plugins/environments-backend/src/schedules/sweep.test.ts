import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine } from '../testing/engine';
import { Lab, startLab } from '../testing/lab';
import { ScheduleSettings } from './settings';

const NIGHTLY = {
  sleep: '0 19 * * *',
  wake: '0 8 * * *',
  timeZone: 'UTC',
};

describe('the schedule sweep', () => {
  const databases = useTestDatabases();
  let lab: Lab;

  afterEach(() => lab.engine.stop());

  const neverExpires = () =>
    lab.engine.knex('leases').update({ expires_at: null, due_at: null });
  const tick = () =>
    lab.engine.rooms.scheduleSweep.tick(lab.engine.clock.now());
  /** At noon, with an environment that its schedule was told of. */
  const start = async (schedules?: ScheduleSettings) => {
    lab = await startLab(await databases.create(), {
      schedules: schedules ?? {
        rules: [{ match: { type: ['sandbox'] }, schedule: NIGHTLY }],
        calendars: new Map(),
      },
    });
    lab.engine.clock.goTo(new Date('2040-11-20T12:00:00Z'));
    await neverExpires();
    await tick();
  };
  const at = async (time: string) => {
    lab.engine.clock.goTo(new Date(`2040-11-${time}:00Z`));
    const count = await tick();
    await lab.engine.work();
    return { count, state: (await lab.get()).state };
  };
  const entries = () =>
    lab.engine
      .knex('lease_entries')
      .whereIn('kind', ['pause', 'wake'])
      .orderBy('id')
      .select('kind', 'actor', 'rule', 'reason');

  it('lets an environment sleep in the evening and wakes it in the morning', async () => {
    await start();
    expect(await lab.get()).toMatchObject({
      state: 'running',
      schedule: {
        ...NIGHTLY,
        rule: 'config.schedules.rules[0]',
        next: { kind: 'sleep', at: '2040-11-20T19:00:00.000Z' },
      },
    });
    expect(await at('20T18:59')).toEqual({ count: 0, state: 'running' });
    expect(await at('20T19:00')).toEqual({ count: 1, state: 'paused' });
    expect(await lab.get()).toMatchObject({
      latestOperation: {
        kind: 'pause',
        requestedBy: 'system:schedule',
        cause: { code: 'schedule.sleep' },
      },
      schedule: { next: { kind: 'wake', at: '2040-11-21T08:00:00.000Z' } },
    });
    expect(await at('21T07:59')).toEqual({ count: 0, state: 'paused' });
    expect(await at('21T08:00')).toEqual({ count: 1, state: 'running' });
    expect(await entries()).toEqual([
      {
        kind: 'pause',
        actor: 'system:schedule',
        rule: 'config.schedules.rules[0]',
        reason: 'Its schedule lets it sleep now.',
      },
      expect.objectContaining({ kind: 'wake' }),
    ]);
  });

  it('does one thing after a long time away, not all that was missed', async () => {
    await start();
    expect(await at('25T20:00')).toEqual({ count: 1, state: 'paused' });
    expect(await at('28T09:00')).toEqual({ count: 1, state: 'running' });
    // Nothing was asked of it in between.
    expect(await at('30T09:00')).toEqual({ count: 0, state: 'running' });
    expect(await entries()).toHaveLength(2);
  });

  it('leaves alone what somebody wakes at night, until the next evening', async () => {
    await start();
    await at('20T19:00');
    await lab.run({ kind: 'resume' });
    expect(await at('20T23:00')).toEqual({ count: 0, state: 'running' });
    expect(await at('21T08:00')).toEqual({ count: 0, state: 'running' });
    expect(await at('21T19:00')).toEqual({ count: 1, state: 'paused' });
  });

  it('does not wake what somebody has paused', async () => {
    await start();
    await lab.run({ kind: 'pause' });
    await at('20T19:00');
    expect(await at('21T08:00')).toEqual({ count: 0, state: 'paused' });
    await lab.run({ kind: 'resume' });
    await at('21T19:00');
    await lab.run({ kind: 'resume' });
    await lab.run({ kind: 'pause' });
    expect(await at('22T08:00')).toEqual({ count: 0, state: 'paused' });
  });

  it('does not wake what is to be paused until its end, but what is extended then', async () => {
    await start();
    expect((await at('20T19:00')).state).toBe('paused');
    const leases = lab.engine.knex('leases');
    await leases.clone().update({ stage: 'grace' });
    expect(await at('21T08:00')).toEqual({ count: 0, state: 'paused' });
    await leases.clone().update({ stage: 'running' });
    expect(await at('22T08:00')).toEqual({ count: 1, state: 'running' });
  });

  it('wakes what slept by a schedule that is taken away', async () => {
    await start();
    expect((await at('20T19:00')).state).toBe('paused');
    const none = { rules: [], calendars: new Map() };
    const other = await startTestEngine(lab.engine.knex, { schedules: none });
    const { scheduleSweep } = other.rooms;
    expect(await scheduleSweep.tick(lab.engine.clock.now())).toBe(1);
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({ state: 'running' });
    expect((await entries()).at(-1)).toMatchObject({
      kind: 'wake',
      rule: 'config.schedules.rules[0]',
      reason: 'Nothing lets it sleep any more.',
    });
    await other.stop();
  });

  it('leaves asleep what sleeps by the schedule that it has now, too', async () => {
    await start();
    expect((await at('20T20:00')).state).toBe('paused');
    const earlier = { ...NIGHTLY, sleep: '0 18 * * *' };
    const later = { ...NIGHTLY, wake: '0 21 * * *' };
    const next = async (schedule: typeof NIGHTLY) => {
      const rules = [{ match: {}, schedule }];
      const schedules = { rules, calendars: new Map() };
      const other = await startTestEngine(lab.engine.knex, { schedules });
      const count = await other.rooms.scheduleSweep.tick(
        lab.engine.clock.now(),
      );
      await other.stop();
      return count;
    };
    expect(await next(earlier)).toBe(0);
    lab.engine.clock.goTo(new Date('2040-11-20T22:00:00Z'));
    expect(await next(later)).toBe(1);
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({ state: 'running' });
  });

  it('does not wake, with its schedule gone, what somebody has paused', async () => {
    await start();
    await at('20T19:00');
    await lab.run({ kind: 'resume' });
    await lab.run({ kind: 'pause' });
    const none = { rules: [], calendars: new Map() };
    const other = await startTestEngine(lab.engine.knex, { schedules: none });
    const { scheduleSweep } = other.rooms;
    expect(await scheduleSweep.tick(lab.engine.clock.now())).toBe(0);
    await other.stop();
  });

  it('waits for an operation that is under way', async () => {
    await start();
    await lab.engine.submit(lab.id, {
      kind: 'update',
      inputs: { color: 'blue' },
    });
    lab.engine.clock.goTo(new Date('2040-11-20T19:00:00Z'));
    expect(await tick()).toBe(0);
    await lab.engine.work();
    expect(await tick()).toBe(1);
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({ state: 'paused' });
  });

  it('says what it could not do', async () => {
    await start();
    lab.engine.driver.script('app', { apply: fails() });
    await lab.run({ kind: 'update', inputs: { color: 'blue' } });
    await lab.engine
      .knex('environments')
      .where({ id: lab.id })
      .update({ state: 'failed' });
    expect(await at('20T19:00')).toMatchObject({ count: 0 });
    expect(await entries()).toEqual([
      expect.objectContaining({
        kind: 'pause',
        reason: "Its schedule lets it sleep now, and can't: it is failed.",
      }),
    ]);
  });

  it('follows the schedule of the blueprint, and of the version that it becomes', async () => {
    await start();
    const later = LAB_BLUEPRINT.replace(
      'version: 1.0.0',
      "version: 2.0.0\n  schedule: {sleep: '0 21 * * *', timeZone: UTC}",
    );
    await lab.engine.blueprints.publish(later);
    expect(
      await lab.engine.blueprints.service.getVersion('lab', '2.0.0', MIRA),
    ).toMatchObject({ schedule: { sleep: '0 21 * * *', timeZone: 'UTC' } });
    await lab.run({ kind: 'upgrade', version: '2.0.0' });
    await tick();
    expect((await lab.get()).schedule).toEqual({
      sleep: '0 21 * * *',
      timeZone: 'UTC',
      rule: 'blueprint',
      next: { kind: 'sleep', at: '2040-11-20T21:00:00.000Z' },
    });
    expect(await at('20T19:00')).toEqual({ count: 0, state: 'running' });
    expect(await at('20T21:00')).toEqual({ count: 1, state: 'paused' });
  });

  it('looks again at all of them where the configuration is another', async () => {
    await start({ rules: [], calendars: new Map() });
    expect((await lab.get()).schedule).toBeUndefined();
    const other = await startTestEngine(lab.engine.knex, {
      schedules: {
        rules: [{ match: {}, schedule: NIGHTLY }],
        calendars: new Map(),
      },
    });
    await other.rooms.scheduleSweep.tick(lab.engine.clock.now());
    expect((await lab.get()).schedule).toMatchObject(NIGHTLY);

    // A backend with the configuration before, which is not stopped yet, comes in between.
    await lab.engine.rooms.scheduleSweep.tick(lab.engine.clock.advance(300));
    expect((await lab.get()).schedule).toBeUndefined();
    await other.rooms.scheduleSweep.tick(lab.engine.clock.advance(300));
    expect((await lab.get()).schedule).toMatchObject(NIGHTLY);
    await other.stop();
  });

  it('wants nothing by a schedule of a time before there was that schedule', async () => {
    await start({ rules: [], calendars: new Map() });
    lab.engine.clock.goTo(new Date('2040-11-21T12:00:00Z'));
    const { sleep, timeZone } = NIGHTLY;
    const other = await startTestEngine(lab.engine.knex, {
      schedules: {
        rules: [{ match: {}, schedule: { sleep, timeZone } }],
        calendars: new Map(),
      },
    });
    const { scheduleSweep } = other.rooms;
    expect(await scheduleSweep.tick(lab.engine.clock.now())).toBe(0);
    lab.engine.clock.goTo(new Date('2040-11-21T19:00:00Z'));
    expect(await scheduleSweep.tick(lab.engine.clock.now())).toBe(1);
    await other.stop();
  });

  it('lets go of what is destroyed', async () => {
    await start();
    await lab.run({ kind: 'destroy' });
    expect((await lab.get()).schedule).toBeUndefined();
    expect(await at('20T19:00')).toEqual({ count: 0, state: 'destroyed' });
    expect(await lab.engine.knex('environment_schedules')).toEqual([]);
  });

  it('looks at the others where one can not be looked at, and at that one later', async () => {
    await start();
    const { knex } = lab.engine;
    const { environment } = await lab.engine.create({
      blueprint: 'lab',
      inputs: {},
    });
    await lab.engine.work();
    await neverExpires();
    await lab.engine.blueprints.publish(
      LAB_BLUEPRINT.replace('version: 1.0.0', 'version: 2.0.0'),
    );
    await lab.run({ kind: 'upgrade', version: '2.0.0' });
    await tick();
    const second = { version: '2.0.0' };
    const { document } = await knex('blueprint_versions').where(second).first();
    await knex('blueprint_versions').where(second).update({ document: '{}' });

    expect(await at('20T19:00')).toEqual({ count: 1, state: 'running' });
    expect(
      await lab.engine.rooms.environments.get(environment.id, MIRA),
    ).toMatchObject({ state: 'paused' });
    expect(lab.engine.logger.error).toHaveBeenCalledWith(
      expect.stringContaining(lab.id),
      expect.any(Error),
    );

    await knex('blueprint_versions')
      .where(second)
      .update({ document: JSON.stringify(document) });
    expect(await at('20T19:04')).toEqual({ count: 0, state: 'running' });
    expect(await at('20T19:05')).toEqual({ count: 1, state: 'paused' });
  });
});
