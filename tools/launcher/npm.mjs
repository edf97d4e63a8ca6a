import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { capture, run } from './run.mjs';

const SETTINGS = ['registry', 'cafile', 'proxy', 'https-proxy', 'strict-ssl'];

/** npm's own settings that also matter to Yarn, as npm prints them. */
export async function npmSettings(paths, env = process.env) {
  const result = await capture('npm', ['config', 'get', ...SETTINGS], {
    cwd: paths.root,
    env,
  });
  if (result.code !== 0) {
    throw new Problem('npm is needed to bring Yarn, and could not be asked.', [
      'Install npm (it comes with Node), or mend what it says:',
      ...result.stderr.trim().split('\n').slice(-3),
    ]);
  }
  return parseSettings(result.stdout);
}

/** Parses the `key=value` lines of `npm config get` with several keys. */
export function parseSettings(text) {
  const settings = {};
  for (const line of text.split('\n')) {
    const at = line.indexOf('=');
    const key = line.slice(0, at);
    const value = line.slice(at + 1).trim();
    if (SETTINGS.includes(key) && !['', 'null', 'undefined'].includes(value)) {
      settings[key] = value;
    }
  }
  return settings;
}

/** The same settings as Yarn 4 takes them from its environment. */
export function yarnSettings(settings) {
  const env = {};
  const { registry } = settings;
  if (registry) {
    env.YARN_NPM_REGISTRY_SERVER = registry;
    if (registry.startsWith('http:')) {
      env.YARN_UNSAFE_HTTP_WHITELIST = new URL(registry).hostname;
    }
  }
  if (settings.cafile) {
    env.YARN_HTTPS_CA_FILE_PATH = settings.cafile;
  }
  if (settings.proxy) {
    env.YARN_HTTP_PROXY = settings.proxy;
  }
  if (settings['https-proxy']) {
    env.YARN_HTTPS_PROXY = settings['https-proxy'];
  }
  if (settings['strict-ssl'] === 'false') {
    env.YARN_ENABLE_STRICT_SSL = 'false';
  }
  return env;
}

/**
 * Brings one pinned npm package into the tools folder, once.
 *
 * @returns the folder of the package
 */
export async function bringPackage(paths, name, version, proof) {
  const home = join(
    paths.tools,
    `${name.replace(/\W+/g, '-').replace(/^-/, '')}-${version}`,
  );
  const folder = join(home, 'node_modules', name);
  if (existsSync(join(folder, proof))) {
    return folder;
  }
  const fresh = `${home}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    await run(
      'npm',
      [
        ...['install', '--prefix', '.', '--no-save', '--no-package-lock'],
        ...['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
        `${name}@${version}`,
      ],
      {
        cwd: fresh,
        log: join(paths.logs, 'npm.log'),
        what: `npm install ${name}@${version}`,
        remedies: ["Check 'npm config get registry' and the network."],
      },
    );
    rmSync(home, { recursive: true, force: true });
    renameSync(fresh, home);
  } catch (error) {
    // Another clone may have brought it in the meantime.
    if (!existsSync(join(folder, proof))) {
      throw error;
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}
