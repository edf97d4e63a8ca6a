import { Knex } from 'knex';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { LeaseVerification } from '@greenroom/plugin-environments-common';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

describe('the check of all leases', () => {
  const databases = useTestDatabases();
  let knex: Knex;
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    knex = await databases.create();
    engine = await startTestEngine(knex);
    id = (await engine.create({ name: 'checked' })).environment.id;
    await engine.create();
    await engine.rooms.leaseCommands.extend(id, { by: '10m' }, MIRA);
  });
  afterEach(() => engine.stop());

  const verify = (cursor?: string): Promise<LeaseVerification> =>
    engine.rooms.leaseVerifier.next({ cursor }, MIRA);

  it('finds nothing where each lease is what its ledger comes to', async () => {
    expect(await verify()).toEqual({ checked: 2, differing: [] });
  });

  it('says what of which lease is not as in its ledger', async () => {
    const { max_expires_at: moved } = await knex('leases')
      .where({ environment_id: id })
      .first();
    await knex('leases')
      .where({ environment_id: id })
      .update({ expires_at: moved, extensions_used: 0 });
    expect(await verify()).toMatchObject({
      checked: 2,
      differing: [
        {
          environmentId: id,
          environmentName: 'checked',
          fields: [
            { field: 'expiresAt', lease: moved.toISOString() },
            { field: 'extensionsUsed', lease: 0, ledger: 1 },
          ],
        },
      ],
    });
  });

  it('says so when entries are missing', async () => {
    await knex.raw('ALTER TABLE lease_entries DISABLE TRIGGER ALL');
    await knex('lease_entries')
      .where({ environment_id: id, kind: 'grant' })
      .delete();
    expect(await verify()).toMatchObject({
      differing: [
        { environmentId: id, broken: 'The ledger does not begin with a grant' },
      ],
    });
  });

  it('goes through all of them, batch by batch', async () => {
    await knex.raw(
      `WITH copies AS (
         SELECT gen_random_uuid() AS id, number FROM generate_series(1, 450) AS number
       ), environments AS (
         INSERT INTO environments
         SELECT (jsonb_populate_record(e, jsonb_build_object(
           'id', c.id, 'name', e.name || '-' || c.number))).*
         FROM environments e, copies c WHERE e.id = ?
       )
       INSERT INTO leases
       SELECT (jsonb_populate_record(l, jsonb_build_object('environment_id', c.id))).*
       FROM leases l, copies c WHERE l.environment_id = ?`,
      [id, id],
    );
    const seen: number[] = [];
    const differing = new Set<string>();
    let cursor: string | undefined;
    do {
      const answer = await verify(cursor);
      seen.push(answer.checked);
      answer.differing.forEach(one => differing.add(one.environmentId));
      cursor = answer.nextCursor;
    } while (cursor);
    expect(seen).toEqual([200, 200, 52]);
    expect(differing.size).toBe(450);
  });

  it('is for those alone who may', async () => {
    engine.policy.basic = AuthorizeResult.DENY;
    await expect(verify()).rejects.toMatchObject({
      name: 'NotAllowedError',
      problems: [{ code: 'request.not-allowed' }],
    });
  });
});
