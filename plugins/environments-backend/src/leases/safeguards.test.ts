import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentProtectPermission,
  leaseHoldPermission,
} from '@greenroom/plugin-environments-common';
import { hangs } from '@greenroom/plugin-environments-node/contract-kit';
import { addSeconds } from '../clock';
import { useTestDatabases } from '../testing/database';
import { refuseEntriesOf } from '../testing/refuse';
import { MIRA, startTestEngine, TestEngine, workOff } from '../testing/engine';

const REASON = { reason: 'Incident 42' };
const DENY = { result: AuthorizeResult.DENY } as const;

describe('environments that are kept', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    const created = await engine.create({ blueprint: 'single', inputs: {} });
    id = created.environment.id;
    await engine.work();
  });
  afterEach(() => engine.stop());

  const guard = () => engine.rooms.leaseSafeguards;
  const lease = () => engine.rooms.leaseReader.get(id, MIRA);
  const sweep = () => engine.rooms.sweep.tick(engine.clock.now());
  const inSeconds = (seconds: number) =>
    addSeconds(engine.clock.now(), seconds).toISOString();
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      error => error.problems?.[0]?.code,
    );
  const destroy = (more = {}) =>
    engine.submit(id, { kind: 'destroy', ...more });
  const state = async () =>
    (await engine.rooms.environments.get(id, MIRA)).state;

  it('stay while they are held, and end when that is over', async () => {
    await guard().hold(id, { ...REASON, until: inSeconds(500) }, MIRA);
    engine.clock.advance(499);
    expect(await sweep()).toBe(0);
    expect(await lease()).toMatchObject({
      stage: 'running',
      hold: { by: 'user:default/mira', reason: 'Incident 42' },
    });
    engine.clock.advance(1);
    expect((await lease()).hold).toBeUndefined();
    expect(await sweep()).toBe(1);
  });

  it('end at once when a hold is released after their time', async () => {
    await guard().hold(id, { ...REASON, until: inSeconds(500) }, MIRA);
    engine.clock.advance(200);
    expect(await sweep()).toBe(0);
    await guard().release(id, {}, MIRA);
    expect(await sweep()).toBe(1);
  });

  it('may be destroyed by hand while they are held', async () => {
    await guard().hold(id, { ...REASON, until: inSeconds(500) }, MIRA);
    await destroy();
    await engine.work();
    expect(await state()).toBe('destroyed');
  });

  it('are not destroyed by hand while they are protected, not even behind another operation', async () => {
    await guard().protect(id, REASON, MIRA);
    expect(await codeOf(destroy())).toBe('environment.protected');
    await engine.submit(id, { kind: 'update', inputs: {} });
    expect(await codeOf(destroy({ whenBusy: 'queue' }))).toBe(
      'environment.protected',
    );
    await engine.work();
    expect(await codeOf(destroy({ dryRun: true }))).toBe('done');
    await engine.work();
    await guard().unprotect(id, {}, MIRA);
    expect(await codeOf(destroy())).toBe('done');
  });

  it('refuse a destroy that had waited for its turn when they were protected', async () => {
    engine.driver.script('site', { apply: hangs() });
    const update = await engine.submit(id, { kind: 'remediate' });
    const waiting = await destroy({ whenBusy: 'queue' });
    await guard().protect(id, REASON, MIRA);
    await engine.rooms.operationMoves.cancel(update.id, {}, MIRA);
    await workOff(engine.worker());
    const { operations } = engine.rooms;
    expect(await operations.get(waiting.id, MIRA)).toMatchObject({
      state: 'cancelled',
      problem: { code: 'environment.protected' },
    });
  });

  it('are told of once and listed when they should have ended and are protected', async () => {
    await guard().protect(id, REASON, MIRA);
    engine.clock.advance(120);
    expect(await sweep()).toBe(0);
    engine.clock.advance(3600);
    expect(await sweep()).toBe(0);
    expect(await engine.rooms.teardownSweep.tick(engine.clock.now())).toBe(0);
    expect(await lease()).toMatchObject({ stage: 'blocked', revision: 3 });
    await engine.rooms.escalation.tick(engine.clock.now());
    await engine.rooms.escalation.tick(engine.clock.now());
    expect(engine.notices).toMatchObject([
      {
        recipients: {
          entityRef: [
            'group:default/checkout',
            'user:default/mira',
            'group:default/platform',
          ],
        },
        payload: {
          title: expect.stringContaining('should have ended, and is protected'),
          description: expect.stringContaining('Incident 42'),
        },
      },
    ]);
    const failed = await engine.rooms.orphans.listFailedTeardowns({}, MIRA);
    expect(failed.items).toMatchObject([{ environmentId: id, attempts: 0 }]);
    expect(
      await codeOf(engine.rooms.forget.forget(id, { reason: 'x' }, MIRA)),
    ).toBe('environment.protected');

    // An operation on it neither calls a teardown off nor has it told once more.
    await engine.submit(id, { kind: 'update', inputs: {} });
    await engine.work();
    expect(await sweep()).toBe(0);
    expect(await lease()).toMatchObject({ stage: 'blocked' });

    await guard().unprotect(id, {}, MIRA);
    expect(await sweep()).toBe(1);
    await engine.work();
    expect(await state()).toBe('destroyed');
    expect(await engine.knex('teardowns')).toEqual([]);
  });

  it('go on when their lease is extended though they are protected', async () => {
    await guard().protect(id, REASON, MIRA);
    engine.clock.advance(120);
    await sweep();
    await engine.rooms.leaseCommands.extend(id, { by: '1h' }, MIRA);
    expect(await lease()).toMatchObject({
      stage: 'running',
      protection: { reason: 'Incident 42' },
    });
    expect(await engine.knex('teardowns')).toEqual([]);
  });

  it('are not protected any more once their destroy runs', async () => {
    await destroy();
    expect(await codeOf(guard().protect(id, REASON, MIRA))).toBe(
      'lease.ending',
    );
  });

  it('are held and protected only by those who may, and with a reason', async () => {
    const holding = { ...REASON, until: inSeconds(60) };
    const silent = { reason: ' ' };
    expect(await codeOf(guard().protect(id, {}, MIRA))).toBe('lease.reason');
    expect(
      await codeOf(guard().hold(id, { ...holding, ...silent }, MIRA)),
    ).toBe('lease.reason');
    engine.policy.byPermission = {
      [leaseHoldPermission.name]: DENY,
      [environmentProtectPermission.name]: DENY,
    };
    for (const attempt of [
      guard().hold(id, holding, MIRA),
      guard().release(id, {}, MIRA),
      guard().protect(id, REASON, MIRA),
      guard().unprotect(id, {}, MIRA),
    ]) {
      expect(await codeOf(attempt)).toBe('lease.not-allowed');
    }
    expect((await lease()).rights).toMatchObject({
      extend: true,
      hold: false,
      protect: false,
    });
  });

  it('do not keep others from ending where that can not be put on record', async () => {
    const { environment } = await engine.create({
      blueprint: 'single',
      inputs: {},
    });
    await engine.work();
    await guard().protect(id, REASON, MIRA);
    const relent = await refuseEntriesOf(engine.knex, id);
    engine.clock.advance(500);
    expect(await sweep()).toBe(1);
    await engine.work();
    expect(
      await engine.rooms.environments.get(environment.id, MIRA),
    ).toMatchObject({ state: 'destroyed' });
    expect((await lease()).stage).toBe('running');

    await relent();
    engine.clock.advance(300);
    await sweep();
    expect((await lease()).stage).toBe('blocked');
  });
});
