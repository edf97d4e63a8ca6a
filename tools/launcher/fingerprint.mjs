import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/** Every file below the folder in a stable order, generated folders left out. */
export function filesBelow(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
  return entries
    .filter(entry => !SKIPPED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry =>
      entry.isDirectory()
        ? filesBelow(join(folder, entry.name))
        : [join(folder, entry.name)],
    );
}

/**
 * A digest of what some work depends on: names and contents of files
 * (relative to root; a missing one counts as missing) and plain facts.
 */
export function fingerprint(root, files, facts = []) {
  const hash = createHash('sha256');
  for (const fact of facts) {
    hash.update(`fact ${fact}\0`);
  }
  for (const file of files) {
    hash.update(`file ${relative(root, file)}\0`);
    try {
      hash.update(readFileSync(file));
    } catch (error) {
      if (error.code !== 'ENOENT') {
        throw error;
      }
      hash.update('missing');
    }
    hash.update('\0');
  }
  return hash.digest('hex');
}
