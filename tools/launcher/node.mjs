import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The majors that Backstage 1.55 supports. */
export const FIT_MAJORS = [22, 24];

export function isFit(version) {
  return FIT_MAJORS.includes(Number(/^v?(\d+)\./.exec(version)?.[1]));
}

/**
 * The environment in which native add-ons are built against this very Node:
 * its headers, where they lie beside it (a `nodedir` in somebody's .npmrc may
 * point to those of another version), and this Node first on the PATH.
 */
export function nodeEnv(env = process.env, execPath = process.execPath) {
  const home = resolve(dirname(execPath), '..');
  const result = {
    ...env,
    PATH: `${dirname(execPath)}:${env.PATH ?? ''}`,
  };
  if (existsSync(resolve(home, 'include/node/node.h'))) {
    result.npm_config_nodedir = home;
  } else {
    // An empty value overrules the .npmrc: node-gyp fetches the headers.
    result.npm_config_nodedir = '';
  }
  return result;
}
