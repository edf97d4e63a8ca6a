import { fails, hangs } from '@greenroom/plugin-environments-node/contract-kit';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ListOperationsQuery } from '@greenroom/plugin-environments-common';
import { addSeconds } from '../../clock';
import { ONE_COMPONENT_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import { MIRA, OWNER, startTestEngine, TestEngine } from '../../testing/engine';

const HOUR = 3600;
const BLUEPRINT = ONE_COMPONENT_BLUEPRINT.replace(
  'name: single',
  'name: checked',
).replace('default: 2m', 'default: 4d, max: 30d');

/** As a driver says it of what a module protects. */
const PROTECTED = {
  plan: fails({
    code: 'terraform.prevent-destroy',
    message: 'aws_db_instance.main is protected against destroy.',
    place: { file: 'site/main.tf', line: 14 },
    remedy: 'Publish a version without that',
    detail: 'What the tool says, at length',
  }),
};

describe('the check of a teardown that is to come', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let reachable: boolean;
  let id: string;
  let name: string;
  let end: Date;

  const get = () => engine.rooms.environments.get(id, MIRA);

  beforeEach(async () => {
    reachable = true;
    engine = await startTestEngine(await databases.create(), {
      onNotice() {
        if (!reachable) throw new Error('The notifications are away');
      },
    });
    await engine.blueprints.publish(BLUEPRINT);
    ({ id, name } = await create());
    end = new Date((await get()).lease.expiresAt!);
  });
  afterEach(() => engine.stop());

  async function create() {
    const { environment } = await engine.create({
      blueprint: 'checked',
      inputs: {},
    });
    await engine.work();
    return environment;
  }
  const goTo = (beforeEnd: number) =>
    engine.clock.goTo(addSeconds(end, -beforeEnd));
  const sweep = () => engine.rooms.teardownCheckSweep.tick(engine.clock.now());
  const tell = () => engine.rooms.teardownCheckTelling.tick(engine.clock.now());
  /** The sweeps of three replicas, and what they submit carried to its end. */
  async function everybody(): Promise<number> {
    const found = await Promise.all([sweep(), sweep(), sweep()]);
    await engine.work();
    await Promise.all([tell(), tell(), tell()]);
    return found.reduce((sum, one) => sum + one, 0);
  }
  const check = () => engine.rooms.teardownCheckRequests.check(id, MIRA);
  const failing = async () =>
    (await engine.rooms.orphans.listFailingChecks({}, MIRA)).items;
  const operations = async (query: ListOperationsQuery) =>
    (await engine.rooms.operations.list(query, MIRA)).items.map(
      ({ kind }) => kind,
    );

  it('comes a day before the end, once over all replicas and restarts', async () => {
    goTo(24 * HOUR + 1);
    expect(await everybody()).toBe(0);
    goTo(24 * HOUR);
    expect(await everybody()).toBe(1);
    goTo(HOUR);
    expect(await everybody()).toBe(0);
    const { teardownCheck, state } = await get();
    expect(state).toBe('running');
    expect(teardownCheck).toMatchObject({
      checkedAt: addSeconds(end, -24 * HOUR).toISOString(),
      problems: [],
      cautions: [],
      removes: 1,
    });
    expect(teardownCheck?.failingSince).toBeUndefined();
    expect(engine.notices).toEqual([]);
    expect(await failing()).toEqual([]);
  });

  it('changes nothing, and is in no list but that of its environment', async () => {
    const before = engine.driver.world.everything();
    goTo(24 * HOUR);
    await everybody();
    expect(engine.driver.world.everything()).toEqual(before);
    expect(await operations({})).toEqual(['create']);
    expect(await operations({ environmentId: id })).toEqual([
      'destroy',
      'create',
    ]);
    const { latestOperation } = await get();
    expect(latestOperation.kind).toBe('create');
    const { teardownCheck } = await get();
    const { cause, requestedBy, dryRun } = await engine.rooms.operations.get(
      teardownCheck!.operationId,
      MIRA,
    );
    expect({ cause, requestedBy, dryRun }).toMatchObject({
      cause: { code: 'teardown.check' },
      requestedBy: 'system:lease',
      dryRun: true,
    });
  });

  it('says what would fail, where, and what to do, to owner and creator once', async () => {
    engine.driver.script('site', PROTECTED);
    goTo(24 * HOUR);
    await everybody();
    const { teardownCheck } = await get();
    expect(teardownCheck).toMatchObject({
      failingSince: engine.clock.now().toISOString(),
      toldAt: engine.clock.now().toISOString(),
      problems: [
        {
          code: 'terraform.prevent-destroy',
          component: 'site',
          place: { file: 'site/main.tf', line: 14 },
        },
      ],
    });
    expect(teardownCheck!.problems[0].detail).toBeUndefined();
    expect(await failing()).toMatchObject([
      {
        environmentId: id,
        environmentName: name,
        owner: OWNER,
        dueAt: end.toISOString(),
      },
    ]);
    expect(engine.notices).toEqual([
      {
        recipients: { type: 'entity', entityRef: [OWNER, 'user:default/mira'] },
        payload: {
          title: `The teardown of ${name} would fail`,
          description: expect.stringContaining(
            'site: aws_db_instance.main is protected against destroy (site/main.tf, line 14). Publish a version without that. Nothing was changed.',
          ),
          link: `/environments/e/${name}`,
          severity: 'high',
          topic: 'environments.teardown',
          scope: `environments.teardown-check:${id}`,
        },
      },
    ]);
    // It is looked at again by itself, and nobody hears the same twice.
    goTo(17 * HOUR);
    expect(await everybody()).toBe(1);
    expect(engine.notices).toHaveLength(1);
  });

  it('goes away when a later check is fine, and is told anew when it fails after that', async () => {
    engine.driver.script('site', PROTECTED);
    await check();
    await everybody();
    expect(await failing()).toHaveLength(1);
    engine.driver.script('site', {});
    await check();
    await everybody();
    expect(await failing()).toEqual([]);
    expect((await get()).teardownCheck?.failingSince).toBeUndefined();
    engine.driver.script('site', PROTECTED);
    await check();
    await everybody();
    expect(engine.notices).toHaveLength(2);
  });

  it('is made again once something was changed, or a protection lifted', async () => {
    engine.driver.script('site', PROTECTED);
    await engine.rooms.leaseSafeguards.protect(id, { reason: 'demo' }, MIRA);
    await check();
    await everybody();
    expect(
      (await get()).teardownCheck?.problems.map(({ code }) => code),
    ).toEqual(['environment.protected', 'terraform.prevent-destroy']);
    engine.driver.script('site', {});
    await engine.submit(id, { kind: 'remediate' });
    await engine.work();
    expect(await everybody()).toBe(1);
    expect((await get()).teardownCheck?.problems).toMatchObject([
      { code: 'environment.protected' },
    ]);
    await engine.rooms.leaseSafeguards.unprotect(id, {}, MIRA);
    expect(await everybody()).toBe(1);
    expect((await get()).teardownCheck?.problems).toEqual([]);
  });

  it('comes again for an end that was moved far, and not for one moved a little', async () => {
    goTo(24 * HOUR);
    await everybody();
    await engine.rooms.leaseCommands.extend(id, { by: '2h' }, MIRA);
    goTo(22 * HOUR);
    expect(await everybody()).toBe(0);
    await engine.rooms.leaseCommands.extend(id, { by: '2d' }, MIRA);
    expect(await everybody()).toBe(0);
    goTo(-26 * HOUR);
    expect(await everybody()).toBe(1);
  });

  it('gives way at once to an operation, and is made later', async () => {
    goTo(24 * HOUR);
    await sweep();
    const { state } = await engine.submit(id, { kind: 'remediate' });
    expect(state).toBe('queued');
    await engine.work();
    expect(engine.driver.calls.map(({ action }) => action)).toContain('plan');
    expect((await get()).teardownCheck).toBeUndefined();
    expect(await everybody()).toBe(1);
    expect((await get()).teardownCheck).toBeDefined();
  });

  it('gives way to an operation while a worker has it', async () => {
    engine.driver.script('site', { plan: hangs() });
    await check();
    const worker = engine.worker();
    await worker.look();
    // The first plan was that of the create.
    await engine.driver.reached('site', 'plan', 2);
    expect((await get()).activeOperation).toBeUndefined();
    engine.driver.script('site', {});
    const submitted = await engine.submit(id, { kind: 'destroy' });
    expect(submitted.state).toBe('pending');
    await worker.idle();
    await engine.work();
    expect((await get()).state).toBe('destroyed');
    expect((await get()).teardownCheck).toBeUndefined();
  });

  it('does not wait behind an operation, and is one for all who ask', async () => {
    const [one, other] = [await check(), await check()];
    expect(other.id).toBe(one.id);
    await engine.work();
    await engine.submit(id, { kind: 'remediate' });
    await expect(check()).rejects.toMatchObject({
      problems: [{ code: 'environment.busy' }],
    });
  });

  it('takes the permission to destroy', async () => {
    engine.policy.byPermission['environments.environment.destroy'] = {
      result: AuthorizeResult.DENY,
    };
    await expect(check()).rejects.toMatchObject({
      problems: [{ code: 'environment.not-allowed' }],
    });
  });

  it('is left while anything else waits for a worker, and comes few at a time', async () => {
    for (let count = 0; count < 5; count += 1) await create();
    engine.clock.goTo(addSeconds(end, -23 * HOUR));
    const { environment } = await engine.create({
      blueprint: 'checked',
      inputs: {},
    });
    expect(await sweep()).toBe(0);
    await engine.work();
    expect(await sweep()).toBe(4);
    expect(await sweep()).toBe(0);
    await engine.work();
    expect(await sweep()).toBe(2);
    expect(environment.id).toBeDefined();
  });

  it('is put off when it came to no answer, and is none', async () => {
    goTo(24 * HOUR);
    await sweep();
    const [rung] = engine.rung.slice(-1);
    await engine.rooms.operationMoves.cancel(rung, {}, MIRA);
    expect(await everybody()).toBe(0);
    expect((await get()).teardownCheck).toBeUndefined();
    goTo(24 * HOUR - 900);
    expect(await everybody()).toBe(1);
  });

  it('is told later when nobody could be reached', async () => {
    reachable = false;
    engine.driver.script('site', PROTECTED);
    await check();
    await everybody();
    expect((await get()).teardownCheck?.toldAt).toBeUndefined();
    reachable = true;
    expect(await tell()).toBe(0);
    engine.clock.advance(60);
    expect(await tell()).toBe(1);
  });

  it('is not made of what nobody could see to before its end', async () => {
    await engine.rooms.leaseCommands.shorten(
      id,
      { until: addSeconds(engine.clock.now(), 29 * 60).toISOString() },
      MIRA,
    );
    engine.clock.advance(20 * 60);
    expect(await sweep()).toBe(0);
  });
});
