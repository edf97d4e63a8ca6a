import { createHash } from 'node:crypto';

/** Where an environment lies between 0 and 1, the same whenever it is asked for. */
export function spreadOf(environmentId: string): number {
  const digest = createHash('sha256').update(environmentId).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}
