import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster, USER } from './cluster.mjs';

/** Safe against a crash, and room for the pools of some twenty plugins. */
export const PORTAL_SETTINGS = { fsync: 'on', max_connections: '200' };

/** How to reach the portal's PostgreSQL while it runs. */
export function portalConnection(paths, secrets) {
  const port = readFileSync(join(paths.home, 'postgres/port'), 'utf8');
  return {
    host: '127.0.0.1',
    port: Number(port),
    user: USER,
    password: secrets.postgresPassword,
  };
}

/** The portal's own PostgreSQL, kept below .greenroom. */
export async function startPortalDatabase(paths, secrets) {
  return await startCluster(paths, {
    name: 'postgres',
    folder: join(paths.home, 'postgres'),
    password: secrets.postgresPassword,
    settings: PORTAL_SETTINGS,
  });
}
