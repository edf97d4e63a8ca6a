// A real Argo CD on a real Kubernetes, on 127.0.0.1, without containers, for tests:
//
//   node tests/argocd/main.mjs PROGRAMS FOLDER
//
// PROGRAMS is what `bringArgocd` built. Everything the instance keeps lies in FOLDER and is new
// at each start; FOLDER/settings.json says how it is reached, once it is ready. It runs until
// this process ends, however it ends; where it was forked, until its parent has. Each FOLDER is an
// instance of its own; for one that is up already, this says so and leaves.
import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeAll } from '../../tools/launcher/children.mjs';
import { takeLock } from '../../tools/launcher/lock.mjs';
import { makeToken } from './account.mjs';
import {
  adminPassword,
  installArgocd,
  startArgocd,
  startStores,
} from './argocd.mjs';
import { startKubernetes } from './kubernetes.mjs';
import { Parts } from './parts.mjs';

async function startInstance(programs, folder) {
  const bin = join(programs, 'bin');
  const parts = new Parts(folder, bin);
  const stores = await startStores(parts, bin);
  const cluster = await startKubernetes(parts);
  await installArgocd(cluster, join(programs, 'crds'));
  const argocd = await startArgocd(parts, { ...stores, ...cluster });
  const { kube, ...kubernetes } = cluster;
  const password = await adminPassword(kube);
  const token = await makeToken(argocd, password);
  return {
    ...argocd,
    token,
    admin: { username: 'admin', password },
    kubernetes,
    ...stores,
    // Helm and Kustomize are among them.
    programs: bin,
    // service-NAME.json in there has the number of each process.
    run: join(folder, 'run'),
    // What Node is given, before a folder, to start another one.
    start: [fileURLToPath(import.meta.url), programs],
  };
}

async function main([programs, place]) {
  if (!place) {
    console.error('usage: node tests/argocd/main.mjs PROGRAMS FOLDER');
    return 2;
  }
  const folder = resolve(place);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const lock = takeLock(join(folder, 'instance.lock'));
  if (lock.holder) {
    console.log(`It is up already, by process ${lock.holder.pid}.`);
    return 0;
  }
  const told = new Promise(tell => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      process.once(name, tell);
    }
    process.once('disconnect', tell);
  });
  const data = join(folder, 'instance');
  const settings = join(folder, 'settings.json');
  try {
    rmSync(settings, { force: true });
    rmSync(data, { recursive: true, force: true });
    const begin = performance.now();
    const found = await startInstance(resolve(programs), data);
    writeFileSync(`${settings}.new`, JSON.stringify(found, null, 2), {
      mode: 0o600,
    });
    renameSync(`${settings}.new`, settings);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`ready after ${seconds} s, with ${found.redisWords}`);
    process.send?.('ready');
    await told;
    return 0;
  } finally {
    await closeAll();
    rmSync(settings, { force: true });
    lock.release();
  }
}

process.exit(await main(process.argv.slice(2)));
