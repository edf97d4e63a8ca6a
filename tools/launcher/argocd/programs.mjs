import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from '../executables.mjs';
import { filesBelow, fingerprint } from '../fingerprint.mjs';
import { Problem } from '../problem.mjs';
import { capture, run } from '../run.mjs';
import { goBuild } from '../terraform/build.mjs';
import { tofuPlatform } from '../terraform/release.mjs';

export const ARGOCD_VERSION = '3.2.11';
const ARGOCD_MODULE = 'github.com/argoproj/argo-cd/v3';
const KUBERNETES_VERSION = '1.34.4';
const KUBERNETES = 'k8s.io/component-base/version';

/** Programs that are built straight from the module they are in; each folder below tools/argocd pins one module. */
const PLAIN = [
  {
    folder: 'kubernetes',
    modules: ['apiserver', 'controller-manager', 'scheduler'].map(
      name => `k8s.io/kubernetes/cmd/kube-${name}`,
    ),
    // A server that does not know its own release refuses to start.
    flags: `-X ${KUBERNETES}.gitVersion=v${KUBERNETES_VERSION} -X ${KUBERNETES}.gitMajor=1 -X ${KUBERNETES}.gitMinor=34`,
  },
  { folder: 'kwok', modules: ['sigs.k8s.io/kwok/cmd/kwok'] },
  { folder: 'etcd', target: 'etcd', modules: ['go.etcd.io/etcd/server/v3'] },
  { folder: 'redis', modules: ['.'] },
  { folder: 'helm', modules: ['helm.sh/helm/v3/cmd/helm'] },
  {
    folder: 'kustomize',
    target: 'kustomize',
    modules: ['sigs.k8s.io/kustomize/kustomize/v5'],
  },
];

/** The folder of the programs, in `bin`, and Argo CD's resource definitions, in `crds`; it is there or it is whole. */
export function argocdFolder(paths) {
  const pins = filesBelow(join(paths.root, 'tools/argocd'));
  const key = fingerprint(paths.root, pins).slice(0, 10);
  return join(
    paths.tools,
    `argocd-${ARGOCD_VERSION}-go-${key}-${tofuPlatform()}`,
  );
}

/**
 * A real Argo CD for tests with all it needs to run without containers, built
 * by Go from the published modules, once.
 *
 * @returns its folder
 * @throws Problem that says what is missing
 */
export async function bringArgocd(paths, report, env = process.env) {
  const folder = argocdFolder(paths);
  if (existsSync(folder)) {
    return folder;
  }
  const missing = ['go', 'git'].filter(name => !findOnPath(name, env.PATH));
  if (missing.length > 0) {
    throw new Problem(
      `Argo CD is built by Go and serves itself by Git, and there is no ${missing.join(' and no ')} on the PATH.`,
    );
  }
  report.say(
    `  Building Argo CD ${ARGOCD_VERSION} and Kubernetes ${KUBERNETES_VERSION} by Go, about 10 minutes on two cores, once …`,
  );
  const fresh = `${folder}.${process.pid}`;
  try {
    for (const program of PLAIN) {
      await buildPlain(paths, fresh, program);
    }
    await buildArgocd(paths, fresh);
    putInPlace(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** Another checkout may have built the same meanwhile, and use it already: that one stays. */
export function putInPlace(fresh, folder) {
  try {
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder)) {
      throw error;
    }
  }
}

async function buildPlain(paths, fresh, program) {
  const { folder, target = '', modules, flags } = program;
  await goBuild(paths, {
    folder: join(paths.root, 'tools/argocd', folder),
    target: join(fresh, 'bin', target) + (target ? '' : '/'),
    modules,
    flags,
    log: join(paths.logs, `argocd-${folder}.log`),
    what: `Building ${folder}`,
  });
}

/**
 * Argo CD replaces modules by others, which Go heeds in the main module alone:
 * so a copy of it is the main module. One word is changed in the copy: its
 * controller gives out metrics on every address of the machine.
 */
async function buildArgocd(paths, fresh) {
  const source = join(fresh, 'argo-cd');
  const log = join(paths.logs, 'argocd-argo-cd.log');
  await run('cp', ['-r', await moduleFolder(paths), source], { log });
  await run('chmod', ['-R', 'u+w', source], { log });
  const controller = join(source, 'controller/appcontroller.go');
  const code = readFileSync(controller, 'utf8');
  writeFileSync(controller, code.replace('"0.0.0.0:%d"', '"127.0.0.1:%d"'));
  await goBuild(paths, {
    folder: source,
    target: join(fresh, 'bin/argocd'),
    modules: ['./cmd'],
    flags: `-X ${ARGOCD_MODULE}/common.version=${ARGOCD_VERSION}`,
    log,
    what: 'Building Argo CD',
  });
  const crds = join(source, 'manifests/crds');
  mkdirSync(join(fresh, 'crds'));
  const isCrd = name => name.endsWith('-crd.yaml');
  for (const file of readdirSync(crds).filter(isCrd)) {
    cpSync(join(crds, file), join(fresh, 'crds', file));
  }
  rmSync(source, { recursive: true });
}

/** Where Go keeps the source of the very version whose checksum is pinned; fetched where it is not there. */
async function moduleFolder(paths) {
  const { code, stdout, stderr } = await capture(
    'go',
    ['mod', 'download', '-json', ARGOCD_MODULE],
    {
      cwd: join(paths.root, 'tools/argocd/argo-cd'),
      env: { ...process.env, GOWORK: 'off', GOFLAGS: '-mod=readonly' },
      timeoutMs: 600_000,
    },
  );
  if (code !== 0) {
    throw new Problem(
      `Argo CD's source could not be fetched: ${stderr.trim() || stdout.trim()}`,
    );
  }
  return JSON.parse(stdout).Dir;
}
