import { Knex } from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import { systemClock } from '../../clock';
import { useTestDatabases } from '../../testing/database';
import { insertOperations } from '../../testing/operationRows';
import { until } from '../../testing/until';
import { HeldClaim } from './claim';
import {
  ClaimLostError,
  OperationCancelledError,
  WorkerStoppingError,
} from '../errors';
import { ClaimStore, TakenClaim } from '../store/claims';

/** Longer than any machine stands still. */
const TTL_MS = 60_000;
/** Of a claim that is to run out under the eyes of a test. */
const SHORT_MS = 300;

/** What SIGSTOP does to a process: nothing in it happens meanwhile. */
function standStill(ms: number) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a claim that is held', () => {
  const databases = useTestDatabases();
  let knex: Knex;
  let store: ClaimStore;
  let claim: TakenClaim;
  let held: HeldClaim;

  const hold = ({
    takenAt = performance.now(),
    heartbeatMs = 50,
    ttlMs = TTL_MS,
  }) =>
    new HeldClaim(claim, {
      store,
      timing: { heartbeatMs, ttlMs },
      logger: mockServices.logger.mock(),
      takenAt,
    });

  beforeAll(async () => {
    knex = await databases.create();
    store = new ClaimStore(knex);
  });
  beforeEach(async () => {
    await knex.raw('TRUNCATE operations CASCADE');
    await insertOperations(knex, [{ owner: 'a' }]);
    const takenAt = performance.now();
    const taken = await store.takeNext({
      worker: 'one',
      ttlMs: TTL_MS,
      now: systemClock.now(),
      limits: { drivers: {} },
    });
    if (!taken) throw new Error('There was nothing to take');
    claim = taken;
    held = hold({ takenAt });
  });
  afterEach(() => held.leave());

  const row = () => knex('operations').first();

  it('lasts for as long as its heart beats', async () => {
    const { claim_until: first } = await row();
    await until(async () => (await row()).claim_until > first);
    expect(held.signal.aborted).toBe(false);
    await expect(held.write(async () => 'written')).resolves.toBe('written');
  });

  it('is lost to a process that stood still, before anything else happens in it', async () => {
    const { signal } = hold({ ttlMs: SHORT_MS });
    const seen: boolean[] = [];
    // Due before each of the claim's own timers.
    const driver = new Promise<void>(resolve => {
      setTimeout(() => {
        seen.push(signal.aborted);
        resolve();
      }, 1);
    });
    standStill(SHORT_MS + 100);
    await driver;
    expect(seen).toEqual([true]);
    expect(signal.reason).toBeInstanceOf(ClaimLostError);
    expect(() => signal.throwIfAborted()).toThrow(ClaimLostError);
  });

  it('lets nothing through to the database once it ran out', async () => {
    const short = hold({ ttlMs: SHORT_MS });
    standStill(SHORT_MS + 100);
    let asked = false;
    const write = short.write(async () => {
      asked = true;
    });
    await expect(write).rejects.toThrow(ClaimLostError);
    expect(asked).toBe(false);
    expect(short.signal.aborted).toBe(true);
  });

  it('tells whoever listens to its signal, without being asked', async () => {
    const { signal } = hold({ ttlMs: SHORT_MS });
    const told = new Promise(resolve =>
      signal.addEventListener('abort', resolve),
    );
    standStill(SHORT_MS + 100);
    await told;
    expect(signal.reason).toBeInstanceOf(ClaimLostError);
  });

  it('still writes when somebody wants the operation cancelled', async () => {
    held.cancel({ reason: 'wrong size' });
    expect(held.cancelRequested).toBe(true);
    expect(held.signal.reason).toBeInstanceOf(OperationCancelledError);
    expect(held.signal.reason.message).toContain('wrong size');
    await expect(held.write(async () => 'written')).resolves.toBe('written');
  });

  it('is free for others at once when it is released, and not when it is left', async () => {
    held.stopWork();
    expect(held.signal.reason).toBeInstanceOf(WorkerStoppingError);
    await held.leave();
    expect((await row()).claim_until).not.toBeNull();
    await held.release();
    expect(await row()).toMatchObject({
      state: 'running',
      claim_until: null,
      claim_worker: 'one',
    });
  });

  it('is nothing any more once somebody else has a newer one', async () => {
    await held.leave();
    await knex('operations').update({ claim_until: '2000-01-01' });
    const limits = { drivers: {} };
    const now = systemClock.now();
    const newer = await store.takeNext({
      worker: 'two',
      ttlMs: 60_000,
      now,
      limits,
    });
    expect(newer?.fence).toBeGreaterThan(claim.fence);
    const before = await row();
    let asked = false;
    const write = store.write(claim, async () => {
      asked = true;
    });
    await expect(write).rejects.toThrow(ClaimLostError);
    expect(asked).toBe(false);
    expect(await store.renew(claim, 60_000)).toBe(false);
    await store.release(claim);
    expect(await row()).toEqual(before);

    // Long before its own clock would say so.
    const late = hold({});
    const lost = new Promise(resolve =>
      late.signal.addEventListener('abort', resolve),
    );
    await lost;
    expect(late.signal.reason).toBeInstanceOf(ClaimLostError);
  });

  it('is nothing any more once the operation has ended', async () => {
    await held.leave();
    await knex('operations').update({ state: 'succeeded' });
    const write = store.write(claim, async () => 'written');
    await expect(write).rejects.toThrow(ClaimLostError);
  });

  it('counts from when it was asked for, and ends between two heartbeats', async () => {
    const heartbeatMs = 60_000;
    const ttlMs = SHORT_MS;
    const takenAt = performance.now() - ttlMs - 1;
    expect(hold({ takenAt, heartbeatMs, ttlMs }).signal.aborted).toBe(true);

    const quiet = hold({ heartbeatMs, ttlMs });
    await new Promise(resolve =>
      quiet.signal.addEventListener('abort', resolve),
    );
    expect(quiet.signal.reason).toBeInstanceOf(ClaimLostError);
  });

  it('writes again when a connection is cut, for as long as it can last', async () => {
    const cut = () => {
      throw new Error('Connection terminated unexpectedly');
    };
    let tries = 0;
    const patient = hold({});
    const written = patient.write(async () => (tries++ === 0 ? cut() : 'it'));
    await expect(written).resolves.toBe('it');
    await patient.leave();

    const short = hold({ heartbeatMs: 60_000, ttlMs: SHORT_MS });
    await expect(short.write(async () => cut())).rejects.toThrow();
    await short.leave();
  });
});
