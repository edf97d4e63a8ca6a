import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frontendFingerprint } from '../frontend.mjs';
import { installFingerprint } from '../install.mjs';
import { ensureFolders, findPaths } from '../paths.mjs';
import { freePort } from '../ports.mjs';
import { waitUntil } from '../processes.mjs';

const REAL_ROOT = resolve(
  fileURLToPath(new URL('.', import.meta.url)),
  '../../..',
);

// Answers the readiness check like the real one, and starts a process of its
// own, which must not outlive it.
const BACKEND = `
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
writeFileSync(process.env.GREENROOM_HOME + '/backend.json', JSON.stringify({
  pid: process.pid,
  child: child.pid,
  env: process.env,
}));
createServer((_, response) => response.end('ok'))
  .listen(Number(process.env.GREENROOM_PORT), '127.0.0.1');
`;

// Answers, and says what it was given.
const ARGOCD_SANDBOX = `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
const after = name => process.argv[process.argv.indexOf(name) + 1];
writeFileSync(after('--folder') + '.json', JSON.stringify({
  pid: process.pid,
  token: process.env.ARGOCD_SANDBOX_TOKEN,
}));
createServer((_, response) => response.end('ok'))
  .listen(Number(after('--port')), '127.0.0.1');
`;

/** A folder for one test, removed after it. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function temporaryPaths(t) {
  const paths = findPaths({}, temporaryFolder(t));
  ensureFolders(paths);
  return paths;
}

/**
 * A checkout whose packages and pages count as installed and built, with the
 * real launcher and the real PostgreSQL, and small servers in place of the
 * backend and of the stand-in for Argo CD.
 */
export async function makeCheckout(t, options = {}) {
  const root = temporaryFolder(t);
  const write = (path, text) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  cpSync(join(REAL_ROOT, 'tools'), join(root, 'tools'), { recursive: true });
  cpSync(join(REAL_ROOT, 'greenroom'), join(root, 'greenroom'));
  symlinkSync(join(REAL_ROOT, 'node_modules'), join(root, 'node_modules'));
  write('package.json', '{ "workspaces": [] }');
  write('yarn.lock', '');
  write('app-config.yaml', '');
  write('plugins/.keep', '');
  write('packages/app/dist/index.html', '');
  write('packages/backend/src/index.ts', options.backend ?? BACKEND);
  write(
    'packages/argocd-sandbox/src/run.ts',
    options.argocdSandbox ?? ARGOCD_SANDBOX,
  );
  write('packages/cli/src/index.ts', options.cli ?? '');
  write('packages/cli/src/measure.ts', options.measure ?? '');
  write('bin/terraform', '#!/bin/sh\necho "Terraform v1.11.4"\n');
  chmodSync(join(root, 'bin/terraform'), 0o755);
  const marker = fingerprint => JSON.stringify({ fingerprint });
  write('.greenroom/installed.json', marker(installFingerprint(root)));
  write('.greenroom/frontend.json', marker(frontendFingerprint(root)));
  write(
    '.greenroom/providers-terraform.json',
    '{ "reachable": "registry.terraform.io" }',
  );
  return new Checkout(t, root, await freePort());
}

class Checkout {
  #t;

  constructor(t, root, port) {
    this.#t = t;
    this.root = root;
    this.port = port;
    this.paths = findPaths({}, root);
  }

  /** Runs `./greenroom`; `output()` is what it has said so far. */
  greenroom(...args) {
    const child = spawn(join(this.root, 'greenroom'), args, {
      env: {
        PATH: process.env.PATH,
        HOME: this.root,
        GREENROOM_NODE: process.execPath,
        GREENROOM_TERRAFORM: join(this.root, 'bin/terraform'),
        GREENROOM_PORT: String(this.port),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = text => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const ended = once(child, 'close').then(([code]) => code);
    this.#t.after(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    return { child, ended, output: () => output };
  }

  /** Runs a command to its end; its exit code and what it said. */
  async command(...args) {
    const run = this.greenroom(...args);
    return { code: await run.ended, output: run.output() };
  }

  /** Starts the portal and waits until it says that it is ready. */
  async start() {
    const run = this.greenroom('start');
    const said = await waitUntil(
      () =>
        run.output().includes('Greenroom is ready') ||
        run.child.exitCode !== null,
      60_000,
    );
    if (!said || run.child.exitCode !== null) {
      throw new Error(`The portal did not come up:\n${run.output()}`);
    }
    return run;
  }

  /** The processes of a portal that is up, by what they are. */
  processes() {
    const read = path => readFileSync(join(this.paths.home, path), 'utf8');
    const backend = JSON.parse(read('backend.json'));
    return {
      argocdSandbox: this.argocdSandbox().pid,
      backend: backend.pid,
      backendsChild: backend.child,
      postgres: Number(read('postgres/data/postmaster.pid').split('\n')[0]),
      guard: JSON.parse(read('run/service-backend.json')).guard.pid,
      postgresGuard: JSON.parse(read('run/service-postgres.json')).guard.pid,
    };
  }

  argocdSandbox() {
    return JSON.parse(
      readFileSync(join(this.paths.home, 'argocd-sandbox.json'), 'utf8'),
    );
  }

  backendEnv() {
    return JSON.parse(
      readFileSync(join(this.paths.home, 'backend.json'), 'utf8'),
    ).env;
  }
}
