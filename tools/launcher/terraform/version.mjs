import { capture } from '../run.mjs';

/** The oldest versions whose behaviour the drivers rely on. */
export const OLDEST = { tofu: [1, 8], terraform: [1, 9] };

/**
 * What a binary says it is.
 *
 * @returns `{ kind: 'tofu' | 'terraform', version }`, or undefined if it is
 *   neither or can't be run
 */
export async function readVersion(binary) {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  // May name a file that doesn't exist, which is warned about in every output.
  delete env.TF_CLI_CONFIG_FILE;
  const result = await capture(binary, ['version'], { env });
  return result.code === 0 ? parseVersion(result.stdout) : undefined;
}

/** Parses the output of `tofu version` or `terraform version`. */
export function parseVersion(text) {
  const match = /^(OpenTofu|Terraform) v(\d+\.\d+\.\d+\S*)/m.exec(text);
  return match
    ? {
        kind: match[1] === 'OpenTofu' ? 'tofu' : 'terraform',
        version: match[2],
      }
    : undefined;
}

export function isRecent({ kind, version }) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST[kind];
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

export function nameOf({ kind, version }) {
  return `${kind === 'tofu' ? 'OpenTofu' : 'Terraform'} ${version}`;
}
