import { join } from 'node:path';
import { bringPackage } from './npm.mjs';

export const YARN_VERSION = '4.13.0';

/** Brings Yarn from the package registry, once; the path of its yarn.js. */
export async function bringYarn(paths) {
  const folder = await bringPackage(
    paths,
    '@yarnpkg/cli-dist',
    YARN_VERSION,
    'bin/yarn.js',
  );
  return join(folder, 'bin/yarn.js');
}
