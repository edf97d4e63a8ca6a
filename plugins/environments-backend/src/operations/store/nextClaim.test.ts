import fc from 'fast-check';
import { Knex } from 'knex';
import { systemClock } from '../../clock';
import { useTestDatabases } from '../../testing/database';
import {
  insertOperations,
  OperationRowOptions,
} from '../../testing/operationRows';
import { ClaimStore } from './claims';
import { CLAIM_NEXT, ClaimLimits } from './nextClaim';

jest.setTimeout(120_000);

const NO_LIMITS: ClaimLimits = { drivers: {} };
/** Seconds that no claim runs out in before its test is over. */
const LONG = 3600;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));

describe('the next operation', () => {
  const databases = useTestDatabases();
  let knex: Knex;
  let claims: ClaimStore;

  beforeAll(async () => {
    knex = await databases.create();
    claims = new ClaimStore(knex);
  });
  beforeEach(() => knex.raw('TRUNCATE operations CASCADE'));

  const takeNext = (limits = NO_LIMITS, worker = 'one') =>
    claims.takeNext({
      worker,
      ttlMs: LONG * 1000,
      now: systemClock.now(),
      limits,
    });
  const insert = (...rows: OperationRowOptions[]) =>
    insertOperations(knex, rows);
  async function takeAll(limits = NO_LIMITS): Promise<string[]> {
    const taken = await takeNext(limits);
    return taken ? [taken.operationId, ...(await takeAll(limits))] : [];
  }

  it('is of another owner in turn, and the oldest of that one', async () => {
    const [a1, a2, a3] = await insert(
      { owner: 'a', requestedAt: at(1) },
      { owner: 'a', requestedAt: at(2) },
      { owner: 'a', requestedAt: at(3) },
    );
    const [b1, b2] = await insert(
      { owner: 'b', requestedAt: at(4) },
      { owner: 'b', requestedAt: at(5) },
    );
    expect(await takeAll()).toEqual([a1, b1, a2, b2, a3]);
  });

  it('is of who was served longest ago, among those who hold the same', async () => {
    await insert(
      { owner: 'a', state: 'succeeded', claimedAt: at(2) },
      { owner: 'b', state: 'succeeded', claimedAt: at(3) },
      { owner: 'b', state: 'succeeded', claimedAt: at(0) },
    );
    const [a] = await insert({ owner: 'a', requestedAt: at(20) });
    const [b] = await insert({ owner: 'b', requestedAt: at(10) });
    const [never] = await insert({ owner: 'c', requestedAt: at(30) });
    expect(await takeAll()).toEqual([never, a, b]);
  });

  it('is of who holds the fewest, however lately that one was served', async () => {
    const holds = (owner: string, minute: number) => ({
      owner,
      state: 'running' as const,
      claimSeconds: LONG,
      claimedAt: at(minute),
    });
    await insert(holds('a', 0), holds('a', 1), holds('b', 5));
    await insert({ owner: 'a', requestedAt: at(10) });
    const [b] = await insert({ owner: 'b', requestedAt: at(20) });
    expect(await takeNext()).toMatchObject({ operationId: b });
  });

  it('is none that somebody holds, waits for a word or its turn, or has ended', async () => {
    await insert(
      { owner: 'a', state: 'running', claimSeconds: LONG },
      { owner: 'a', state: 'waiting' },
      { owner: 'a', state: 'pending' },
      { owner: 'a', state: 'failed' },
    );
    expect(await takeNext()).toBeUndefined();
  });

  it('is one whose claim ran out, or was given back', async () => {
    const [lost, released] = await insert(
      { owner: 'a', state: 'running', claimSeconds: -1, requestedAt: at(1) },
      { owner: 'a', state: 'running', requestedAt: at(2) },
    );
    expect(await takeNext()).toMatchObject({
      operationId: lost,
      fence: 1,
      claimsLost: 1,
    });
    expect(await takeNext()).toMatchObject({
      operationId: released,
      claimsLost: 0,
    });
  });

  it('respects what an owner and a driver may have at once, counting claims that are alive', async () => {
    await insert(
      { owner: 'a', state: 'running', claimSeconds: LONG, drivers: ['slow'] },
      { owner: 'b', state: 'running', claimSeconds: -5, drivers: ['slow'] },
    );
    const [quick] = await insert(
      { owner: 'c', drivers: ['quick'], requestedAt: at(9) },
      { owner: 'a', drivers: ['quick'] },
    );
    const limits = { perOwner: 1, drivers: { slow: 1 } };
    expect(await takeAll(limits)).toEqual([quick]);
  });

  it('leaves no place of a driver to claims that ran out', async () => {
    const [, lost] = await insert(
      { owner: 'a', state: 'running', claimSeconds: LONG, drivers: ['slow'] },
      { owner: 'b', state: 'running', claimSeconds: -5, drivers: ['slow'] },
    );
    expect(await takeAll({ drivers: { slow: 2 } })).toEqual([lost]);
  });

  it('passes over a row that a transaction has locked', async () => {
    const [locked] = await insert({ owner: 'a', requestedAt: at(1) });
    const [free] = await insert({ owner: 'b', requestedAt: at(2) });
    await knex.transaction(async tx => {
      await tx('operations').where({ id: locked }).forUpdate();
      expect(await takeNext()).toMatchObject({ operationId: free });
      expect(await takeNext()).toBeUndefined();
    });
    expect(await takeNext()).toMatchObject({ operationId: locked });
  });

  it('counts claims in a row that ended in nothing', async () => {
    const [id] = await insert({ owner: 'a' });
    const lose = () =>
      knex('operations')
        .where({ id })
        .update({ claim_until: at(0) });
    const addStep = (position: number, state: 'succeeded' | 'running') =>
      knex('operation_steps').insert({
        id: knex.raw('gen_random_uuid()'),
        operation_id: id,
        position,
        component: 'site',
        action: 'plan',
        state,
        after: '[]',
      });
    const setSteps = (state: 'waiting' | 'succeeded') =>
      knex('operation_steps').where({ operation_id: id }).update({ state });
    const lost = [];
    for (const before of [
      async () => {},
      lose,
      lose,
      async () => {
        await addStep(0, 'succeeded');
        await lose();
      },
      lose,
      async () => {
        await addStep(1, 'running');
        await lose();
      },
      async () => {
        await setSteps('waiting');
        await lose();
      },
      async () => {
        await knex('operation_steps').where({ position: 1 }).delete();
        await setSteps('succeeded');
        await lose();
      },
    ]) {
      await before();
      lost.push((await takeNext())?.claimsLost);
    }
    // What is begun is no progress, and neither is what ends once more.
    expect(lost).toEqual([0, 1, 2, 0, 1, 2, 3, 4]);
  });

  it('keeps when it was begun first', async () => {
    const [id] = await insert({ owner: 'a' });
    await takeNext();
    const begun = () => knex('operations').where({ id }).first('started_at');
    const first = await begun();
    await knex('operations')
      .where({ id })
      .update({ claim_until: at(0) });
    await takeNext();
    expect(await begun()).toEqual(first);
  });

  it('is never taken twice, and no limit is passed, by workers that come at once', async () => {
    const owners = ['a', 'b', 'c'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            owner: fc.constantFrom(...owners),
            drivers: fc.subarray(['slow', 'quick']),
          }),
          { minLength: 1, maxLength: 25 },
        ),
        fc.record({
          perOwner: fc.integer({ min: 1, max: 3 }),
          drivers: fc.record(
            { slow: fc.integer({ min: 1, max: 4 }) },
            { requiredKeys: [] },
          ),
        }),
        async (rows, limits) => {
          await knex.raw('TRUNCATE operations CASCADE');
          await insert(...rows);
          const takeUntilNone = async (worker: string): Promise<string[]> => {
            const taken = await takeNext(limits, worker);
            return taken
              ? [taken.operationId, ...(await takeUntilNone(worker))]
              : [];
          };
          const taken = (
            await Promise.all(['one', 'two', 'three'].map(takeUntilNone))
          ).flat();
          expect(new Set(taken).size).toBe(taken.length);

          const all = await knex('operations').select(
            'id',
            'owner_ref',
            'drivers',
          );
          const held = all.filter(row => taken.includes(row.id));
          const ofOwner = (owner: string) =>
            held.filter(row => row.owner_ref === owner).length;
          const slow = held.filter(row => row.drivers.includes('slow')).length;
          for (const owner of owners)
            expect(ofOwner(owner)).toBeLessThanOrEqual(limits.perOwner);
          expect(slow).toBeLessThanOrEqual(limits.drivers.slow ?? Infinity);

          // Nothing is left that the limits would allow.
          for (const row of all.filter(each => !taken.includes(each.id)))
            expect(
              ofOwner(row.owner_ref) >= limits.perOwner ||
                (row.drivers.includes('slow') &&
                  slow >= (limits.drivers.slow ?? Infinity)),
            ).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is whose a plain list would say, whatever was asked for and has ended', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }),
        fc.infiniteStream(fc.boolean()),
        async (owners, ends) => {
          await knex.raw('TRUNCATE operations CASCADE');
          const ids = await insert(
            ...owners.map((owner, minute) => ({
              owner,
              requestedAt: at(minute),
            })),
          );
          const waiting = owners.map((owner, age) => ({ owner, age }));
          const held: string[] = [];
          const turns: string[] = [];
          while (waiting.length > 0) {
            const [next] = waiting.toSorted(
              (one, other) =>
                held.filter(owner => owner === one.owner).length -
                  held.filter(owner => owner === other.owner).length ||
                turns.lastIndexOf(one.owner) - turns.lastIndexOf(other.owner) ||
                one.age - other.age,
            );
            const taken = await takeNext();
            expect(taken?.operationId).toBe(ids[next.age]);

            waiting.splice(waiting.indexOf(next), 1);
            turns.push(next.owner);
            if (ends.next().value) {
              await knex('operations')
                .where({ id: taken?.operationId })
                .update({ state: 'succeeded', claim_until: null });
            } else {
              held.push(next.owner);
            }
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is found without reading what waits or has ended', async () => {
    await knex.transaction(async tx => {
      await tx.raw('SET LOCAL session_replication_role = replica');
      await tx.raw(`
        INSERT INTO operations (id, environment_id, number, kind, state, blueprint_version_id,
          inputs, owner_ref, drivers, requested_by, requested_at, cause, claimed_at)
        SELECT gen_random_uuid(), gen_random_uuid(), 1, 'create',
          CASE WHEN n <= 50000 THEN 'succeeded' ELSE 'queued' END,
          gen_random_uuid(), '{}', 'owner-' || n % 20, '["terraform"]', 'mira',
          now() - n * interval '1 second', '{}',
          CASE WHEN n <= 50000 THEN now() - n * interval '1 second' END
        FROM generate_series(1, 55000) AS n
      `);
    });
    await knex.raw('ANALYZE operations');
    const { rows } = await knex.raw(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${CLAIM_NEXT}`,
      {
        worker: 'one',
        ttlMs: 20_000,
        now: systemClock.now(),
        perOwner: 5,
        drivers: '{"terraform": 10}',
      },
    );
    const [{ Plan: plan }] = rows[0]['QUERY PLAN'];
    expect(scansOfOperations(plan)).not.toContain('Seq Scan');
    expect(mostRowsRead(plan)).toBeLessThan(200);
  });
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [
  node,
  ...(node.Plans ?? []).flatMap(nodesOf),
];

function scansOfOperations(plan: PlanNode): string[] {
  return nodesOf(plan)
    .filter(node => node['Relation Name'] === 'operations')
    .map(node => node['Node Type']);
}

function mostRowsRead(plan: PlanNode): number {
  return Math.max(
    ...nodesOf(plan).map(
      node =>
        (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) *
        node['Actual Loops'],
    ),
  );
}
