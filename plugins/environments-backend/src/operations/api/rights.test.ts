import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  environmentDestroyPermission,
  environmentUpdatePermission,
  SubmitOperationRequest,
} from '@greenroom/plugin-environments-common';
import { hangs } from '@greenroom/plugin-environments-node/contract-kit';
import { ProblemError } from '../../errors';
import { SHOP_BLUEPRINT } from '../../testing/blueprints';
import { useTestDatabases } from '../../testing/database';
import {
  MIRA,
  startTestEngine,
  TestEngine,
  workOff,
} from '../../testing/engine';

const ACTOR = 'user:default/mira';
const HASH = { planHash: 'any' };
const REASON = { reason: 'Because' };

describe('who may do what about operations', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
    await engine.blueprints.publish(
      SHOP_BLUEPRINT.replace('version: 1.0.0', 'version: 1.1.0'),
    );
  });
  afterEach(() => {
    const { policy, driver } = engine;
    policy.basic = AuthorizeResult.ALLOW;
    policy.decision = { result: AuthorizeResult.ALLOW };
    policy.byPermission = {};
    driver.script('docs', {});
    jest.restoreAllMocks();
  });

  async function created() {
    const { environment, operation } = await engine.create({
      version: '1.0.0',
    });
    await engine.work();
    return { id: environment.id, operationId: operation.id };
  }

  async function problemOf(promise: Promise<unknown>) {
    const error = await promise.then(
      () => undefined,
      thrown => thrown,
    );
    if (!(error instanceof ProblemError)) {
      throw new Error(`Not refused as it should be: ${error}`);
    }
    return { name: error.name, code: error.problems[0].code };
  }

  const entries = (operationId: string) =>
    engine
      .knex('audit_entries')
      .where({ operation_id: operationId })
      .orderBy('id')
      .select('action', 'actor', 'details');

  const moves = () => {
    const { operations, operationMoves } = engine.rooms;
    return {
      look: (id: string) => operations.get(id, MIRA),
      'look at the plan of': (id: string) => operations.plan(id, MIRA),
      cancel: (id: string) => operationMoves.cancel(id, {}, MIRA),
      confirm: (id: string) => operationMoves.confirm(id, HASH, MIRA),
      retry: (id: string) => operationMoves.retry(id, {}, MIRA),
      'roll back to': (id: string) => operationMoves.rollBackTo(id, {}, MIRA),
      'take over': (id: string) => operationMoves.takeOver(id, REASON, MIRA),
    };
  };

  it('says of what a caller may not see that it is not there, whatever they want of it', async () => {
    const { id, operationId } = await created();
    engine.policy.decision = { result: AuthorizeResult.DENY };
    for (const move of Object.values(moves())) {
      expect(await problemOf(move(operationId))).toEqual({
        name: 'NotFoundError',
        code: 'operation.not-found',
      });
    }
    for (const kind of ['update', 'destroy'] as const) {
      expect(await problemOf(engine.submit(id, { kind }))).toEqual({
        name: 'NotFoundError',
        code: 'environment.not-found',
      });
    }
  });

  it.each([
    [{ kind: 'update' }, environmentUpdatePermission],
    [{ kind: 'upgrade', version: '1.1.0' }, environmentUpdatePermission],
    [{ kind: 'pause' }, environmentUpdatePermission],
    [{ kind: 'resume' }, environmentUpdatePermission],
    [{ kind: 'remediate' }, environmentUpdatePermission],
    [{ kind: 'adopt', dryRun: true }, environmentUpdatePermission],
    [{ kind: 'destroy' }, environmentDestroyPermission],
  ] as [SubmitOperationRequest, typeof environmentUpdatePermission][])(
    'keeps %j for those who may',
    async (request, permission) => {
      const { id } = await created();
      engine.policy.byPermission = {
        [permission.name]: { result: AuthorizeResult.DENY },
      };
      expect(await problemOf(engine.submit(id, request))).toEqual({
        name: 'NotAllowedError',
        code: 'environment.not-allowed',
      });
      const { items } = await engine.rooms.operations.list(
        { environmentId: id },
        MIRA,
      );
      expect(items).toHaveLength(1);
    },
  );

  it('shows and refuses the same moves to those who may only look', async () => {
    const { id } = await created();
    const { id: operationId } = await engine.submit(id, { kind: 'update' });
    engine.policy.basic = AuthorizeResult.DENY;
    engine.policy.byPermission = {
      [environmentUpdatePermission.name]: { result: AuthorizeResult.DENY },
    };
    const { moves: shown } = await moves().look(operationId);
    expect(shown.filter(({ allowed }) => allowed)).toEqual([]);
    expect(await problemOf(moves().cancel(operationId))).toEqual({
      name: 'NotAllowedError',
      code: 'environment.not-allowed',
    });
    engine.policy.byPermission = {};
    const { moves: own } = await moves().look(operationId);
    expect(own.filter(({ allowed }) => allowed)).toMatchObject([
      { move: 'cancel' },
    ]);
    await moves().cancel(operationId);
  });

  it('lets operators alone take an operation over, with the reason on record', async () => {
    const { id } = await created();
    const { driver } = engine;
    driver.script('docs', { apply: hangs() });
    const applies = driver.calls.filter(
      call => call.component === 'docs' && call.action === 'apply',
    );
    const { id: operationId } = await engine.submit(id, {
      kind: 'update',
      inputs: { size: 'small', pages: 4 },
    });
    const worker = engine.worker();
    await worker.look();
    await driver.reached('docs', 'apply', applies.length + 1);
    driver.script('docs', {});
    const fence = async () =>
      (await engine.knex('operations').where({ id: operationId }).first())
        .claim_fence;
    const before = await fence();

    engine.policy.basic = AuthorizeResult.DENY;
    expect(await problemOf(moves()['take over'](operationId))).toEqual({
      name: 'NotAllowedError',
      code: 'request.not-allowed',
    });
    expect(await fence()).toBe(before);

    engine.policy.basic = AuthorizeResult.ALLOW;
    await moves()['take over'](operationId);
    expect(Number(await fence())).toBeGreaterThan(Number(before));
    expect(await entries(operationId)).toContainEqual({
      action: 'operation.taken-over',
      actor: ACTOR,
      details: expect.objectContaining(REASON),
    });
    // Either of the two workers may go on with it.
    await Promise.all([workOff(worker), engine.work()]);
    const { state } = await moves().look(operationId);
    expect(state).toBe('succeeded');
  });

  it('records who asked, cancelled, confirmed and why, and no inputs', async () => {
    const { id } = await created();
    const { operationMoves, operations } = engine.rooms;
    const submitted = await engine.submit(id, {
      kind: 'update',
      inputs: { size: 'small', pages: 424242 },
      confirm: true,
      ...REASON,
    });
    await engine.work();
    const { hash: planHash } = await operations.plan(submitted.id, MIRA);
    await operationMoves.confirm(submitted.id, { planHash }, MIRA);
    await operationMoves.cancel(submitted.id, { reason: 'Never mind' }, MIRA);
    const record = await entries(submitted.id);
    expect(record.map(({ action }) => action)).toEqual([
      'environment.update.requested',
      'environment.update.planned',
      'operation.confirmed',
      'operation.cancel.requested',
      'environment.update.cancelled',
    ]);
    expect(record[0]).toMatchObject({
      actor: ACTOR,
      details: { message: 'Because' },
    });
    expect(record[2]).toMatchObject({ actor: ACTOR, details: { planHash } });
    expect(record[3]).toMatchObject({
      actor: ACTOR,
      details: { reason: 'Never mind' },
    });
    expect(JSON.stringify(record)).not.toContain('424242');
  });

  it('makes one operation of two retries at once', async () => {
    const { id } = await created();
    const { id: operationId } = await engine.submit(id, {
      kind: 'update',
      inputs: { size: 'large' },
    });
    await moves().cancel(operationId);
    const results = await Promise.allSettled([
      moves().retry(operationId),
      moves().retry(operationId),
    ]);
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([
      { reason: { problems: [{ code: 'operation.superseded' }] } },
    ]);
  });

  it('checks once more when the environment has become another one since the check', async () => {
    const { id } = await created();
    const { service } = engine.blueprints;
    const newer = await service.getForRequest({ name: 'shop' });
    const look = jest.spyOn(service, 'getForRequest');
    look.mockImplementationOnce(async () => {
      await engine
        .knex('environments')
        .where({ id })
        .update({ blueprint_version_id: newer.versionId });
      return newer;
    });
    expect(await problemOf(engine.submit(id, { kind: 'upgrade' }))).toEqual({
      name: 'InputError',
      code: 'operation.version.same',
    });
    expect(look).toHaveBeenCalledTimes(2);
  });
});
