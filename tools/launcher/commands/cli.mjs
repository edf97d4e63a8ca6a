import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argocdFolder } from '../argocd/programs.mjs';
import { startArgocd } from '../argocd/throw-away.mjs';
import { backendEnv } from '../backend.mjs';
import { takeLock } from '../lock.mjs';
import { bringTerraform } from '../portal.mjs';
import { PORTAL_SETTINGS } from '../postgres/portal.mjs';
import { startThrowAway } from '../postgres/throw-away.mjs';
import { prepare } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { Report } from '../report.mjs';
import { newSecrets } from '../secrets.mjs';
import { endLeftovers } from '../service.mjs';

/** They start portals of their own, and load as much. */
const MEASURES = ['bench', 'chaos'];

/**
 * Every other command: packages/cli, on the installed packages. Its output is
 * the caller's, so ours goes to standard error.
 */
export async function cli(context, args) {
  const report = new Report({
    write: line => process.stderr.write(`${line}\n`),
  });
  await prepare(context.paths, report);
  if (MEASURES.includes(args[0]) && !args.includes('--help')) {
    return await withPortals({ ...context, report }, args);
  }
  return await runCli(context, args, process.env);
}

/**
 * Benchmarks and chaos start portals of their own: on a database like the
 * portal's, which is gone afterwards, and with the same Terraform.
 */
async function withPortals(context, args) {
  const { paths, report } = context;
  const lock = takeLock(join(paths.run, 'bench.lock'));
  if (lock.holder) {
    throw new Problem(
      `A benchmark or chaos is running here (process ${lock.holder.pid}).`,
      ['Wait for it: two at once would measure each other.'],
    );
  }
  try {
    await endLeftovers(paths, report);
    const tools = await bringTerraform(paths, report);
    let database;
    await report.step(`PostgreSQL for ${args[0]}`, async () => {
      database = await startThrowAway(paths, 'bench-postgres', PORTAL_SETTINGS);
    });
    const env = backendEnv(paths, {
      ...tools,
      secrets: newSecrets(),
      database: database.connection,
    });
    const argocd = args[1] === 'argocd' ? await realArgocd(context) : undefined;
    const code = await runCli(context, args, {
      ...env,
      ...(argocd && { GREENROOM_TEST_ARGOCD: argocd.settings }),
    });
    await argocd?.stop();
    await database.stop();
    return code;
  } finally {
    await context.close();
    lock.release();
  }
}

/** One for this run, where its programs are: to build them takes ten minutes. */
async function realArgocd({ paths, report }) {
  const programs = argocdFolder(paths);
  if (!existsSync(programs)) {
    return undefined;
  }
  let argocd;
  await report.step('Argo CD for bench', async () => {
    argocd = await startArgocd(paths, programs, 'bench-argocd');
  });
  return argocd;
}

async function runCli({ paths, signals }, args, env) {
  const transform = join(
    paths.root,
    'node_modules/@backstage/cli/config/nodeTransform.cjs',
  );
  const file = MEASURES.includes(args[0]) ? 'measure.ts' : 'index.ts';
  const entry = join(paths.root, 'packages/cli/src', file);
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--require', transform, entry, ...args],
    {
      stdio: 'inherit',
      env: { ...env, GREENROOM_HOME: paths.home, GREENROOM_ROOT: paths.root },
    },
  );
  // A signal to the terminal's group reaches the child without us; one that
  // was sent to this process alone is passed on.
  signals.told.then(name => {
    if (name !== 'SIGINT') {
      child.kill(name);
    }
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
