import { startStandIn } from './argocd-stand-in.mjs';
import { backendEnv, startBackend } from './backend.mjs';
import { buildFrontend } from './frontend.mjs';
import { startPortalDatabase } from './postgres/portal.mjs';
import { loadSecrets } from './secrets.mjs';
import { findTerraform } from './terraform/find.mjs';
import { findProviders } from './terraform/providers.mjs';

/**
 * Finds or brings Terraform or OpenTofu and its providers.
 *
 * @returns `{ terraform, mirror }`, paths as the backend takes them
 */
export async function bringTerraform(paths, report) {
  let terraform;
  let providers;
  await report.step('Terraform or OpenTofu', async () => {
    terraform = await findTerraform(paths, report);
    return terraform.words;
  });
  await report.step('Providers', async () => {
    providers = await findProviders(paths, report, terraform.kind);
    return providers.words;
  });
  return { terraform: terraform.path, mirror: providers.mirror };
}

/**
 * Brings up the portal on installed packages: database and pages side by
 * side with the stand-in for Argo CD, then the backend. All of it ends with this process.
 *
 * @param {Promise} tools what `bringTerraform` found, awaited when needed
 * @returns the services
 */
export async function startPortal(paths, report, { port, tools }) {
  const secrets = loadSecrets(paths);
  let database;
  let argocd;
  await Promise.all([
    report.step('PostgreSQL', async () => {
      database = await startPortalDatabase(paths, secrets);
      return `127.0.0.1:${database.connection.port}`;
    }),
    report.step('Stand-in for Argo CD', async () => {
      argocd = await startStandIn(paths);
      return argocd.url;
    }),
    report.step('Pages', () => buildFrontend(paths)),
    tools,
  ]);
  const { terraform, mirror } = await tools;
  const env = backendEnv(paths, {
    port,
    secrets,
    terraform,
    mirror,
    argocd,
    database: database.connection,
  });
  let backend;
  await report.step('Backend', async () => {
    backend = await startBackend(paths, port, env);
  });
  return {
    backend,
    database: database.service,
    argocd: argocd.service,
  };
}
