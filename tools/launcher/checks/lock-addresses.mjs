import { readFileSync } from 'node:fs';

/**
 * The lines of a lock file that name a download address. There must be none:
 * with one in it, the packages no longer come from the registry that npm is
 * set to.
 */
export function lockAddresses(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text, index) => ({ text, line: index + 1 }))
    .filter(({ text }) => /https?:\/\/|__archiveUrl/.test(text))
    .map(({ text, line }) => `${file}:${line}: ${text.trim()}`);
}
