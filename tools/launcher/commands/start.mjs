import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isInstalled } from '../install.mjs';
import { takeLock } from '../lock.mjs';
import { choosePort, requireFreePort } from '../ports.mjs';
import { bringTerraform, startPortal } from '../portal.mjs';
import { prepare } from '../prepare.mjs';
import { Problem } from '../problem.mjs';
import { tailOf } from '../run.mjs';
import { endLeftovers } from '../service.mjs';
import { installTechdocs } from '../techdocs.mjs';

/** `./greenroom start`: the portal, until a signal or its end. */
export async function start(context, args) {
  const { paths, report, signals } = context;
  const { values } = parseArgs({ args, options: { port: { type: 'string' } } });
  const port = choosePort(values.port);
  const lock = takePortalLock(paths, { port, command: 'start' });
  try {
    await endLeftovers(paths, report);
    await requireFreePort(port);
    const warm = isInstalled(paths);
    // May take longer than the packages, and the pages don't wait for it.
    const tools = bringTerraform(paths, report);
    tools.catch(() => {});
    await prepare(paths, report);
    // Fresh for each start, so that a message about it shows this start's end.
    writeFileSync(join(paths.logs, 'backend.log'), '');
    const portal = await startPortal(paths, report, { port, tools });
    welcome(context, port, warm);
    installTechdocs(paths).then(words => {
      if (!signals.requested && words !== 'up to date') {
        report.say(`TechDocs: ${words}`);
      }
    });
    return await watch(context, portal);
  } finally {
    await context.close();
    lock.release();
  }
}

/** One portal runs in one home; the second is told about the first. */
export function takePortalLock(paths, facts) {
  const lock = takeLock(join(paths.run, 'portal.lock'), facts);
  if (lock.holder) {
    const { pid, port, command } = lock.holder;
    throw new Problem(
      command === 'start'
        ? `Greenroom is already running here (process ${pid}): http://localhost:${port}`
        : `./greenroom ${command} is running here (process ${pid}).`,
      command === 'start' ? ['To stop it: ./greenroom stop'] : ['Wait for it.'],
    );
  }
  return lock;
}

function welcome({ paths, report }, port, warm) {
  const url = `http://localhost:${port}`;
  report.say('');
  report.table().forEach(line => report.say(line));
  report.keep(join(paths.state, 'times.jsonl'), { command: 'start', warm });
  report.say('');
  report.say(`Greenroom is ready: ${url}`);
  report.say(
    'Open it, sign in as one of the sample people, and create a site-sandbox.',
  );
  report.say('Ctrl-C stops it and keeps its data.');
}

const IN_WORDS = {
  backend: 'The backend',
  postgres: 'PostgreSQL',
  'argocd-sandbox': 'The stand-in for Argo CD',
};

async function watch({ paths, report, signals }, portal) {
  const ended = async (name, { exited }) => ({ name, words: await exited });
  const end = await Promise.race([
    signals.told.then(() => undefined),
    ended('backend', portal.backend),
    ended('postgres', portal.database),
    ended('argocd-sandbox', portal.argocd),
  ]);
  if (!end || signals.requested) {
    return 0;
  }
  const log = join(paths.logs, `${end.name}.log`);
  report.say('');
  report.say(
    `${IN_WORDS[end.name]} ended by itself (${end.words}). Its last lines:`,
  );
  tailOf(log, 20).forEach(line => report.say(`    ${line}`));
  report.say(`  → The whole log is in ${log}`);
  report.say('  → Nothing is lost; start it again: ./greenroom start');
  return 1;
}
