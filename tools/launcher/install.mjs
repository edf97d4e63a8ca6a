import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { doOnce, readJson } from './atomic.mjs';
import { FIRST_INSTALL_BYTES, requireDisk } from './disk.mjs';
import { fingerprint } from './fingerprint.mjs';
import { nodeEnv } from './node.mjs';
import { npmSettings, yarnSettings } from './npm.mjs';
import { run } from './run.mjs';
import { bringYarn } from './yarn.mjs';

/** The folders of all workspaces that root package.json names. */
export function workspaceFolders(root) {
  const { workspaces } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return workspaces.flatMap(pattern => {
    if (!pattern.endsWith('/*')) {
      return [join(root, pattern)];
    }
    const parent = join(root, pattern.slice(0, -2));
    return existsSync(parent)
      ? readdirSync(parent)
          .sort()
          .map(name => join(parent, name))
      : [];
  });
}

/** What an installation depends on. */
export function installFingerprint(root) {
  const manifests = workspaceFolders(root)
    .map(folder => join(folder, 'package.json'))
    .filter(file => existsSync(file));
  return fingerprint(
    root,
    [
      join(root, 'yarn.lock'),
      join(root, '.yarnrc.yml'),
      join(root, 'package.json'),
      ...manifests,
    ],
    [process.version, process.platform, process.arch],
  );
}

/** Whether the packages are there and fit the lock file. */
export function isInstalled(paths) {
  const kept = readJson(markerFile(paths));
  return (
    existsSync(join(paths.root, 'node_modules/.yarn-state.yml')) &&
    kept?.fingerprint === installFingerprint(paths.root)
  );
}

function markerFile(paths) {
  return join(paths.state, 'installed.json');
}

/**
 * Installs all packages from the lock file, if that was not done yet.
 * May be killed at any time and repeated.
 *
 * @returns words about what was done
 */
export async function installPackages(paths, options = {}) {
  const marker = markerFile(paths);
  if (!existsSync(join(paths.root, 'node_modules/.yarn-state.yml'))) {
    rmSync(marker, { force: true });
  }
  const done = await doOnce(
    marker,
    installFingerprint(paths.root),
    async () => {
      await requireDisk(paths.root, FIRST_INSTALL_BYTES, options.measureDisk);
      const [yarn, settings] = await Promise.all([
        bringYarn(paths),
        npmSettings(paths),
      ]);
      await run(process.execPath, [yarn, 'install', '--immutable'], {
        cwd: paths.root,
        env: {
          ...nodeEnv(),
          ...yarnSettings(settings),
          YARN_ENABLE_TELEMETRY: '0',
          YARN_ENABLE_PROGRESS_BARS: '0',
          YARN_ENABLE_COLORS: '0',
        },
        log: join(paths.logs, 'install.log'),
        what: 'yarn install',
        remedies: [
          'After it is mended run the same command again.',
          'If you changed a package.json: yarn install brings yarn.lock up to date.',
        ],
      });
    },
  );
  return done ? 'installed from the lock file' : 'up to date';
}
