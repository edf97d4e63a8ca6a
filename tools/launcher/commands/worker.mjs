import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { standInFacts } from '../argocd-stand-in.mjs';
import { backendEnv, readiness, startBackend } from '../backend.mjs';
import { lockHolder, takeLock } from '../lock.mjs';
import { bringTerraform } from '../portal.mjs';
import { freePort } from '../ports.mjs';
import { portalConnection } from '../postgres/portal.mjs';
import { prepare } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { isAlive } from '../processes.mjs';
import { tailOf } from '../run.mjs';
import { loadSecrets } from '../secrets.mjs';

/**
 * `./greenroom worker`: one more process that carries operations, for the
 * portal that runs here; as many as wanted. It ends with the portal.
 */
export async function worker(context, args) {
  const { paths, report, signals } = context;
  parseArgs({ args, options: {} });
  const portal = await requirePortal(paths);
  const place = takePlace(paths);
  try {
    await prepare(paths, report);
    const tools = await bringTerraform(paths, report);
    const port = await freePort();
    const env = {
      ...backendEnv(paths, {
        ...tools,
        port: portal.port,
        argocd: standInFacts(paths),
        secrets: loadSecrets(paths),
        database: portalConnection(paths, loadSecrets(paths)),
      }),
      // Of its own: nobody but a health check speaks to it.
      APP_CONFIG_backend_listen_port: String(port),
    };
    const { name } = place;
    writeFileSync(join(paths.logs, `${name}.log`), '');
    let service;
    await report.step('Worker', async () => {
      service = await startBackend(paths, port, env, {
        name,
        args: ['worker'],
      });
    });
    report.say('');
    report.say(
      `Worker ${place.number} carries operations of http://localhost:${portal.port}. Ctrl-C stops it.`,
    );
    return await watch({ paths, report, signals }, service, { name, portal });
  } finally {
    await context.close();
    place.release();
  }
}

async function requirePortal(paths) {
  const holder = lockHolder(join(paths.run, 'portal.lock'));
  if (holder?.command !== 'start') {
    throw new Problem('No portal runs here for a worker to work for.', [
      'Start it first: ./greenroom start',
    ]);
  }
  if ((await readiness(holder.port)) !== 200) {
    throw new Problem('The portal that runs here is not ready yet.', [
      'Wait until ./greenroom start says that it is, then try again.',
    ]);
  }
  return holder;
}

/** The lowest number that no other worker has here. */
function takePlace(paths) {
  for (let number = 1; ; number++) {
    const name = `worker-${number}`;
    const lock = takeLock(join(paths.run, `${name}.lock`));
    if (!lock.holder) {
      return { number, name, release: lock.release };
    }
  }
}

async function watch({ paths, report, signals }, service, { name, portal }) {
  const watching = new AbortController();
  const end = await Promise.race([
    signals.told.then(() => 'told'),
    service.exited,
    gone(portal, watching.signal).then(() => 'alone'),
  ]);
  watching.abort();
  if (signals.requested) {
    return 0;
  }
  if (end === 'alone') {
    report.say('The portal has ended, and its worker with it.');
    return 0;
  }
  const log = join(paths.logs, `${name}.log`);
  report.say(`The worker ended by itself (${end}). Its last lines:`);
  tailOf(log, 20).forEach(line => report.say(`    ${line}`));
  report.say(`  → The whole log is in ${log}`);
  report.say('  → Nothing is lost; start it again: ./greenroom worker');
  return 1;
}

async function gone(holder, stop) {
  while (!stop.aborted && isAlive(holder)) {
    await new Promise(resolve => {
      setTimeout(resolve, 500);
    });
  }
}
