import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { Problem } from '../problem.mjs';
import { reapServices } from '../service.mjs';
import { takePortalLock } from './start.mjs';

/** What reset leaves: tools, what was installed and built, logs, locks. */
const KEPT = new Set([
  'tools',
  'installed.json',
  'frontend.json',
  'install.lock',
  'prettier-cache',
  'providers-tofu.json',
  'providers-terraform.json',
  'times.jsonl',
  'logs',
  'run',
]);

/** `./greenroom reset [--yes]`: removes all data of the portal, not its tools. */
export async function reset({ paths, report }, args) {
  const { values } = parseArgs({ args, options: { yes: { type: 'boolean' } } });
  const lock = takePortalLock(paths, { command: 'reset' });
  try {
    const doomed = readdirSync(paths.home).filter(name => !KEPT.has(name));
    if (doomed.length === 0) {
      report.say('There is no data to remove.');
      return 0;
    }
    report.say(`This removes from ${paths.home}: ${doomed.join(', ')}.`);
    report.say('Environments that still exist are forgotten, not destroyed.');
    if (!values.yes && !(await confirm())) {
      report.say('Nothing was removed.');
      return 1;
    }
    await reapServices(paths);
    for (const name of doomed) {
      rmSync(join(paths.home, name), { recursive: true, force: true });
    }
    report.say('Removed. ./greenroom start begins anew.');
    return 0;
  } finally {
    lock.release();
  }
}

async function confirm() {
  if (!process.stdin.isTTY) {
    throw new Problem('reset asks first, and there is nobody to ask.', [
      'Say yes beforehand: ./greenroom reset --yes',
    ]);
  }
  const prompt = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  try {
    return (await prompt.question('Type yes to go on: ')).trim() === 'yes';
  } finally {
    prompt.close();
  }
}
