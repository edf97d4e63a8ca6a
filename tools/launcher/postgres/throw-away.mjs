import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connectionString, startCluster } from './cluster.mjs';

/**
 * A PostgreSQL for one run of one command, removed when it is stopped.
 *
 * @param {string} name of its folder and service; one at a time
 * @returns `connection`, and `stop()`
 */
export async function startThrowAway(paths, name, settings) {
  const folder = join(paths.home, name);
  // A run that was killed left one behind.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { service, connection } = await startCluster(paths, {
    name,
    folder,
    password: randomBytes(12).toString('hex'),
    settings,
  });
  return {
    connection,
    async stop() {
      await service.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The one for tests: fast, not safe; `env` tells TestDatabases where it is. */
export async function startTestDatabase(paths) {
  const { connection, stop } = await startThrowAway(paths, 'test-postgres', {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    max_connections: '500',
  });
  return {
    stop,
    env: {
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        connectionString(connection),
    },
  };
}
