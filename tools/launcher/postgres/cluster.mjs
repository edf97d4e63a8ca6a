import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Problem } from '../problem.mjs';
import { freePort, isFree } from '../ports.mjs';
import { commandLine, signal, startMark, waitUntil } from '../processes.mjs';
import { run, tailOf } from '../run.mjs';
import { startService } from '../service.mjs';
import { findBinaries } from './binaries.mjs';
import { serverIdentity } from './identity.mjs';

export const USER = 'greenroom';

/**
 * Starts PostgreSQL with the data in `folder`, made first where it is not
 * there. It listens on 127.0.0.1 alone, at a port that is chosen once and
 * changed only when something else took it.
 *
 * @param {object} paths from findPaths
 * @param {object} options `name` (of the service), `folder`, `password`,
 *   `settings` (PostgreSQL's own, by name)
 * @returns `connection` (host, port, user, password) and the `service`
 */
export async function startCluster(paths, options) {
  const { folder } = options;
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  await endLeftServer(data);
  const native = findBinaries(paths.root);
  const identity = serverIdentity(paths, data);
  if (!existsSync(data)) {
    await initialise(paths, options, native, identity);
  }
  const port = await choosePort(folder);
  const log = join(paths.logs, `${options.name}.log`);
  writeFileSync(log, '');
  const [command, ...args] = [
    ...identity.prefix,
    join(native, 'bin/postgres'),
    ...['-D', data, '-p', String(port)],
    ...settingsAsArguments({
      listen_addresses: '127.0.0.1',
      // No socket file: its path may be too long, and nobody needs it.
      unix_socket_directories: '',
      ...options.settings,
    }),
  ];
  const service = startService(paths, {
    name: options.name,
    command,
    args,
    cwd: folder,
    uid: identity.uid,
    gid: identity.gid,
    env: serverEnv(),
    log,
    // Fast shutdown: ends sessions, writes a checkpoint.
    stopSignal: 'SIGINT',
    graceMs: 20_000,
  });
  const ready = await waitUntil(
    async () => service.over || (await answers(port)),
    60_000,
  );
  if (service.over || !ready) {
    await service.kill();
    throw new Problem(
      [
        'PostgreSQL did not start. Its last lines:',
        ...tailOf(log, 12).map(line => `    ${line}`),
      ].join('\n'),
      [`The whole log is in ${log}`],
    );
  }
  return {
    service,
    connection: {
      host: '127.0.0.1',
      port,
      user: USER,
      password: options.password,
    },
  };
}

/** A connection as a URL, to the database `postgres` that always exists. */
export function connectionString({ host, port, user, password }) {
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/postgres`;
}

function settingsAsArguments(settings) {
  return Object.entries(settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

// Settings of a person's own PostgreSQL (PGDATA, PGPORT …) must not reach ours.
function serverEnv() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('PG')),
  );
}

// The data folder gets its name when it is complete.
async function initialise(paths, options, native, identity) {
  const fresh = join(options.folder, 'data.new');
  const passwordFile = join(options.folder, 'password.new');
  rmSync(fresh, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  if (identity.owner) {
    chownSync(fresh, identity.owner.uid, identity.owner.gid);
    chownSync(passwordFile, identity.owner.uid, identity.owner.gid);
  }
  const [command, ...args] = [
    ...identity.prefix,
    join(native, 'bin/initdb'),
    ...['-D', fresh, '-U', USER, '-A', 'scram-sha-256'],
    ...['--pwfile', passwordFile, '-E', 'UTF8', '--locale=C'],
    ...(options.settings.fsync === 'off' ? ['--no-sync'] : []),
  ];
  try {
    await run(command, args, {
      cwd: options.folder,
      uid: identity.uid,
      gid: identity.gid,
      env: serverEnv(),
      log: join(paths.logs, `${options.name}-initdb.log`),
      what: 'Creating the database',
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, join(options.folder, 'data'));
}

async function choosePort(folder) {
  const file = join(folder, 'port');
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (kept > 0 && (await isFree(kept, '127.0.0.1'))) {
    return kept;
  }
  const port = await freePort();
  writeFileSync(file, `${port}\n`);
  return port;
}

async function answers(port) {
  return await new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', () => resolve(false));
    // A server that is not ready yet may hang up without a word.
    socket.once('close', () => resolve(false));
    socket.once('connect', () => {
      // The request for TLS: answered by one letter once sessions are taken.
      socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
    });
    socket.once('data', reply => {
      socket.destroy();
      resolve(reply[0] === 0x4e || reply[0] === 0x53);
    });
  });
}

/**
 * Ends a server that still runs on this data although its launcher is gone.
 * The number in postmaster.pid may by now be that of any other process.
 */
async function endLeftServer(data) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) {
    return;
  }
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const mark = startMark(pid);
  if (mark === undefined || !commandLine(pid)?.includes(data)) {
    return;
  }
  signal(pid, 'SIGINT');
  const gone = () => startMark(pid) !== mark;
  if (!(await waitUntil(gone, 20_000))) {
    signal(pid, 'SIGQUIT');
    await waitUntil(gone, 10_000);
  }
}
