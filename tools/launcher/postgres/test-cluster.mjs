import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { connectionString, startCluster } from './cluster.mjs';

/**
 * A PostgreSQL for one run of the tests: fast, not safe, and removed when it
 * is stopped.
 *
 * @returns `env`: how Backstage's TestDatabases find it; `stop()`
 */
export async function startTestDatabase(paths) {
  const folder = join(paths.home, 'test-postgres');
  // A run that was killed left one behind.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { service, connection } = await startCluster(paths, {
    name: 'test-postgres',
    folder,
    password: randomBytes(12).toString('hex'),
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '300',
    },
  });
  return {
    env: {
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        connectionString(connection),
    },
    async stop() {
      await service.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
