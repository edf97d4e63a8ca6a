import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { doOnce, readJson } from './atomic.mjs';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { nodeEnv } from './node.mjs';
import { run } from './run.mjs';

const FRONTEND_ROLES = [
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
];

/** What the bundle is made of: the app, the plugins that run in it, the lock. */
export function frontendFingerprint(root) {
  const plugins = readdirSync(join(root, 'plugins'), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => join(root, 'plugins', entry.name))
    .filter(folder =>
      FRONTEND_ROLES.includes(
        readJson(join(folder, 'package.json'))?.backstage?.role,
      ),
    );
  const files = [join(root, 'packages/app'), ...plugins]
    .flatMap(filesBelow)
    .filter(file => !/\.test\.tsx?$/.test(file));
  return fingerprint(
    root,
    [
      join(root, 'app-config.yaml'),
      join(root, 'package.json'),
      join(root, 'yarn.lock'),
      ...files,
    ],
    [process.version],
  );
}

/**
 * Builds the pages of the portal for the backend to serve, if anything they
 * are made of has changed. May be killed at any time and repeated.
 *
 * @returns words about what was done
 */
export async function buildFrontend(paths) {
  const app = join(paths.root, 'packages/app');
  const marker = join(paths.state, 'frontend.json');
  if (!existsSync(join(app, 'dist/index.html'))) {
    rmSync(marker, { force: true });
  }
  const done = await doOnce(
    marker,
    frontendFingerprint(paths.root),
    async () => {
      await run(
        process.execPath,
        [
          join(paths.root, 'node_modules/@backstage/cli/bin/backstage-cli'),
          ...['package', 'build', '--config', '../../app-config.yaml'],
        ],
        {
          cwd: app,
          env: { ...nodeEnv(), NO_COLOR: '1' },
          log: join(paths.logs, 'frontend.log'),
          what: 'Building the pages',
        },
      );
    },
  );
  return done ? 'built' : 'up to date';
}
