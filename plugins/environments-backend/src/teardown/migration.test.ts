import { Knex } from 'knex';
import { resolve } from 'node:path';
import { systemClock, addSeconds } from '../clock';
import { useTestDatabases } from '../testing/database';
import {
  FailingTeardowns,
  startFailingTeardowns,
} from './__testUtils__/failing';

const MIGRATION = {
  directory: resolve(__dirname, '../../migrations'),
  name: '20261121210000_teardowns.js',
};

describe('teardowns that the first release tried again', () => {
  const databases = useTestDatabases();
  let failing: FailingTeardowns;
  let knex: Knex;
  const retryAt = addSeconds(systemClock.now(), 500);

  const leases = () =>
    knex('leases')
      .orderBy('failed_teardowns')
      .select('environment_id', 'retry_at', 'failed_teardowns');

  beforeEach(async () => {
    failing = await startFailingTeardowns(await databases.create());
    knex = failing.engine.knex;
  });
  afterEach(() => failing.engine.stop());

  it('go on where they were, and go back to the leases by a step back', async () => {
    const [running, failed, gone] = [
      await failing.create(),
      await failing.create(),
      await failing.create(),
    ];
    await failing.destroy(failed);
    const since = failing.engine.clock.now();
    failing.engine.driver.script('site', {});
    await failing.destroy(gone);

    await knex.migrate.down(MIGRATION);
    // As the first release wrote it.
    await knex('leases')
      .where({ environment_id: failed })
      .update({ retry_at: retryAt, failed_teardowns: 2 });
    await knex.migrate.up(MIGRATION);

    const [operationId] = await knex('operations')
      .where({ environment_id: failed, kind: 'destroy' })
      .pluck('id');
    expect(await knex('teardowns')).toMatchObject([
      {
        environment_id: failed,
        since,
        failures: 2,
        next_attempt_at: retryAt,
        last_problem: { code: 'cloud.denied', message: 'The cloud says no.' },
        operation_id: operationId,
        escalated_at: null,
      },
    ]);
    expect(await knex('catalog_proofs')).toMatchObject([
      { environment_id: gone, looks: 0, gone_at: null },
    ]);

    await knex.migrate.down(MIGRATION);
    expect(await leases()).toEqual(
      expect.arrayContaining([
        { environment_id: running, retry_at: null, failed_teardowns: 0 },
        { environment_id: failed, retry_at: retryAt, failed_teardowns: 2 },
        { environment_id: gone, retry_at: null, failed_teardowns: 0 },
      ]),
    );
    await knex.migrate.up(MIGRATION);
  });

  it('are taken up also when the try that failed is not on record', async () => {
    const id = await failing.create();
    await knex.migrate.down(MIGRATION);
    await knex('leases')
      .where({ environment_id: id })
      .update({ retry_at: retryAt, failed_teardowns: 1 });
    await knex.migrate.up(MIGRATION);
    expect(await knex('teardowns')).toMatchObject([
      {
        environment_id: id,
        since: retryAt,
        failures: 1,
        last_problem: { code: 'teardown.failed' },
        operation_id: null,
      },
    ]);
  });
});
