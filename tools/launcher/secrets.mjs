import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeAtomic } from './atomic.mjs';
import { Problem } from './problem.mjs';

const KEYS = ['postgresPassword', 'secretsKey'];

/**
 * The secrets of this portal, made once and kept in `secrets.json`, readable
 * by its owner only. A file that cannot be read is no reason to make new
 * ones while there is data that only the old ones open.
 */
export function loadSecrets(paths) {
  const file = join(paths.home, 'secrets.json');
  const kept = readJson(file);
  if (KEYS.every(key => typeof kept?.[key] === 'string' && kept[key])) {
    return kept;
  }
  if (existsSync(file)) {
    if (existsSync(join(paths.home, 'postgres'))) {
      throw new Problem(`${file} is damaged, and the database needs it.`, [
        'Put it back from a copy, or begin anew without the data: ./greenroom reset',
      ]);
    }
    renameSync(file, `${file}.damaged`);
  }
  const secrets = newSecrets();
  writeAtomic(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
}

/** Secrets that nothing knows yet. */
export function newSecrets() {
  return {
    postgresPassword: randomBytes(24).toString('hex'),
    secretsKey: randomBytes(32).toString('base64'),
  };
}
