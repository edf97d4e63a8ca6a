import { Knex } from 'knex';
import { addSeconds } from '../../clock';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { refuseEntriesOf } from '../../testing/refuse';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../../testing/engine';
import { project } from '../ledger';
import { LedgerStore } from '../ledgerStore';
import { LeaseStore } from '../store';
import { WarningStore } from './store';

const HOUR = 3600;
const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: warned',
).replace('default: 2m', 'default: 2d, max: 30d, warnBefore: [1d, 2h, 1h]');

describe('warnings before a lease ends', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let knex: Knex;
  let id: string;
  let name: string;
  let end: Date;
  let reachable: boolean;

  beforeEach(async () => {
    knex = await databases.create();
    reachable = true;
    engine = await startTestEngine(knex, {
      onNotice() {
        if (!reachable) throw new Error('The notifications are away');
      },
    });
    await engine.blueprints.publish(BLUEPRINT);
    const { environment } = await engine.create({
      blueprint: 'warned',
      inputs: {},
    });
    await engine.work();
    ({ id, name } = environment);
    end = new Date(environment.lease.expiresAt!);
  });
  afterEach(() => engine.stop());

  const goTo = (beforeEnd: number) =>
    engine.clock.goTo(addSeconds(end, -beforeEnd));
  const sweep = () => engine.rooms.warningSweep.tick(engine.clock.now());
  const tell = () => engine.rooms.warningTelling.tick(engine.clock.now());
  /** As three replicas do beside each other, over and over. */
  const everybody = async () => {
    for (let round = 0; round < 2; round += 1) {
      await Promise.all([sweep(), sweep(), sweep()]);
      await Promise.all([tell(), tell(), tell()]);
    }
  };
  const titles = () => engine.notices.map(({ payload }) => payload.title);
  const entries = async () =>
    (
      await knex('lease_entries')
        .where({ environment_id: id, kind: 'warning' })
        .orderBy('id')
    ).map(({ detail }) => [detail.beforeSeconds, detail.delivery]);

  const extend = (until: Date) =>
    engine.rooms.leaseCommands.extend(id, { until: until.toISOString() }, MIRA);

  it('are told to owner and creator with the end, why, what is lost and what to do', async () => {
    engine.clock.goTo(addSeconds(end, -HOUR));
    await everybody();
    const [notice] = engine.notices;
    expect(notice).toMatchObject({
      recipients: {
        type: 'entity',
        entityRef: [OWNER, 'user:default/mira'],
      },
      payload: {
        title: `${name} is destroyed in 1 h`,
        link: expect.stringMatching(/^\/environments\/extend\/[\w-]+$/),
        severity: 'high',
        topic: 'environments.lease',
        scope: `environments.lease:${id}`,
      },
    });
    const { description } = notice.payload;
    expect(description).toContain(
      `${end.toISOString().slice(11, 16)} UTC, in 1 h. Its time is up then: 2 d`,
    );
    expect(description).toContain(
      'What is lost is everything in it: 1 resource of 1 component',
    );
    expect(description).toContain('asks before it extends the lease by 2 d');
  });

  it('are told once each, over restarts and beside other replicas', async () => {
    goTo(24 * HOUR + 1);
    await everybody();
    expect(titles()).toEqual([]);
    for (const before of [24 * HOUR, 2 * HOUR, HOUR, 60]) {
      goTo(before);
      await everybody();
    }
    expect(titles()).toEqual([
      `${name} is destroyed in 1 d`,
      `${name} is destroyed in 2 h`,
      `${name} is destroyed in 1 h`,
    ]);
    expect(await entries()).toEqual(
      [24 * HOUR, 2 * HOUR, HOUR].flatMap(before => [
        [before, 'due'],
        [before, 'sent'],
      ]),
    );
  });

  it('are one, the nearest to the end, for a server that was asleep', async () => {
    goTo(HOUR / 2);
    await everybody();
    expect(titles()).toEqual([`${name} is destroyed in 30 min`]);
    expect(await entries()).toEqual([
      [HOUR, 'due'],
      [HOUR, 'sent'],
    ]);
  });

  it('are none after the end', async () => {
    goTo(0);
    await everybody();
    expect(engine.notices).toEqual([]);
    await engine.rooms.sweep.tick(engine.clock.now());
    await engine.work();
    await everybody();
    expect(engine.notices).toEqual([]);
    expect(await entries()).toEqual([]);
  });

  it('are none of what is being destroyed', async () => {
    await engine.submit(id, { kind: 'destroy' });
    goTo(HOUR);
    await everybody();
    expect(engine.notices).toEqual([]);
  });

  it('are told when the notifications are back, once', async () => {
    reachable = false;
    goTo(HOUR);
    await everybody();
    expect(await entries()).toEqual([[HOUR, 'due']]);
    reachable = true;
    engine.clock.advance(59);
    await everybody();
    expect(engine.notices).toEqual([]);
    engine.clock.advance(1);
    await everybody();
    await everybody();
    expect(titles()).toEqual([`${name} is destroyed in 59 min`]);
    expect(await entries()).toEqual([
      [HOUR, 'due'],
      [HOUR, 'sent'],
    ]);
  });

  it('are told by another replica when one dies in the midst', async () => {
    goTo(HOUR);
    await sweep();
    await new WarningStore().takeUntold(knex, engine.clock.now(), 10);
    await everybody();
    expect(engine.notices).toEqual([]);
    engine.clock.advance(60);
    await everybody();
    expect(engine.notices).toHaveLength(1);
  });

  it('that could not be told are dropped, on record, when the end comes or moves', async () => {
    reachable = false;
    goTo(2 * HOUR);
    await everybody();
    await extend(addSeconds(end, HOUR));
    reachable = true;
    engine.clock.advance(60);
    await everybody();
    expect(engine.notices).toEqual([]);
    expect(await entries()).toEqual([
      [2 * HOUR, 'due'],
      [2 * HOUR, 'dropped'],
    ]);
    expect(await knex('lease_warnings')).toEqual([]);
  });

  it('come again before the new end of what was extended', async () => {
    goTo(HOUR);
    await everybody();
    await extend(addSeconds(end, 3 * HOUR));
    await everybody();
    expect(titles()).toHaveLength(1);
    goTo(-HOUR);
    await everybody();
    goTo(-2 * HOUR);
    await everybody();
    expect(titles()).toEqual([
      `${name} is destroyed in 1 h`,
      `${name} is destroyed in 2 h`,
      `${name} is destroyed in 1 h`,
    ]);
    const ledgers = await new LedgerStore().ledgers(knex, [id]);
    expect(await new LeaseStore().get(knex, id)).toEqual(
      project(ledgers.get(id)!),
    );
  });

  it('come for the others though one can not be put on record, and for that one later', async () => {
    const { environment } = await engine.create({
      blueprint: 'warned',
      inputs: {},
    });
    await engine.work();
    const relent = await refuseEntriesOf(knex, id);
    goTo(24 * HOUR);
    expect(await sweep()).toBe(1);
    await tell();
    expect(titles()).toEqual([expect.stringContaining(environment.name)]);
    expect(engine.logger.error).toHaveBeenCalledTimes(1);

    await relent();
    expect(await sweep()).toBe(0);
    engine.clock.advance(300);
    expect(await sweep()).toBe(1);
    await tell();
    expect(titles()).toEqual([
      expect.anything(),
      expect.stringContaining(name),
    ]);
  });
});
