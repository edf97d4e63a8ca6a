import express from 'express';
import PromiseRouter from 'express-promise-router';
import request from 'supertest';
import { mockServices } from '@backstage/backend-test-utils';
import { DriverContext } from '@greenroom/plugin-environments-node';
import { createErrorHandler } from '../errorHandler';
import { randomIds } from '../ids';
import { useTestDatabases } from '../testing/database';
import { startTestEngine, TestEngine, workOff } from '../testing/engine';
import { registerStateRoutes } from './routes';

const LOCK = { ID: 'lock-1', Operation: 'OperationTypeApply', Who: 'a@b' };

/** What the tools send, as short as it can be. */
function state(serial: number, extra: object = {}): string {
  return JSON.stringify({ version: 4, serial, lineage: 'line', ...extra });
}

describe('the http state protocol', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  let app: express.Express;
  let access: DriverContext['state'];
  let operationId: string;
  let finish: () => void;
  let done: Promise<void>;

  /** An apply under way, in whose place the test speaks to the state. */
  async function beginApply() {
    const gate = new Promise<void>(resolve => {
      finish = resolve;
    });
    const begun = new Promise<DriverContext['state']>(resolve => {
      engine.driver.script('site', {
        apply: async ({ context }) => {
          resolve(context.state);
          await gate;
        },
      });
    });
    done = workOff(engine.worker());
    access = await begun;
  }

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
    const router = PromiseRouter();
    registerStateRoutes(router, engine.rooms);
    app = express().use(router);
    app.use(
      createErrorHandler({
        logger: mockServices.logger.mock(),
        ids: randomIds,
      }),
    );
    const created = await engine.create({ blueprint: 'single', inputs: {} });
    operationId = created.operation.id;
    await beginApply();
  });
  afterEach(async () => {
    finish();
    await done;
    await engine.stop();
  });

  const path = (address: string) => new URL(address).pathname;
  const as = (test: request.Test, given = access) =>
    test.auth(given.username, given.password);
  const read = (given = access) =>
    as(request(app).get(path(given.address)), given);
  const write = (body: string, lockId?: string, given = access) =>
    as(request(app).post(path(given.address)), given)
      .query(lockId ? { ID: lockId } : {})
      .set('Content-Type', 'application/json')
      .send(body);
  const lock = (info: object = LOCK, given = access) =>
    as(request(app).lock(path(given.lockAddress)), given).send(info);
  const unlock = (info: object = LOCK, given = access) =>
    as(request(app).unlock(path(given.unlockAddress)), given).send(info);

  it('has nothing at first, then what was written last', async () => {
    await read().expect(204);
    await lock().expect(200);
    await write(state(1), LOCK.ID).expect(200);
    await write(state(2, { resources: [] }), LOCK.ID).expect(200);
    await unlock().expect(200);
    const answer = await read().expect(200);
    expect(answer.body).toEqual({
      version: 4,
      serial: 2,
      lineage: 'line',
      resources: [],
    });
  });

  it('keeps every version, sealed', async () => {
    await lock();
    await write(state(1, { secret: 'correct-horse' }), LOCK.ID);
    await write(state(2), LOCK.ID);
    const rows = await engine.knex('state_versions').orderBy('id');
    expect(rows.map(({ serial }) => Number(serial))).toEqual([1, 2]);
    expect(rows[0].content.toString()).not.toContain('correct-horse');
    expect(rows[0].operation_id).toBe(operationId);
  });

  it('takes the very same once more, but nothing that would undo a newer one', async () => {
    await lock();
    await write(state(5), LOCK.ID).expect(200);
    await write(state(5), LOCK.ID).expect(200);
    expect(await engine.knex('state_versions')).toHaveLength(1);
    await write(state(5, { other: true }), LOCK.ID).expect(409);
    const older = await write(state(4), LOCK.ID).expect(409);
    expect(older.body.problems[0].message).toContain('serial 5');
    await write(
      JSON.stringify({ serial: 6, lineage: 'other' }),
      LOCK.ID,
    ).expect(409);
  });

  it.each([
    ['no JSON', 'not json'],
    ['no object', '[]'],
    ['without a serial', '{"lineage":"line"}'],
    ['of half a serial', '{"serial":1.5,"lineage":"line"}'],
    ['of a serial beyond all numbers', '{"serial":1e17,"lineage":"line"}'],
    ['without a lineage', '{"serial":1}'],
    ['of an empty lineage', '{"serial":1,"lineage":""}'],
  ])('refuses a state that is %s', async (_, body) => {
    await lock();
    await write(body, LOCK.ID).expect(400);
    expect(await engine.knex('state_versions')).toHaveLength(0);
  });

  it('takes no state, and no lock, that is larger than it may be, and says so', async () => {
    await lock();
    const large = state(1, { filler: 'x'.repeat(2 ** 20) });
    const answer = await write(large, LOCK.ID).expect(413);
    expect(answer.body.problems).toMatchObject([
      {
        code: 'state.too-large',
        message:
          'The state is larger than 1 MB, which is the most that is taken here.',
      },
    ]);
    expect(await engine.knex('state_versions')).toHaveLength(0);
    await lock({ ID: 'lock-2', Who: 'x'.repeat(2 ** 20) }).expect(413);
    const fitting = state(1, { filler: 'x'.repeat(2 ** 20 - 100) });
    await write(fitting, LOCK.ID).expect(200);
  });

  it.each([
    ['no ID', '{}'],
    ['an empty ID', '{"ID":""}'],
    ['nothing at all', undefined],
  ])('refuses a lock with %s', async (_, body) => {
    const answer = await as(request(app).lock(path(access.lockAddress)))
      .set('Content-Type', 'application/json')
      .send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.problems[0].code).toBe('state.body.invalid');
  });

  it('unlocks once more what is unlocked already', async () => {
    await lock();
    await unlock().expect(200);
    await unlock().expect(200);
  });

  it('answers a held lock with 423 and the words of its holder', async () => {
    await lock().expect(200);
    await lock().expect(200);
    const answer = await lock({ ID: 'lock-2' }).expect(423);
    expect(answer.body).toEqual(LOCK);
    await unlock({ ID: 'lock-2' }).expect(409);
    await unlock().expect(200);
    await lock({ ID: 'lock-2' }).expect(200);
  });

  it('takes no write without the lock that is held', async () => {
    await write(state(1), 'lock-9').expect(409);
    await lock();
    await write(state(1)).expect(409);
    await write(state(1), 'lock-9').expect(409);
    expect(await engine.knex('state_versions')).toHaveLength(0);
  });

  it('opens to its own password alone', async () => {
    await request(app).get(path(access.address)).expect(401);
    await read({ ...access, password: 'guess' }).expect(401);
    await read({ ...access, username: randomIds.id() }).expect(401);
    await read({
      ...access,
      address: `http://x/states/${randomIds.id()}`,
    }).expect(401);
  });

  it('shuts out a worker that lost its claim, and breaks its lock', async () => {
    await lock().expect(200);
    const late = { access, finish, done };
    await engine
      .knex('operations')
      .where({ id: operationId })
      // Another fence, or the worker would renew what it still takes for its own.
      .update({
        claim_until: '2000-01-01',
        claim_fence: engine.knex.raw('claim_fence + 1'),
      });
    await beginApply();

    const refused = await write(state(1), LOCK.ID, late.access).expect(403);
    expect(refused.body.problems[0].code).toBe('state.claim.lost');
    await read(late.access).expect(403);
    await unlock(LOCK, late.access).expect(403);

    await lock({ ID: 'lock-2' }).expect(200);
    await write(state(1), 'lock-2').expect(200);
    late.finish();
    await late.done;
  });

  it('is closed once the operation has ended', async () => {
    finish();
    await done;
    await read().expect(401);
  });

  it('keeps no lock of a tool that was killed once its operation has ended', async () => {
    await lock().expect(200);
    expect(await engine.knex('states').whereNotNull('lock')).toHaveLength(1);
    finish();
    await done;
    expect(
      await engine.knex('states').select('lock', 'lock_operation_id'),
    ).toEqual([{ lock: null, lock_operation_id: null }]);
  });

  it('answers in problems, without a stack trace', async () => {
    const answer = await request(app).get(path(access.address)).expect(401);
    expect(answer.body).toMatchObject({
      error: { name: 'AuthenticationError' },
      problems: [{ code: 'state.token.unknown' }],
    });
    expect(JSON.stringify(answer.body)).not.toContain('.ts');
  });
});
