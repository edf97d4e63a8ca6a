import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  BulkRequest,
  environmentUpdatePermission,
  leaseHoldPermission,
} from '@greenroom/plugin-environments-common';
import {
  createEnvironmentConditionalDecision,
  environmentConditions,
} from '@greenroom/plugin-environments-node';
import { addSeconds } from '../clock';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

describe('what happens between a look at a change of many and the change', () => {
  let engine: TestEngine;
  let ids: string[];

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    const made = [];
    for (const name of ['ash', 'birch', 'cedar']) {
      made.push(
        await engine.create({
          name,
          blueprint: 'single',
          inputs: {},
          ttl: '2h',
        }),
      );
    }
    ids = made.map(({ environment }) => environment.id);
    await engine.work();
  });
  afterEach(() => {
    engine.policy.byPermission = {};
  });

  const change = (request: BulkRequest) =>
    engine.rooms.bulk.change(request, MIRA);
  const look = (request: BulkRequest) => change({ ...request, dryRun: true });
  const until = () => addSeconds(engine.clock.now(), 7200).toISOString();
  const codes = async (request: BulkRequest) =>
    (await change(request)).items.map(({ problem }) => problem?.code);
  const revisions = () =>
    engine.knex('leases').orderBy('environment_id').pluck('revision');

  it('a right that is lost by then is refused for each, and nothing is done', async () => {
    const hold: BulkRequest = { action: 'hold', ids, until: until() };
    expect(await look(hold)).toMatchObject({ done: 3, refused: 0 });
    const before = await revisions();
    engine.policy.byPermission = {
      [leaseHoldPermission.name]: { result: AuthorizeResult.DENY },
    };
    const refused = Array(3).fill('lease.not-allowed');
    expect(await codes({ ...hold, reason: 'an incident' })).toEqual(refused);
    expect(await revisions()).toEqual(before);
  });

  it('one that is another owner’s by then is refused, and the others are extended', async () => {
    const extend: BulkRequest = { action: 'extend', ids, by: '1h' };
    expect(await look(extend)).toMatchObject({ done: 3, refused: 0 });
    await engine
      .knex('environments')
      .where({ id: ids[1] })
      .update({ owner_ref: 'group:default/payments' });
    engine.policy.byPermission = {
      [environmentUpdatePermission.name]: createEnvironmentConditionalDecision(
        environmentUpdatePermission,
        environmentConditions.isOwner({ claims: ['group:default/checkout'] }),
      ),
    };
    expect(await codes(extend)).toEqual([
      undefined,
      'environment.not-allowed',
      undefined,
    ]);
  });

  it('a hold that somebody has released by then is nothing to release', async () => {
    const { leaseSafeguards } = engine.rooms;
    for (const id of [ids[0], ids[2]]) {
      await leaseSafeguards.hold(id, { until: until(), reason: 'r' }, MIRA);
    }
    const release: BulkRequest = { action: 'release', ids: [ids[0], ids[2]] };
    expect(await look(release)).toMatchObject({ done: 2 });
    await leaseSafeguards.release(ids[0], {}, MIRA);
    expect(await codes(release)).toEqual(['lease.hold.none', undefined]);
  });

  it('one that is busy by then is refused, and the others are destroyed', async () => {
    const destroy: BulkRequest = { action: 'destroy', ids, count: 3 };
    expect(await look(destroy)).toMatchObject({ done: 3 });
    await engine.submit(ids[0], { kind: 'destroy' });
    expect(await codes(destroy)).toEqual([
      'environment.busy',
      undefined,
      undefined,
    ]);
  });
});
