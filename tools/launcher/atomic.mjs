import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';

/**
 * Writes a file so that a reader, or the next start after a kill, sees either
 * the old content or the new one, never half of it.
 */
export function writeAtomic(file, content, mode = 0o644) {
  const fresh = `${file}.${process.pid}.new`;
  const handle = openSync(fresh, 'w', mode);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
}

/** The file's JSON, or undefined where it is missing or is no JSON. */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Runs `work` unless the marker says that it was done for this fingerprint.
 * The marker goes first and comes back last, so work that was killed midway
 * is done again.
 *
 * @returns true when the work was done now
 */
export async function doOnce(marker, fingerprint, work) {
  if (readJson(marker)?.fingerprint === fingerprint) {
    return false;
  }
  rmSync(marker, { force: true });
  await work();
  writeAtomic(marker, `${JSON.stringify({ fingerprint })}\n`);
  return true;
}
