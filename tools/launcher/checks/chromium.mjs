import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from '../executables.mjs';
import { nodeEnv } from '../node.mjs';
import { Problem } from '../problem.mjs';
import { capture, run } from '../run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/**
 * A Chromium for the browser story: GREENROOM_CHROMIUM, one on the PATH,
 * Playwright's own, or as root on Debian the package of the distribution.
 *
 * @returns its path, or undefined when it is Playwright's own
 */
export async function bringChromium(paths, report) {
  const named = process.env.GREENROOM_CHROMIUM;
  if (named) {
    if ((await capture(named, ['--version'])).code === undefined) {
      throw new Problem(`GREENROOM_CHROMIUM is ${named}, which can't be run.`, [
        'Name another one, or unset it and Greenroom finds or brings one.',
      ]);
    }
    return named;
  }
  const found = findChromium();
  if (found) {
    return found;
  }
  if (await bringPlaywrights(paths, report)) {
    return undefined;
  }
  return await bringDebians(paths, report);
}

function findChromium() {
  return NAMES.map(name => findOnPath(name)).find(Boolean);
}

async function bringPlaywrights(paths, report) {
  report.say("  Bringing Playwright's Chromium …");
  const cli = join(paths.root, 'node_modules/@playwright/test/cli.js');
  const { code } = await capture(
    process.execPath,
    [cli, 'install', 'chromium'],
    { cwd: paths.root, env: nodeEnv(), timeoutMs: 180_000 },
  );
  return code === 0;
}

async function bringDebians(paths, report) {
  if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Problem('There is no Chromium, and none could be downloaded.', [
      'Install Chromium or Chrome, or name one with GREENROOM_CHROMIUM.',
    ]);
  }
  report.say('  Installing Debian’s Chromium by apt-get …');
  const log = join(paths.logs, 'chromium.log');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const what = 'Installing chromium by apt-get';
  await run('apt-get', ['update'], { log, env, what });
  await run('apt-get', ['install', '-y', 'chromium'], {
    ...{ log, env, what },
    append: true,
  });
  return findChromium();
}
