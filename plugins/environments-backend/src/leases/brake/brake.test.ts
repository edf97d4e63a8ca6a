import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { leaseBrakePermission } from '@greenroom/plugin-environments-common';
import { addSeconds, earlierOf } from '../../clock';
import { useTestDatabases } from '../../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';
import { copyEnvironment } from '../__testUtils__/copies';

const FLEET = 20;
/** Of the leases of this fleet. */
const TTL = 120;
const LEAP = 2 * 3600;

describe('the brake on ends of leases', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;
  let isRefused: boolean;

  const single = { blueprint: 'single', inputs: {} };
  const now = () => engine.clock.now();
  const tick = () => engine.rooms.sweep.tick(now());

  beforeEach(async () => {
    isRefused = false;
    engine = await startTestEngine(await databases.create(), {
      onNotice() {
        if (isRefused) throw new Error('nobody is there');
      },
    });
    id = (await engine.create(single)).environment.id;
    await engine.work();
    await copyEnvironment(engine, id, FLEET - 1);
    await tick();
  });
  afterEach(() => engine.stop());

  const reason = 'the clock is right, they were not needed';
  const status = async () => engine.rooms.leaseBrake.status(MIRA);
  const brake = async () => (await status()).brake!;
  const leap = async (seconds = LEAP) => {
    engine.clock.advance(seconds);
    return tick();
  };
  /** As time goes by: each look comes soon after the one before. */
  const pass = async (seconds: number) => {
    let submitted = 0;
    const end = addSeconds(now(), seconds);
    while (now() < end) {
      engine.clock.goTo(earlierOf(end, addSeconds(now(), 600)));
      submitted += await tick();
    }
    return submitted;
  };
  const kinds = () =>
    engine
      .knex('lease_entries')
      .where({ environment_id: id })
      .orderBy('id')
      .pluck('kind');
  const audited = () =>
    engine
      .knex('audit_entries')
      .whereLike('action', 'lease.brake.%')
      .orderBy('id')
      .select('action', 'actor');

  it('holds what falls due in a leap of the clock, and says so', async () => {
    const before = now();
    expect(await leap()).toBe(0);
    expect(await tick()).toBe(0);
    expect(await kinds()).toEqual(['grant']);
    expect(await status()).toMatchObject({
      limits: { leapSeconds: 900, sharePercent: 20, atLeast: 10 },
      rights: { decide: true },
      brake: {
        revision: 1,
        since: now().toISOString(),
        dueAfter: before.toISOString(),
        dueUntil: now().toISOString(),
        falling: FLEET,
        living: FLEET,
        waiting: FLEET,
        owners: [{ owner: 'group:default/checkout', waiting: FLEET }],
        ownersTotal: 1,
      },
    });
    expect(await engine.rooms.leaseReader.get(id, MIRA)).toMatchObject({
      stage: 'running',
      brake: { since: now().toISOString() },
    });
    expect(engine.logger.error).toHaveBeenCalledWith(
      expect.stringContaining('20 of 20 leases fell due meanwhile'),
      expect.objectContaining({ falling: FLEET }),
    );
    expect(await audited()).toEqual([
      { action: 'lease.brake.set', actor: 'system:lease' },
    ]);
  });

  it('lists what waits page by page, as far as the caller may see it', async () => {
    await leap();
    const { leaseBrake } = engine.rooms;
    const first = await leaseBrake.waiting({ limit: 15 }, MIRA);
    expect(first).toMatchObject({ total: FLEET });
    const { nextCursor: cursor } = first;
    const second = await leaseBrake.waiting({ limit: 15, cursor }, MIRA);
    const both = [...first.items, ...second.items];
    expect(new Set(both.map(({ environmentId }) => environmentId)).size).toBe(
      FLEET,
    );
    const others = { owner: ['group:default/others'] };
    expect((await leaseBrake.waiting(others, MIRA)).items).toEqual([]);
    engine.policy.decision = { result: AuthorizeResult.DENY };
    expect(await leaseBrake.waiting({}, MIRA)).toMatchObject({ total: 0 });
    expect(await brake()).toMatchObject({ waiting: 0, owners: [] });
  });

  it('lets go what is due while nothing leaps, or by the clock of one process alone', async () => {
    const ahead = addSeconds(now(), LEAP);
    expect(await engine.rooms.sweep.tick(ahead)).toBe(0);
    expect((await status()).brake).toBeUndefined();
    expect(await pass(TTL)).toBe(FLEET);
  });

  it('lets go what falls due while it holds others', async () => {
    await leap();
    const late = await engine.create(single);
    await engine.work();
    expect(await pass(TTL)).toBe(1);
    expect(await brake()).toMatchObject({ waiting: FLEET });
    const { environment } = late;
    expect(
      await engine.rooms.environments.get(environment.id, MIRA),
    ).toMatchObject({ state: 'destroying' });
  });

  it('holds what another leap brings as well', async () => {
    await leap();
    await engine.create(single);
    await engine.work();
    expect(await leap()).toBe(0);
    expect(await brake()).toMatchObject({ revision: 2, waiting: FLEET + 1 });
    expect(await audited()).toHaveLength(1);
  });

  it('is lifted by itself when the clock is set back, and they end in their time', async () => {
    await leap();
    engine.clock.advance(-LEAP);
    expect(await tick()).toBe(0);
    expect((await status()).brake).toBeUndefined();
    expect(await audited()).toMatchObject([
      {},
      { action: 'lease.brake.lifted' },
    ]);
    expect(await leap(3600 - LEAP)).toBe(0);
    expect(await pass(LEAP)).toBe(FLEET);
  });

  it('holds on to those that are due by the clock that was set back', async () => {
    await leap();
    engine.clock.advance(-LEAP / 2);
    expect(await tick()).toBe(0);
    expect(await brake()).toMatchObject({
      revision: 2,
      dueUntil: now().toISOString(),
      waiting: FLEET,
    });
  });

  it('is set once by two replicas that see the same leap', async () => {
    engine.clock.advance(LEAP);
    expect(await Promise.all([tick(), tick()])).toEqual([0, 0]);
    expect(await engine.knex('lease_brakes')).toHaveLength(1);
  });

  it('frees what is extended or held, and is lifted when nothing waits any more', async () => {
    await leap();
    const ids = (await engine.rooms.leaseBrake.waiting({}, MIRA)).items.map(
      ({ environmentId }) => environmentId,
    );
    const until = addSeconds(now(), 3600).toISOString();
    const { leaseSafeguards } = engine.rooms;
    await leaseSafeguards.hold(ids[0], { until, reason }, MIRA);
    expect(await brake()).toMatchObject({ waiting: FLEET - 1 });
    await engine
      .knex('leases')
      .whereNot({ environment_id: ids[0] })
      .update({
        due_at: addSeconds(now(), LEAP),
      });
    await pass(60);
    expect((await status()).brake).toBeUndefined();
    expect(await pass(3600)).toBe(1);
  });

  describe('with the word of an operator', () => {
    const say = (
      how: 'release' | 'postpone',
      more: { revision?: number; dryRun?: boolean; reason?: string } = {},
    ) =>
      brake().then(set =>
        engine.rooms.leaseBrake[how](
          set.id,
          { reason, by: '8h', ...more },
          MIRA,
        ),
      );
    const codeOf = (promise: Promise<unknown>) =>
      promise.then(
        () => 'done',
        error => `${error.name} ${error.problems?.[0]?.code}`,
      );

    beforeEach(() => leap());

    it('has them end, each once, while replicas sweep', async () => {
      const before = await say('release', { dryRun: true });
      expect(before).toMatchObject({ dryRun: true, environments: FLEET });
      expect(await tick()).toBe(0);
      const [said, ...submitted] = await Promise.all([
        say('release', { revision: 1 }),
        tick(),
        tick(),
      ]);
      expect(said).toMatchObject({
        environments: FLEET,
        brake: { word: { end: 'released', by: 'user:default/mira', reason } },
      });
      const all = submitted[0] + submitted[1] + (await tick());
      expect(all).toBe(FLEET);
      const [entry] = (await engine.rooms.leaseReader.entries(id, {}, MIRA))
        .items;
      expect(entry).toMatchObject({
        kind: 'expiry',
        reason: expect.stringContaining(
          `until user:default/mira released it at ${now().toISOString()}: ${reason}`,
        ),
      });
      expect(await audited()).toMatchObject([
        {},
        { action: 'lease.brake.released', actor: 'user:default/mira' },
      ]);
      engine.rung.length = 0;
    });

    it('gives each more time, in its ledger', async () => {
      await say('postpone');
      const until = addSeconds(now(), 8 * 3600).toISOString();
      // Nothing ends between the word and its entries.
      expect(await tick()).toBe(0);
      expect(await status()).toMatchObject({
        brake: { word: { end: 'postponed', until } },
      });
      const { brakePostponement } = engine.rooms;
      const [one, other] = await Promise.all([
        brakePostponement.tick(now()),
        brakePostponement.tick(now()),
      ]);
      expect(one + other + (await brakePostponement.tick(now()))).toBe(FLEET);
      expect((await status()).brake).toBeUndefined();
      const [entry] = (await engine.rooms.leaseReader.entries(id, {}, MIRA))
        .items;
      expect(entry).toMatchObject({
        kind: 'hold',
        actor: 'user:default/mira',
        reason,
        rule: 'lease.brake.postponed',
        detail: { until },
      });
      expect(await engine.rooms.leaseVerifier.next({}, MIRA)).toMatchObject({
        differing: expect.not.arrayContaining([
          expect.objectContaining({ environmentId: id }),
        ]),
      });
      expect(await pass(8 * 3600 - 60)).toBe(0);
      expect(await pass(60)).toBe(FLEET);
    });

    it('listens to those alone who may, and who say why', async () => {
      expect(await codeOf(say('release', { reason: ' ' }))).toBe(
        'InputError lease.reason',
      );
      const { id: set } = await brake();
      const short = { reason, by: '1s' };
      expect(
        await codeOf(engine.rooms.leaseBrake.postpone(set, short, MIRA)),
      ).toBe('InputError lease.brake.amount');
      engine.policy.byPermission[leaseBrakePermission.name] = {
        result: AuthorizeResult.DENY,
      };
      const refused = 'NotAllowedError lease.not-allowed';
      expect(await codeOf(say('release', { dryRun: true }))).toBe(refused);
      expect(await codeOf(say('postpone'))).toBe(refused);
      expect((await status()).rights).toEqual({ decide: false });
    });

    it('does not take a word for what was not seen, nor two', async () => {
      expect(await codeOf(say('release', { revision: 2 }))).toBe(
        'ConflictError lease.brake.changed',
      );
      const { id: set } = await brake();
      await say('release');
      const again = engine.rooms.leaseBrake.release(set, { reason }, MIRA);
      expect(await codeOf(again)).toBe('ConflictError lease.brake.over');
    });

    it('is asked for by a notification, until that works', async () => {
      isRefused = true;
      const { brakeTelling } = engine.rooms;
      expect(await brakeTelling.tick(now())).toBe(false);
      isRefused = false;
      expect(await brakeTelling.tick(now())).toBe(false);
      engine.clock.advance(60);
      expect(await brakeTelling.tick(now())).toBe(true);
      expect(engine.notices).toMatchObject([
        {
          recipients: { entityRef: ['group:default/platform'] },
          payload: {
            title: '20 environments would end at once, and wait for your word',
            severity: 'critical',
          },
        },
      ]);
      engine.clock.advance(3600);
      expect(await brakeTelling.tick(now())).toBe(false);
    });
  });
});
