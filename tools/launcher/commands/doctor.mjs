import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_INSTALL_BYTES, freeBytes, WARM_BYTES } from '../disk.mjs';
import { answersWithin } from '../download.mjs';
import { findOnPath } from '../executables.mjs';
import { isInstalled } from '../install.mjs';
import { lockHolder } from '../lock.mjs';
import { npmSettings } from '../npm.mjs';
import { choosePort, isFree, whoListens } from '../ports.mjs';
import { capture } from '../run.mjs';
import { downloadedTofu } from '../terraform/release.mjs';
import { builtTofu } from '../terraform/build.mjs';
import { isRecent, nameOf, readVersion } from '../terraform/version.mjs';
import { mirrorFolder } from '../terraform/providers.mjs';

/**
 * `./greenroom doctor`: what is here and what is missing. Changes nothing.
 * Exit code 1 when something must be mended before a start.
 */
export async function doctor({ paths, report }) {
  const findings = await Promise.all([
    nodeFinding(),
    npmFinding(paths),
    packagesFinding(paths),
    diskFinding(paths),
    portFinding(paths),
    terraformFinding(paths),
    providersFinding(paths),
    pythonFinding(),
  ]);
  for (const { level, words, remedy } of findings) {
    report.say(`${{ ok: '✓', note: '·', bad: '✗' }[level]} ${words}`);
    if (remedy) {
      report.say(`  → ${remedy}`);
    }
  }
  return findings.some(({ level }) => level === 'bad') ? 1 : 0;
}

function ok(words) {
  return { level: 'ok', words };
}

function note(words, remedy) {
  return { level: 'note', words, remedy };
}

function bad(words, remedy) {
  return { level: 'bad', words, remedy };
}

function nodeFinding() {
  return ok(`Node ${process.version}, ${process.execPath}`);
}

async function npmFinding(paths) {
  if (!findOnPath('npm')) {
    return isInstalled(paths)
      ? note('npm is missing; it is needed when packages change')
      : bad('npm is missing', 'Install npm; it comes with Node.');
  }
  const { registry } = await npmSettings(paths);
  if (await answersWithin(`${registry.replace(/\/$/, '')}/-/ping`, 5_000)) {
    return ok(`Package registry ${registry} answers`);
  }
  return isInstalled(paths)
    ? note(`Package registry ${registry} does not answer; not needed now`)
    : bad(
        `Package registry ${registry} does not answer`,
        "Check the network and 'npm config get registry'.",
      );
}

function packagesFinding(paths) {
  return isInstalled(paths)
    ? ok('Packages are installed')
    : note(
        'Packages are not installed, or out of date',
        './greenroom start installs them.',
      );
}

async function diskFinding(paths) {
  const free = await freeBytes(paths.root);
  const needed = isInstalled(paths) ? WARM_BYTES : FIRST_INSTALL_BYTES;
  const words = `${(free / 2 ** 30).toFixed(1)} GiB of disk are free`;
  return free >= needed
    ? ok(words)
    : bad(
        `${words}; ${needed / 2 ** 30} GiB are needed`,
        'Free some space, or clone the project onto a larger disk.',
      );
}

async function portFinding(paths) {
  const holder = lockHolder(join(paths.run, 'portal.lock'));
  if (holder) {
    return ok(
      `Running: http://localhost:${holder.port} (process ${holder.pid})`,
    );
  }
  const port = choosePort(undefined);
  if (await isFree(port, '127.0.0.1')) {
    return ok(`Port ${port} is free`);
  }
  return note(
    `Port ${port} is in use by ${whoListens(port) ?? 'another program'}`,
    `Choose another: ./greenroom start --port ${port + 1}`,
  );
}

async function terraformFinding(paths) {
  const named = process.env.GREENROOM_TERRAFORM;
  const candidates = named
    ? [named]
    : [
        findOnPath('tofu'),
        findOnPath('terraform'),
        downloadedTofu(paths),
        builtTofu(paths),
      ];
  for (const binary of candidates.filter(Boolean)) {
    const version = await readVersion(binary);
    if (version && isRecent(version)) {
      return ok(`${nameOf(version)}, ${binary}`);
    }
  }
  if (named) {
    return bad(
      `GREENROOM_TERRAFORM is ${named}, which is no recent Terraform or OpenTofu`,
      'Name OpenTofu 1.8 or Terraform 1.9, or newer, or unset it.',
    );
  }
  return note(
    'No recent Terraform or OpenTofu yet',
    './greenroom start downloads OpenTofu, or builds it where Go is.',
  );
}

async function providersFinding(paths) {
  if (existsSync(mirrorFolder(paths))) {
    return ok('Providers come from the mirror that was built by Go');
  }
  const go = findOnPath('go');
  if (!go) {
    return note(
      'Providers come from their registry (there is no Go to build them)',
    );
  }
  const { stdout } = await capture(go, ['version']);
  return note(
    `Providers come from their registry, or are built by ${stdout.trim()}`,
  );
}

async function pythonFinding() {
  const python = findOnPath('python3');
  if (!python) {
    return note(
      'python3 is missing, so documentation pages are not built',
      'Install Python 3 if you want them.',
    );
  }
  const { stdout } = await capture(python, ['--version']);
  return ok(`${stdout.trim()} for documentation pages`);
}
