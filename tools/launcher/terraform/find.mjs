import { findOnPath } from '../executables.mjs';
import { Problem } from '../problem.mjs';
import { buildTofu, builtTofu } from './build.mjs';
import { downloadTofu, downloadedTofu } from './release.mjs';
import { isRecent, nameOf, OLDEST, readVersion } from './version.mjs';

/**
 * The Terraform or OpenTofu that runs environments: GREENROOM_TERRAFORM,
 * else `tofu` or `terraform` on the PATH if recent enough, else one that is
 * brought.
 *
 * @returns `{ path, kind, version, words }`
 */
export async function findTerraform(paths, report, env = process.env) {
  if (env.GREENROOM_TERRAFORM) {
    return await namedTerraform(env.GREENROOM_TERRAFORM);
  }
  const old = [];
  for (const name of ['tofu', 'terraform']) {
    const found = await usable(findOnPath(name, env.PATH), old);
    if (found) {
      return found;
    }
  }
  return await bringTofu(paths, report, old);
}

async function namedTerraform(binary) {
  const version = await readVersion(binary);
  if (!version) {
    throw new Problem(
      `GREENROOM_TERRAFORM is ${binary}, which can't be run as Terraform or OpenTofu.`,
      ['Name another one, or unset it and Greenroom finds or brings one.'],
    );
  }
  if (!isRecent(version)) {
    throw new Problem(
      `GREENROOM_TERRAFORM is ${nameOf(version)}, which is too old.`,
      [
        `Take OpenTofu ${OLDEST.tofu.join('.')} or Terraform ${OLDEST.terraform.join('.')}, or newer.`,
      ],
    );
  }
  return describe(binary, version);
}

async function usable(binary, old) {
  const version = binary && (await readVersion(binary));
  if (!version) {
    return undefined;
  }
  if (!isRecent(version)) {
    old.push(nameOf(version));
    return undefined;
  }
  return describe(binary, version);
}

/**
 * OpenTofu in its pinned version: kept from an earlier time, else its
 * release, else built by Go.
 */
export async function bringTofu(paths, report, old = []) {
  const kept = downloadedTofu(paths) ?? builtTofu(paths);
  if (kept) {
    return describe(kept, await readVersion(kept));
  }
  const attempts = [];
  for (const bring of [downloadTofu, buildTofu]) {
    try {
      const path = await bring(paths, report);
      return describe(path, await readVersion(path));
    } catch (error) {
      if (!(error instanceof Problem)) {
        throw error;
      }
      attempts.push(error.message);
    }
  }
  throw new Problem(
    `There is no Terraform or OpenTofu${old.length ? ` that is recent enough (found: ${old.join(', ')})` : ''}, and none could be brought.`,
    [
      ...attempts,
      'Install OpenTofu 1.8 or Terraform 1.9, or newer, or name one with GREENROOM_TERRAFORM.',
    ],
  );
}

function describe(path, version) {
  return { path, ...version, words: `${nameOf(version)}, ${path}` };
}
