import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from '../../tools/launcher/executables.mjs';
import { freePort } from '../../tools/launcher/ports.mjs';
import { waitUntil } from '../../tools/launcher/processes.mjs';
import { flags } from './kubernetes.mjs';
import { answers, listens } from './parts.mjs';
import { settingsObjects, TEAMS } from './settings.mjs';

const NAMESPACE = '/api/v1/namespaces/argocd';

/** Gives the cluster Argo CD's resource definitions and settings. */
export async function installArgocd({ kube, ...kubernetes }, crds) {
  await Promise.all(
    readdirSync(crds).map(file => {
      const name = `${file.replace('-crd.yaml', 's')}.argoproj.io`;
      const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
      return kube.apply(path, readFileSync(join(crds, file), 'utf8'));
    }),
  );
  for (const { path, ...object } of settingsObjects(kubernetes)) {
    if (object.kind === 'AppProject') {
      const served = () => kube.answers(path.replace(/[^/]+$/, ''));
      await waitUntil(served, 30_000);
    }
    await kube.apply(path, object);
  }
}

/** Starts Redis and Git's own server; the words say which Redis. */
export async function startStores(parts, bin) {
  const redisPort = await freePort();
  const redis = `127.0.0.1:${redisPort}`;
  const real = findOnPath('redis-server');
  if (real) {
    parts.start(
      'redis',
      real,
      [
        ...['--bind', '127.0.0.1', '--port', redisPort, '--save', ''],
        ...['--appendonly', 'no', '--dir', join(parts.folder, 'tmp')],
      ].map(String),
    );
  } else {
    parts.start('redis', join(bin, 'redis'), [redis]);
  }
  const git = join(parts.folder, 'git');
  mkdirSync(git);
  const gitPort = await freePort();
  parts.start('git', 'git', [
    ...['daemon', '--listen=127.0.0.1', `--port=${gitPort}`],
    ...[`--base-path=${git}`, '--export-all', '--reuseaddr', git],
  ]);
  return {
    redis,
    redisWords: real
      ? 'the redis-server of the machine'
      : 'a Redis built by Go',
    gitFolder: git,
    gitUrl: `git://127.0.0.1:${gitPort}`,
  };
}

/**
 * Starts Argo CD's three servers.
 *
 * @returns `url`, by TLS, and `ca`: the file of the certificate it made for itself
 */
export async function startArgocd(parts, { kube, kubeconfig, redis }) {
  const env = environment(parts.folder, kubeconfig);
  const repo = `127.0.0.1:${await freePort()}`;
  const repoMetrics = await freePort();
  const server = await freePort();
  const controllerMetrics = await freePort();
  const start = (name, settings, args = []) =>
    parts.start(
      name,
      'argocd',
      [...flags({ ...settings, redis, loglevel: 'warn' }), ...args],
      { ...env, ARGOCD_BINARY_NAME: name },
    );
  const started = [
    [
      start('argocd-repo-server', {
        address: '127.0.0.1',
        port: repo.split(':')[1],
        'metrics-address': '127.0.0.1',
        'metrics-port': repoMetrics,
      }),
      () => answers(`http://127.0.0.1:${repoMetrics}/metrics`),
    ],
    [
      start('argocd-application-controller', {
        namespace: 'argocd',
        'application-namespaces': TEAMS,
        'metrics-port': controllerMetrics,
        'repo-server': repo,
      }),
      () => answers(`http://127.0.0.1:${controllerMetrics}/healthz`),
    ],
    [
      start('argocd-server', {
        namespace: 'argocd',
        'application-namespaces': TEAMS,
        address: '127.0.0.1',
        port: server,
        'metrics-address': '127.0.0.1',
        'metrics-port': await freePort(),
        'repo-server': repo,
        // There is nobody to sign in by it.
        'dex-server': '127.0.0.1:1',
      }),
      // It writes its certificate down before it listens.
      async () => (await readCertificate(kube)) && (await listens(server)),
    ],
  ];
  await Promise.all(started.map(([part, check]) => parts.ready(part, check)));
  const ca = join(parts.folder, 'argocd.crt');
  writeFileSync(ca, await readCertificate(kube));
  return { url: `https://localhost:${server}`, ca };
}

async function readCertificate(kube) {
  const secret = await kube.get(`${NAMESPACE}/secrets/argocd-secret`);
  const text = secret?.data?.['tls.crt'];
  return text && Buffer.from(text, 'base64').toString();
}

export async function adminPassword(kube) {
  const path = `${NAMESPACE}/secrets/argocd-initial-admin-secret`;
  let secret;
  await waitUntil(async () => {
    secret = await kube.get(path);
    return secret !== undefined;
  }, 30_000);
  return Buffer.from(secret.data.password, 'base64').toString();
}

function environment(folder, kubeconfig) {
  const home = join(folder, 'argocd');
  const at = path => {
    const place = join(home, path);
    mkdirSync(place, { recursive: true, mode: 0o700 });
    return place;
  };
  return {
    KUBECONFIG: kubeconfig,
    // The cluster of the kubeconfig is the one that Argo CD calls its own.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_TLS_DATA_PATH: at('tls'),
    ARGOCD_SSH_DATA_PATH: at('ssh'),
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_GNUPGHOME: at('gpg/keys'),
    ARGOCD_GPG_DATA_PATH: at('gpg/source'),
    ARGOCD_PLUGINSOCKFILEPATH: at('plugins'),
    ARGOCD_APP_CONF_PATH: home,
    ARGOCD_ASK_PASS_SOCK: join(folder, 'tmp/askpass.sock'),
    // Two seconds between the waves of a sync otherwise.
    ARGOCD_SYNC_WAVE_DELAY: '0',
    REDIS_PASSWORD: '',
    HOSTNAME: 'test-0',
  };
}
