import { Operation } from '@greenroom/plugin-environments-common';
import { fails } from '@greenroom/plugin-environments-node/contract-kit';
import { randomIds } from '../../ids';
import { useTestDatabases } from '../../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../../testing/engine';
import { overtaken } from '../../testing/overtake';

describe('requests that are sent again because no answer came', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
  });

  /** An environment that was made, and then failed to become another one. */
  async function failed() {
    const { environment, operation } = await engine.create();
    await engine.work();
    engine.driver.script('docs', { apply: fails() });
    const update = await engine.submit(environment.id, {
      kind: 'update',
      inputs: { size: 'small', pages: 5 },
    });
    await engine.work();
    engine.driver.script('docs', {});
    return { id: environment.id, createdBy: operation.id, failedId: update.id };
  }

  const retry = (id: string, key?: string, reason?: string) =>
    engine.rooms.operationMoves.retry(id, { reason }, MIRA, key);
  const rollBackTo = (id: string, key?: string) =>
    engine.rooms.operationMoves.rollBackTo(id, {}, MIRA, key);

  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      error => error.problems?.[0].code,
    );

  const howMany = async (environmentId: string) =>
    (await engine.knex('operations').where({ environment_id: environmentId }))
      .length;

  it('retries once under one key, even at once and after its end', async () => {
    const { id, failedId } = await failed();
    const key = randomIds.id();
    const [first, second] = await Promise.all([
      retry(failedId, key),
      retry(failedId, key),
    ]);
    expect(second.id).toBe(first.id);
    await engine.work();
    const third = await retry(failedId, key);
    expect(third).toMatchObject({ id: first.id, state: 'succeeded' });
    expect(await howMany(id)).toBe(3);
    expect(await codeOf(retry(failedId))).toBe('operation.superseded');
  });

  it('rolls back once under one key', async () => {
    const { id, createdBy } = await failed();
    const key = randomIds.id();
    const first = await rollBackTo(createdBy, key);
    await engine.work();
    expect((await rollBackTo(createdBy, key)).id).toBe(first.id);
    expect(await howMany(id)).toBe(3);
    expect(await codeOf(rollBackTo(createdBy))).toBe('operation.present');
  });

  it.each<
    [
      string,
      (
        ids: { failedId: string; createdBy: string },
        key: string,
      ) => Promise<unknown>,
    ]
  >([
    ['about another operation', ({ createdBy }, key) => retry(createdBy, key)],
    ['with another reason', ({ failedId }, key) => retry(failedId, key, 'So')],
    ['for another move', ({ failedId }, key) => rollBackTo(failedId, key)],
  ])('refuses a key that came before, now %s', async (_, again) => {
    const ids = await failed();
    const key = randomIds.id();
    await retry(ids.failedId, key);
    expect(await codeOf(again(ids, key))).toBe(
      'request.idempotency-key.reused',
    );
    expect(await howMany(ids.id)).toBe(3);
  });

  describe('when another request takes the key at the last moment', () => {
    /** What is answered when the other request is not committed yet, and then is. */
    const overtakenBy = (key: string, ask: () => Promise<Operation>) =>
      overtaken(
        engine.knex,
        async other => {
          const [operation] = await other('operations').limit(1);
          await other.raw('SET LOCAL session_replication_role = replica');
          await other('operations').insert({
            ...operation,
            id: randomIds.id(),
            environment_id: randomIds.id(),
            cause: JSON.stringify(operation.cause),
            inputs: JSON.stringify(operation.inputs),
            drivers: JSON.stringify(operation.drivers),
            idempotency_key: key,
            request_digest: 'of another request',
          });
        },
        () => codeOf(ask()),
      );

    it.each<
      [
        string,
        (
          ids: { id: string; failedId: string; createdBy: string },
          key: string,
        ) => Promise<Operation>,
      ]
    >([
      ['a retry', ({ failedId }, key) => retry(failedId, key)],
      ['a rollback', ({ createdBy }, key) => rollBackTo(createdBy, key)],
      [
        'a change',
        ({ id }, key) =>
          engine.rooms.operationRequests.submit(
            id,
            { kind: 'update' },
            MIRA,
            key,
          ),
      ],
    ])('%s says so and makes nothing', async (_, ask) => {
      const ids = await failed();
      const key = randomIds.id();
      expect(await overtakenBy(key, () => ask(ids, key))).toBe(
        'request.idempotency-key.reused',
      );
      expect(await howMany(ids.id)).toBe(2);
    });
  });
});
