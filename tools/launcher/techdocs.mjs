import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { doOnce } from './atomic.mjs';
import { findOnPath } from './executables.mjs';
import { fingerprint } from './fingerprint.mjs';
import { capture, run } from './run.mjs';

/**
 * Outside of the checkout wherever that is possible: TechDocs refuses to build the project's own
 * documentation while a link in the checkout leads out of it, as those of a Python venv do.
 */
function folder(paths) {
  return join(paths.tools, 'techdocs');
}

/**
 * The folder that is put on the backend's PATH from its start. The command
 * `mkdocs` appears in it when its installation is complete, which may be
 * later: TechDocs looks for it at each build.
 */
export function techdocsBin(paths) {
  return join(folder(paths), 'bin');
}

/**
 * Installs the tool that turns Markdown into documentation pages, once, with
 * the machine's Python. Documentation is all that is missing without it, so
 * it never fails: it returns words.
 */
export async function installTechdocs(paths) {
  const python = findOnPath('python3');
  if (!python) {
    return 'no python3 on the PATH, so documentation pages are not built';
  }
  const requirements = join(paths.root, 'tools/techdocs/requirements.txt');
  const venv = join(folder(paths), 'venv');
  const link = join(techdocsBin(paths), 'mkdocs');
  try {
    const { stdout } = await capture(python, ['--version']);
    const done = await doOnce(
      join(folder(paths), 'installed.json'),
      fingerprint(paths.root, [requirements], [stdout.trim()]),
      async () => {
        const log = join(paths.logs, 'techdocs.log');
        rmSync(link, { force: true });
        rmSync(venv, { recursive: true, force: true });
        mkdirSync(folder(paths), { recursive: true });
        await run(python, ['-m', 'venv', venv], {
          log,
          what: 'python3 -m venv',
        });
        await run(
          join(venv, 'bin/pip'),
          [
            ...['install', '--quiet', '--disable-pip-version-check'],
            ...['--requirement', requirements],
          ],
          { log, append: true, what: 'pip install' },
        );
      },
    );
    if (!existsSync(link)) {
      mkdirSync(techdocsBin(paths), { recursive: true });
      symlinkSync(join(venv, 'bin/mkdocs'), link);
    }
    return done ? 'installed' : 'up to date';
  } catch (error) {
    return `not available, so documentation pages are not built. ${error.message}`;
  }
}
