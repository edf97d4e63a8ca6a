import { join } from 'node:path';
import { startCluster } from './cluster.mjs';

/** The portal's own PostgreSQL: kept below .greenroom, safe against a crash. */
export async function startPortalDatabase(paths, secrets) {
  return await startCluster(paths, {
    name: 'postgres',
    folder: join(paths.home, 'postgres'),
    password: secrets.postgresPassword,
    settings: { fsync: 'on', max_connections: '200' },
  });
}
