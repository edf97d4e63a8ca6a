import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { installFingerprint, installPackages } from './install.mjs';
import { Problem } from './problem.mjs';
import { temporaryPaths } from './testing/checkout.mjs';
import { YARN_VERSION } from './yarn.mjs';

/** A project whose Yarn, already brought, is a script of ours. */
function project(t, yarn) {
  const paths = temporaryPaths(t);
  writeFileSync(join(paths.root, 'yarn.lock'), 'one');
  writeFileSync(
    join(paths.root, 'package.json'),
    '{"workspaces":["plugins/*"]}',
  );
  mkdirSync(join(paths.root, 'plugins/a'), { recursive: true });
  writeFileSync(join(paths.root, 'plugins/a/package.json'), '{}');
  const bin = join(
    paths.tools,
    `yarnpkg-cli-dist-${YARN_VERSION}/node_modules/@yarnpkg/cli-dist/bin`,
  );
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'yarn.js'), yarn);
  const npm = join(paths.root, 'npm');
  writeFileSync(npm, '#!/bin/sh\necho registry=https://mirror.example/\n');
  chmodSync(npm, 0o755);
  const path = process.env.PATH;
  process.env.PATH = `${paths.root}:${path}`;
  t.after(() => {
    process.env.PATH = path;
  });
  return paths;
}

const YARN = `
const fs = require('node:fs');
fs.mkdirSync('node_modules', { recursive: true });
fs.appendFileSync('calls', process.argv.slice(2).join(' ') + ' ' + process.env.YARN_NPM_REGISTRY_SERVER + '\\n');
fs.writeFileSync('node_modules/.yarn-state.yml', '');
`;

const calls = paths =>
  readFileSync(join(paths.root, 'calls'), 'utf8').trim().split('\n');

test('packages are installed once, from the registry that npm is set to', async t => {
  const paths = project(t, YARN);
  assert.match(await installPackages(paths), /installed/);
  assert.equal(await installPackages(paths), 'up to date');
  assert.deepEqual(calls(paths), [
    'install --immutable https://mirror.example/',
  ]);
});

test('a changed lock file or manifest, or lost packages, install again', async t => {
  const paths = project(t, YARN);
  const before = installFingerprint(paths.root);
  await installPackages(paths);
  writeFileSync(join(paths.root, 'plugins/a/package.json'), '{"name":"a"}');
  assert.notEqual(installFingerprint(paths.root), before);
  assert.match(await installPackages(paths), /installed/);
  writeFileSync(join(paths.root, 'yarn.lock'), 'two');
  assert.match(await installPackages(paths), /installed/);
  assert.equal(calls(paths).length, 3);
});

test('an installation that was killed midway is done again', async t => {
  const paths = project(t, 'process.kill(process.pid, "SIGKILL");');
  await assert.rejects(
    installPackages(paths),
    /yarn install failed \(SIGKILL\)/,
  );
  assert.equal(existsSync(join(paths.state, 'installed.json')), false);
});

test('a failed installation shows its last lines and names its log', async t => {
  const paths = project(
    t,
    'console.log("YN0001: the network is away"); process.exit(1);',
  );
  await assert.rejects(installPackages(paths), error => {
    assert.ok(error instanceof Problem);
    assert.match(error.message, /the network is away/);
    assert.match(error.remedies.join(), /install\.log/);
    return true;
  });
});

test('a disk that is too small is refused before anything is fetched', async t => {
  const paths = project(t, YARN);
  await assert.rejects(
    installPackages(paths, { measureDisk: async () => 2 ** 30 }),
    /Only 1\.0 GiB are free .* 4\.0 GiB are needed/,
  );
  assert.equal(existsSync(join(paths.root, 'calls')), false);
});
