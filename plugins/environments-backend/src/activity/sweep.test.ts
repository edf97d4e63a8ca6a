import { addSeconds } from '../clock';
import { LAB_BLUEPRINT } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA } from '../testing/engine';
import { Lab, startLab } from '../testing/lab';
import { overtaken } from '../testing/overtake';

const withIdle = (
  idle: string,
  ttl = 'default: 3d, max: 9d, warnBefore: [1h]',
) =>
  LAB_BLUEPRINT.replace('ttl: {default: 1h}', `idle: ${idle}\n  ttl: {${ttl}}`);

describe('the activity sweep', () => {
  const databases = useTestDatabases();
  let lab: Lab;
  let begun: Date;

  afterEach(() => lab.engine.stop());

  /** So many minutes after the beginning. */
  const at = (minutes: number) => addSeconds(begun, minutes * 60);
  const tick = async () => {
    const { rooms, clock } = lab.engine;
    await rooms.activitySweep.tick(clock.now());
  };
  const start = async (idle: string, ttl?: string) => {
    lab = await startLab(await databases.create(), {
      blueprint: withIdle(idle, ttl),
    });
    begun = lab.engine.clock.now();
    await tick();
  };
  /** The portal is there all the time. */
  const goTo = async (minutes: number) => {
    const { clock } = lab.engine;
    while (clock.now() < at(minutes)) {
      const next = addSeconds(clock.now(), 240);
      clock.goTo(next < at(minutes) ? next : at(minutes));
      await tick();
    }
  };
  const use = (source = 'ci') =>
    lab.engine.rooms.activityReports.report(lab.id, { source }, MIRA);
  const state = async () => (await lab.get()).state;
  const expiresAt = async () => (await lab.get()).lease.expiresAt;
  const entries = () =>
    lab.engine
      .knex('lease_entries')
      .whereIn('kind', ['idle', 'activity'])
      .orderBy('id')
      .select('kind', 'actor', 'rule', 'detail');
  const differences = async () =>
    (await lab.engine.rooms.leaseVerifier.next({}, MIRA)).differing;

  it('pauses what nobody uses, with its evidence, and not what is used', async () => {
    await start('{after: 30m, then: pause}');
    expect(await lab.get()).toMatchObject({
      idle: { then: 'pause', dueAt: at(30).toISOString(), signals: [] },
    });
    await goTo(20);
    await use();
    await goTo(50);
    expect(await state()).toBe('running');
    await goTo(51);
    await lab.engine.work();
    expect(await lab.get()).toMatchObject({
      state: 'paused',
      latestOperation: {
        kind: 'pause',
        requestedBy: 'system:activity',
        cause: { code: 'idle.after' },
      },
    });
    expect(await entries()).toEqual([
      {
        kind: 'idle',
        actor: 'system:activity',
        rule: 'idle.after',
        detail: {
          then: 'pause',
          after: '30 min',
          quietSince: at(21).toISOString(),
          signals: [
            {
              signal: 'ci',
              at: at(20).toISOString(),
              by: 'user:default/mira',
            },
          ],
          probes: [],
        },
      },
    ]);
    // On demand it is back, and counts as used then.
    await goTo(90);
    await lab.run({ kind: 'resume' });
    await goTo(119);
    expect(await state()).toBe('running');
    await goTo(120);
    await lab.engine.work();
    expect(await state()).toBe('paused');
    expect(await differences()).toEqual([]);
  });

  it('ends a lease by its grace, warns, and takes that back for a use', async () => {
    await start('{after: 30m, then: destroy, grace: 2h}');
    const before = await expiresAt();
    await goTo(30);
    expect(await lab.get()).toMatchObject({
      state: 'running',
      lease: {
        expiresAt: at(150).toISOString(),
        reason: `nobody has used it since ${begun.toISOString()}`,
      },
      idle: { endsAt: at(150).toISOString() },
    });
    const [lease] = await lab.engine.knex('leases');
    expect(lease.next_warning_at).toEqual(at(90));
    await goTo(100);
    await use();
    await tick();
    expect(await expiresAt()).toBe(before);
    expect((await lab.get()).idle).toMatchObject({
      dueAt: at(131).toISOString(),
    });
    await goTo(131);
    expect(await expiresAt()).toBe(at(251).toISOString());
    expect((await entries()).map(({ kind }) => kind)).toEqual([
      'idle',
      'activity',
      'idle',
    ]);
    // The lease sees to the rest.
    lab.engine.clock.goTo(at(251));
    await lab.engine.rooms.sweep.tick(at(251));
    await lab.engine.work();
    expect(await state()).toBe('destroyed');
    await tick();
    expect(await lab.engine.knex('environment_activity')).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('moves the end of a lease by use, now and then', async () => {
    await start(
      '{after: 10d, then: destroy, bump: 10h}',
      'default: 4h, max: 12h, warnBefore: [1h]',
    );
    await use();
    await tick();
    const first = at(600).toISOString();
    expect(await expiresAt()).toBe(first);
    await goTo(59);
    await use();
    await tick();
    expect(await expiresAt()).toBe(first);
    await goTo(61);
    await use();
    await tick();
    expect(await expiresAt()).toBe(at(661).toISOString());
    await goTo(180);
    await use('portal');
    await tick();
    // No later than the maximum.
    expect(await expiresAt()).toBe(at(661).toISOString());
    expect(await entries()).toMatchObject([
      { rule: 'idle.bump', detail: { signal: 'ci' } },
      { rule: 'idle.bump' },
    ]);
    expect((await lab.engine.knex('leases').first()).extensions_used).toBe(0);
  });

  it('counts the time in which nobody could see use as used', async () => {
    await start('{after: 30m, then: pause}');
    await goTo(20);
    // A restart, and a portal that was away for a night.
    lab.engine.clock.goTo(at(24));
    await tick();
    lab.engine.clock.goTo(at(500));
    await tick();
    expect((await lab.get()).idle).toMatchObject({
      dueAt: at(530).toISOString(),
    });
    // A clock that went back.
    await lab.engine.rooms.activitySweep.tick(at(400));
    expect((await lab.get()).idle).toMatchObject({
      dueAt: at(430).toISOString(),
    });
    expect(await entries()).toEqual([]);
  });

  it('leaves what is held, protected, busy, or wanted by somebody', async () => {
    await start('{after: 30m, then: pause}');
    const { rooms } = lab.engine;
    await goTo(20);
    await rooms.leaseCommands.extend(lab.id, { by: '1h' }, MIRA);
    await goTo(49);
    const word = { reason: 'shown to customers' };
    await rooms.leaseSafeguards.protect(lab.id, word, MIRA);
    await goTo(70);
    expect((await lab.get()).idle).toMatchObject({
      standing: 'it is protected',
    });
    await rooms.leaseSafeguards.unprotect(lab.id, word, MIRA);
    const until = at(90).toISOString();
    await rooms.leaseSafeguards.hold(lab.id, { ...word, until }, MIRA);
    await goTo(99);
    expect(await entries()).toEqual([]);
    await lab.engine.submit(lab.id, {
      kind: 'update',
      inputs: { color: 'blue' },
    });
    await goTo(120);
    expect(await entries()).toEqual([]);
    await lab.engine.work();
    await goTo(149);
    expect(await state()).toBe('running');
    await goTo(150);
    await lab.engine.work();
    expect(await state()).toBe('paused');
  });

  it('sees each use before it decides, or looks once more after it', async () => {
    await start('{after: 30m, then: destroy, grace: 2h}');
    const before = await expiresAt();
    await goTo(29);
    lab.engine.clock.goTo(at(30));
    await overtaken(
      lab.engine.knex,
      async deciding => {
        // As who has decided and not yet committed.
        const row = () => deciding('environment_activity');
        await row().forUpdate();
        await tick();
        expect(await entries()).toEqual([]);
        await row().update({ heed_from: begun, next_at: at(90) });
      },
      use,
    );
    await tick();
    expect(await expiresAt()).toBe(before);
    expect((await lab.get()).idle).toMatchObject({
      dueAt: at(61).toISOString(),
    });
  });
});
