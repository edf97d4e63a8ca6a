import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeAtomic } from './atomic.mjs';
import { freePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { waitUntil } from './processes.mjs';
import { tailOf } from './run.mjs';
import { startService } from './service.mjs';

const NAME = 'argocd-sandbox';
const READY_MS = 60_000;

/** The address under which the samples' manifests can be had of it, and of nobody else. */
const REPOSITORY = 'https://git.sandbox.invalid/templates.git';

/**
 * Starts the stand-in for Argo CD that the samples deploy to (see
 * packages/argocd-sandbox). What it has is kept in the home; its token, and
 * the password of `admin`, are new with each start.
 *
 * @returns its `url`, `token` and `password`, and the `service` that it is
 */
export async function startStandIn(paths) {
  const port = await freePort();
  const facts = {
    url: `http://127.0.0.1:${port}`,
    token: randomBytes(24).toString('hex'),
    password: randomBytes(24).toString('hex'),
  };
  const log = join(paths.logs, `${NAME}.log`);
  writeFileSync(log, '');
  const service = startService(paths, {
    name: NAME,
    command: process.execPath,
    args: [
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      'src/run.ts',
      ...['--port', String(port)],
      ...['--folder', join(paths.home, NAME)],
      ...['--repository', `${REPOSITORY}=${join(paths.root, 'templates')}`],
    ],
    cwd: join(paths.root, 'packages/argocd-sandbox'),
    env: {
      ...process.env,
      NODE_ENV: 'development',
      ARGOCD_SANDBOX_TOKEN: facts.token,
      ARGOCD_SANDBOX_PASSWORD: facts.password,
    },
    log,
    stopSignal: 'SIGTERM',
    graceMs: 5_000,
  });
  const ready = await waitUntil(
    async () => service.over || (await answers(facts.url)),
    READY_MS,
    100,
  );
  if (service.over || !ready) {
    await service.stop();
    throw new Problem(
      [
        'The stand-in for Argo CD did not start. Its last lines:',
        ...tailOf(log, 20).map(line => `    ${line}`),
      ].join('\n'),
      [`The whole log is in ${log}`],
    );
  }
  writeAtomic(factsFile(paths), JSON.stringify(facts), 0o600);
  return { ...facts, service };
}

/** How the one that runs here is reached, for people and for further processes of the same portal. */
export function standInFacts(paths) {
  return readJson(factsFile(paths));
}

function factsFile(paths) {
  return join(paths.run, `${NAME}.json`);
}

async function answers(url) {
  return await fetch(`${url}/api/version`).then(
    ({ ok }) => ok,
    () => false,
  );
}
