import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { Problem } from './problem.mjs';
import { waitUntil } from './processes.mjs';
import { tailOf } from './run.mjs';
import { startService } from './service.mjs';
import { techdocsBin } from './techdocs.mjs';

const READY_MS = 5 * 60_000;

/**
 * What app-config.yaml takes from the environment.
 *
 * @param {object} facts `database` (a connection), `secrets`, `terraform`
 *   (path), and where there are such `mirror` (path), `port` and `argocd` (`url` and `token`)
 */
export function backendEnv(paths, facts, env = process.env) {
  const { database, secrets } = facts;
  const result = {
    ...env,
    NODE_ENV: 'development',
    PATH: [techdocsBin(paths), dirname(process.execPath), env.PATH].join(':'),
    GREENROOM_HOME: paths.home,
    GREENROOM_TERRAFORM: facts.terraform,
    GREENROOM_SECRETS_KEY: secrets.secretsKey,
    POSTGRES_HOST: database.host,
    POSTGRES_PORT: String(database.port),
    POSTGRES_USER: database.user,
    POSTGRES_PASSWORD: database.password,
  };
  if (facts.port) {
    result.GREENROOM_PORT = String(facts.port);
  }
  if (facts.argocd) {
    result.GREENROOM_ARGOCD_URL = facts.argocd.url;
    result.GREENROOM_ARGOCD_TOKEN = facts.argocd.token;
  }
  if (facts.mirror) {
    result.GREENROOM_PROVIDER_MIRROR = facts.mirror;
  } else {
    delete result.GREENROOM_PROVIDER_MIRROR;
  }
  return result;
}

/** The node command that runs the backend from its TypeScript sources. */
export function backendCommand(root, entry = 'src/index.ts', words = []) {
  const configs = ['app-config.yaml', 'app-config.local.yaml']
    .map(name => join(root, name))
    .filter(file => existsSync(file));
  return {
    command: process.execPath,
    args: [
      '--enable-source-maps',
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      entry,
      ...words,
      ...configs.flatMap(file => ['--config', file]),
    ],
    cwd: join(root, 'packages/backend'),
  };
}

/** The HTTP status of the readiness check; undefined while nobody listens. */
export async function readiness(port) {
  return await new Promise(resolve => {
    const request = get(
      {
        host: '127.0.0.1',
        port,
        path: '/.backstage/health/v1/readiness',
        timeout: 2_000,
      },
      response => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.once('error', () => resolve(undefined));
    request.once('timeout', () => request.destroy());
  });
}

/**
 * Starts the backend and waits until it is ready; returns its service.
 *
 * @param {object} options `name` of the service and its log, and `args`, what
 *   the backend is told to be
 */
export async function startBackend(paths, port, env, options = {}) {
  const { name = 'backend', args = [] } = options;
  const log = join(paths.logs, `${name}.log`);
  const service = startService(paths, {
    name,
    ...backendCommand(paths.root, undefined, args),
    env,
    log,
    stopSignal: 'SIGTERM',
    // Long enough for a running apply to be interrupted and recorded.
    graceMs: 15_000,
  });
  const ready = await waitUntil(
    async () => service.over || (await readiness(port)) === 200,
    READY_MS,
    100,
  );
  if (service.over || !ready) {
    await service.stop();
    throw new Problem(
      [
        ready
          ? `The ${name} ended while starting (${await service.exited}). Its last lines:`
          : `The ${name} was not ready after 5 minutes. Its last lines:`,
        ...tailOf(log, 20).map(line => `    ${line}`),
      ].join('\n'),
      [`The whole log is in ${log}`],
    );
  }
  return service;
}
