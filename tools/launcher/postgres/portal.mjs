import { join } from 'node:path';
import { startCluster } from './cluster.mjs';

/** Safe against a crash, and room for the pools of some twenty plugins. */
export const PORTAL_SETTINGS = { fsync: 'on', max_connections: '200' };

/** The portal's own PostgreSQL, kept below .greenroom. */
export async function startPortalDatabase(paths, secrets) {
  return await startCluster(paths, {
    name: 'postgres',
    folder: join(paths.home, 'postgres'),
    password: secrets.postgresPassword,
    settings: PORTAL_SETTINGS,
  });
}
