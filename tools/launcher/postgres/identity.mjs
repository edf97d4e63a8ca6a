import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../problem.mjs';

/**
 * As whom PostgreSQL runs. It refuses to run as root. So that root can start
 * Greenroom (in a container, in CI), it then runs as the owner of its data,
 * else as the owner of the checkout, else as `nobody`; no account is created.
 *
 * @returns `prefix`: what to put before the program; `uid` and `gid` to start
 *   it with, if not our own; `owner`: whose the data must be, if not ours
 */
export function serverIdentity(paths, dataFolder) {
  if (process.getuid() !== 0) {
    requireOwnData(dataFolder);
    return { prefix: [] };
  }
  const { uid, gid } = unprivilegedIds(paths, dataFolder);
  if (isReachable(dirname(dataFolder)) && isReachable(paths.root)) {
    return { prefix: [], uid, gid, owner: { uid, gid } };
  }
  // Below a folder that only root may enter (mktemp -d makes such) another
  // user sees nothing. The folder is not ours to open up. Instead the server
  // keeps one right of root, to pass permission checks on files, and no other.
  // `no_setuid_fixup` makes access(2), which PostgreSQL uses on itself, see it.
  if (!hasSetpriv()) {
    throw new Problem(
      `PostgreSQL can't run as root, and another user can't enter ${paths.root}.`,
      [
        'Start Greenroom as an ordinary user, or move the checkout to a folder that others may enter,',
        'or install setpriv (package util-linux).',
      ],
    );
  }
  return {
    prefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--inh-caps=-all,+dac_override',
      '--ambient-caps=-all,+dac_override',
      '--bounding-set=-all,+dac_override',
      '--securebits=+no_setuid_fixup,+noroot',
      '--',
    ],
    owner: { uid, gid },
  };
}

function requireOwnData(dataFolder) {
  if (existsSync(dataFolder) && statSync(dataFolder).uid !== process.getuid()) {
    throw new Problem(
      `The database in ${dataFolder} belongs to another user (it was made by another account, or as root).`,
      [
        'Start Greenroom as that user, or remove the data as that user: ./greenroom reset',
      ],
    );
  }
}

function unprivilegedIds(paths, dataFolder) {
  for (const folder of [dataFolder, paths.root]) {
    if (existsSync(folder)) {
      const { uid, gid } = statSync(folder);
      // initdb looks its user up by number, so it must be a known one.
      if (uid !== 0 && idOf('-un', String(uid)) !== undefined) {
        return { uid, gid };
      }
    }
  }
  const uid = Number(idOf('-u', 'nobody'));
  const gid = Number(idOf('-g', 'nobody'));
  if (!(uid > 0)) {
    throw new Problem(
      "PostgreSQL can't run as root, and this machine has no user 'nobody' to run it as.",
      ['Start Greenroom as an ordinary user.'],
    );
  }
  return { uid, gid };
}

function idOf(flag, user) {
  try {
    return execFileSync('id', [flag, user], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

/** Whether any user may enter the folder and all above it. */
export function isReachable(folder) {
  let current = folder;
  for (;;) {
    if ((statSync(current).mode & 0o001) === 0) {
      return false;
    }
    const parent = dirname(current);
    if (parent === current) {
      return true;
    }
    current = parent;
  }
}

function hasSetpriv() {
  try {
    const help = execFileSync('setpriv', ['--help'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return help.includes('--ambient-caps') && help.includes('--securebits');
  } catch {
    return false;
  }
}
