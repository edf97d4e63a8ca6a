import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { download } from '../download.mjs';
import { Problem } from '../problem.mjs';
import { run } from '../run.mjs';

export const TOFU_VERSION = '1.12.6';
const RELEASE = `https://github.com/opentofu/opentofu/releases/download/v${TOFU_VERSION}`;

/**
 * SHA-256 of the release's own list of checksums. One pin covers every
 * platform: the list is checked by it, the archive by the list.
 */
export const SUMS_SHA256 =
  '6988e0cb8f4e9ebfa3b0999e44841549741b22d9b38873cb5b89074f1cddcb1c';

export function tofuPlatform(platform = process.platform, arch = process.arch) {
  return `${platform}_${arch === 'x64' ? 'amd64' : arch}`;
}

function place(paths) {
  return join(paths.tools, `tofu-${TOFU_VERSION}-${tofuPlatform()}`);
}

/** The binary of an earlier download, or undefined. */
export function downloadedTofu(paths) {
  const binary = join(place(paths), 'tofu');
  return existsSync(binary) ? binary : undefined;
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The checksum of one file from the release's list.
 *
 * @throws Problem when the list is not the pinned one, or lacks the file
 */
export function sumFromList(list, name, pin = SUMS_SHA256) {
  if (sha256(list) !== pin) {
    throw new Problem(
      `The list of checksums of OpenTofu ${TOFU_VERSION} is not the one that was pinned.`,
    );
  }
  const line = list.split('\n').find(text => text.endsWith(`  ${name}`));
  if (!line) {
    throw new Problem(`OpenTofu ${TOFU_VERSION} has no release ${name}.`);
  }
  return line.split(' ')[0];
}

/** Downloads and checks the pinned release; the path of the binary. */
export async function downloadTofu(paths, report) {
  const name = `tofu_${TOFU_VERSION}_${tofuPlatform()}.tar.gz`;
  const fresh = `${place(paths)}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const sums = join(fresh, 'SHA256SUMS');
    const archive = join(fresh, name);
    await download(`${RELEASE}/tofu_${TOFU_VERSION}_SHA256SUMS`, sums, 15_000);
    report.say(`  Bringing OpenTofu ${TOFU_VERSION} …`);
    await download(`${RELEASE}/${name}`, archive, 300_000);
    const expected = sumFromList(readFileSync(sums, 'utf8'), name);
    if (sha256(readFileSync(archive)) !== expected) {
      throw new Problem(`${name} does not have the checksum of the release.`);
    }
    await run('tar', ['-xzf', archive, 'tofu'], {
      cwd: fresh,
      log: join(paths.logs, 'tofu.log'),
    });
    rmSync(archive);
    chmodSync(join(fresh, 'tofu'), 0o755);
    rmSync(place(paths), { recursive: true, force: true });
    renameSync(fresh, place(paths));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return join(place(paths), 'tofu');
}
