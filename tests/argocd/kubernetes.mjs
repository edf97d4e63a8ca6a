import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../tools/launcher/ports.mjs';
import { Kube } from './kube.mjs';
import { answers } from './parts.mjs';

/**
 * Starts a Kubernetes without containers: its own servers, and kwok in place
 * of a node, which says of each pod that it runs.
 *
 * @returns `url`, `ca` (file), `token`, `kubeconfig` (file) and `kube`
 */
export async function startKubernetes(parts) {
  const pki = join(parts.folder, 'pki');
  mkdirSync(pki, { mode: 0o700 });
  const token = writeKeys(pki);
  const etcd = await startEtcd(parts);
  const port = await freePort();
  const cluster = {
    url: `https://127.0.0.1:${port}`,
    ca: join(pki, 'apiserver.crt'),
    token,
    kubeconfig: join(parts.folder, 'kubeconfig'),
  };
  writeKubeconfig(cluster);
  const kube = new Kube(cluster);
  const server = parts.start(
    'kube-apiserver',
    'kube-apiserver',
    flags({
      'etcd-servers': etcd,
      'bind-address': '127.0.0.1',
      'advertise-address': '127.0.0.1',
      'secure-port': port,
      'cert-dir': pki,
      'token-auth-file': join(pki, 'tokens.csv'),
      'authorization-mode': 'RBAC',
      'anonymous-auth': false,
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': join(pki, 'sa.pub'),
      'service-account-signing-key-file': join(pki, 'sa.key'),
      'service-cluster-ip-range': '10.96.0.0/24',
      // The name of the node is no address.
      'kubelet-preferred-address-types': 'InternalIP',
      // The address it is reached by is a loopback one, which it would refuse to publish.
      'endpoint-reconciler-type': 'none',
      'enable-priority-and-fairness': false,
      profiling: false,
      // kwok never gets its first list with it.
      'feature-gates': 'WatchList=false',
    }),
  );
  await parts.ready(server, () => kube.answers('/readyz'));
  await startControllers(parts, cluster, pki);
  await addNode(kube);
  return { ...cluster, kube };
}

export function flags(values) {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

function writeKeys(pki) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const token = randomBytes(24).toString('hex');
  const write = (name, text) =>
    writeFileSync(join(pki, name), text, { mode: 0o600 });
  write('sa.key', privateKey);
  write('sa.pub', publicKey);
  write('tokens.csv', `${token},admin,admin,system:masters\n`);
  return token;
}

// JSON is YAML.
function writeKubeconfig({ url, ca, token, kubeconfig }) {
  const name = 'test';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: url, 'certificate-authority': ca } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(config), { mode: 0o600 });
}

async function startEtcd(parts) {
  const client = `http://127.0.0.1:${await freePort()}`;
  const peer = `http://127.0.0.1:${await freePort()}`;
  const etcd = parts.start('etcd', 'etcd', [
    ...flags({
      'data-dir': join(parts.folder, 'etcd'),
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
      'log-level': 'warn',
    }),
    '--unsafe-no-fsync',
  ]);
  await parts.ready(etcd, () => answers(`${client}/health`));
  return client;
}

async function startControllers(parts, { kubeconfig, ca }, pki) {
  const nodePort = await freePort();
  parts.start(
    'kube-controller-manager',
    'kube-controller-manager',
    flags({
      kubeconfig,
      'bind-address': '127.0.0.1',
      'secure-port': await freePort(),
      'cert-dir': join(parts.folder, 'tmp'),
      'leader-elect': false,
      'service-account-private-key-file': join(pki, 'sa.key'),
      'root-ca-file': ca,
    }),
  );
  parts.start(
    'kube-scheduler',
    'kube-scheduler',
    flags({
      kubeconfig,
      'bind-address': '127.0.0.1',
      'secure-port': await freePort(),
      'cert-dir': join(parts.folder, 'tmp'),
      'leader-elect': false,
    }),
  );
  parts.start(
    'kwok',
    'kwok',
    flags({
      kubeconfig,
      'manage-all-nodes': true,
      // Pods lose their readiness when the node's lease is not renewed.
      'node-lease-duration-seconds': 40,
      cidr: '10.97.0.0/24',
      'node-ip': '127.0.0.1',
      'node-port': nodePort,
      'server-address': `127.0.0.1:${nodePort}`,
      config: writePodLogs(parts.folder),
    }),
  );
}

/** What every pod says; returns kwok's settings for it. */
function writePodLogs(folder) {
  const log = join(folder, 'pods.log');
  writeFileSync(
    log,
    [
      '2026-01-01T00:00:00Z stdout F starting\n',
      '2026-01-01T00:00:01Z stderr F there is no database at "nowhere"\n',
    ].join(''),
  );
  const settings = join(folder, 'kwok.yaml');
  const logs = {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'ClusterLogs',
    metadata: { name: 'all' },
    spec: { logs: [{ logsFile: log }] },
  };
  writeFileSync(settings, JSON.stringify(logs));
  return settings;
}

async function addNode(kube) {
  const path = '/api/v1/nodes/fake';
  await kube.apply(path, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: 'fake',
      labels: { 'kubernetes.io/hostname': 'fake', 'kubernetes.io/os': 'linux' },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
  });
  const room = { cpu: '32', memory: '64Gi', pods: '500' };
  const status = { capacity: room, allocatable: room };
  await kube.merge(path, { status }, '/status');
}
