import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { LAB_BLUEPRINT, LAB_SCRIPTS } from '../testing/blueprints';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

const BLUEPRINT = LAB_BLUEPRINT.replace(
  'ttl: {default: 1h}',
  'ttl: {default: 1h, onExpiry: pause, grace: 2h}',
);

describe('environments that are paused before they end', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(BLUEPRINT);
    for (const [component, script] of Object.entries(LAB_SCRIPTS)) {
      engine.driver.script(component, script);
    }
    const created = await engine.create({ blueprint: 'lab', inputs: {} });
    id = created.environment.id;
    await engine.work();
  });
  afterEach(() => engine.stop());

  const sweep = () => engine.rooms.sweep.tick(engine.clock.now());
  const wakes = () => engine.rooms.scheduleSweep.tick(engine.clock.now());
  const get = () => engine.rooms.environments.get(id, MIRA);
  const ledger = async () =>
    (await engine.rooms.leaseReader.entries(id, {}, MIRA)).items;

  it('are paused at their expiry, and destroyed when their grace is over', async () => {
    engine.clock.advance(3600);
    expect(await sweep()).toBe(1);
    await engine.work();
    const paused = await get();
    expect(paused).toMatchObject({
      state: 'paused',
      lease: { onExpiry: 'pause', graceEndsAt: expect.any(String) },
      latestOperation: {
        kind: 'pause',
        requestedBy: 'system:lease',
        cause: {
          code: 'lease.expired',
          message: expect.stringContaining(
            `destroyed at ${paused.lease.graceEndsAt} unless its lease is extended`,
          ),
        },
      },
    });
    engine.clock.advance(7199);
    expect(await sweep()).toBe(0);
    engine.clock.advance(1);
    expect(await sweep()).toBe(1);
    await engine.work();
    expect(await get()).toMatchObject({ state: 'destroyed' });
    expect((await ledger()).map(({ kind, rule }) => [kind, rule])).toEqual([
      ['end', 'environment.destroyed'],
      ['expiry', 'lease.grace.over'],
      ['expiry', 'lease.expired'],
      ['grant', 'ttl.default'],
    ]);
  });

  it('wake again when their lease is extended meanwhile', async () => {
    engine.clock.advance(3600);
    await sweep();
    await engine.work();
    expect(await wakes()).toBe(0);
    await engine.rooms.leaseCommands.extend(id, { by: '3h' }, MIRA);
    const extended = await get();
    expect(extended).toMatchObject({ state: 'paused' });
    expect(extended.lease.graceEndsAt).toBeUndefined();
    expect(await wakes()).toBe(1);
    await engine.work();
    expect(await get()).toMatchObject({ state: 'running' });
    expect((await ledger())[0]).toMatchObject({
      kind: 'wake',
      actor: 'system:schedule',
      reason: 'Nothing lets it sleep any more.',
    });
    engine.clock.advance(3 * 3600);
    expect(await sweep()).toBe(1);
  });

  it('stay paused over an extension where somebody had paused them before', async () => {
    await engine.submit(id, { kind: 'pause' });
    await engine.work();
    engine.clock.advance(3600);
    // Paused already: its grace begins without an operation.
    expect(await sweep()).toBe(0);
    expect((await ledger())[0]).toMatchObject({
      kind: 'expiry',
      detail: { then: 'grace' },
    });
    await engine.rooms.leaseCommands.extend(id, { by: '3h' }, MIRA);
    expect(await wakes()).toBe(0);
    expect(await get()).toMatchObject({ state: 'paused' });
    engine.clock.advance(3 * 3600);
    await sweep();
    engine.clock.advance(2 * 3600);
    expect(await sweep()).toBe(1);
  });

  it('that can not be paused say so, and end all the same', async () => {
    engine.driver.script('database', {
      ...LAB_SCRIPTS.database,
      apply: fails(),
    });
    const { environment } = await engine.create({
      blueprint: 'lab',
      inputs: {},
    });
    id = environment.id;
    await engine.work();
    expect(await get()).toMatchObject({ state: 'failed' });
    engine.clock.advance(3600);
    await sweep();
    expect((await ledger())[0]).toMatchObject({
      kind: 'expiry',
      reason: expect.stringContaining(
        "can't be paused (The environment is failed",
      ),
      detail: { then: 'grace' },
    });
    await engine.work();
    engine.clock.advance(7200);
    await sweep();
    await engine.work();
    expect(await get()).toMatchObject({ state: 'destroyed' });
  });

  it('whose pause fails end when their grace is over', async () => {
    engine.driver.script('app', { ...LAB_SCRIPTS.app, apply: fails() });
    engine.clock.advance(3600);
    expect(await sweep()).toBe(1);
    await engine.work();
    expect(await get()).toMatchObject({
      latestOperation: { kind: 'pause', state: 'failed' },
    });
    expect(await sweep()).toBe(0);
    engine.clock.advance(7200);
    expect(await sweep()).toBe(1);
    await engine.work();
    expect(await get()).toMatchObject({ state: 'destroyed' });
  });
});
