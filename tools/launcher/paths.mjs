import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Where everything lies.
 *
 * - `root`: the checkout.
 * - `state`: `.greenroom` of the checkout: what was installed and built here.
 * - `home`: the data of one portal (database, sites, secrets, logs). The same
 *   folder, unless GREENROOM_HOME names another, so that a test portal can
 *   run beside the real one.
 * - `tools`: Node, Yarn, OpenTofu and the provider mirror, shared by all
 *   clones of one user.
 */
export function findPaths(env = process.env, root = ROOT) {
  const state = join(root, '.greenroom');
  const home = env.GREENROOM_HOME ? resolve(env.GREENROOM_HOME) : state;
  const tools = env.GREENROOM_TOOLS
    ? resolve(env.GREENROOM_TOOLS)
    : join(state, 'tools');
  return {
    root,
    state,
    home,
    tools,
    logs: join(home, 'logs'),
    run: join(home, 'run'),
  };
}

/** Creates the folders; may be repeated. */
export function ensureFolders(paths) {
  for (const folder of [
    paths.state,
    paths.home,
    paths.tools,
    paths.logs,
    paths.run,
  ]) {
    mkdirSync(folder, { recursive: true });
  }
}
