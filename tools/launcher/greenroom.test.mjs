import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './testing/checkout.mjs';

const GREENROOM = resolve(
  dirname(fileURLToPath(import.meta.url)),
  '../../greenroom',
);

// Says that it is Node 20, and is a Node in all else.
const OLD_NODE = `#!/bin/sh
[ "$1" = -e ] || exit 1
exec "${process.execPath}" -e "Object.defineProperty(process, 'version', { value: 'v20.20.2' }); $2"
`;

// Leaves the named package in the folder it is called in, as npm does.
const NPM = `#!/bin/sh
echo "$@" >>"$HOME/npm-calls"
for last; do :; done
package=\${last%@*}
mkdir -p "node_modules/$package/bin"
ln -s "${process.execPath}" "node_modules/$package/bin/node"
`;

/** A machine with these commands and the usual small ones, and nothing else. */
function machine(t, commands) {
  const home = temporaryFolder(t);
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const usual = 'sh cat dirname mkdir mv rm ln sed tail uname tr id ps'.split(
    ' ',
  );
  for (const name of usual) {
    const real = execFileSync('sh', ['-c', `command -v ${name}`], {
      encoding: 'utf8',
    }).trim();
    writeFileSync(join(bin, name), `#!/bin/sh\nexec ${real} "$@"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  for (const [name, text] of Object.entries(commands)) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  return {
    home,
    greenroom: (env = {}) =>
      spawnSync('/bin/sh', [GREENROOM, 'help'], {
        encoding: 'utf8',
        env: {
          PATH: bin,
          HOME: home,
          GREENROOM_HOME: join(home, 'data'),
          ...env,
        },
      }),
    npmCalls: () =>
      existsSync(join(home, 'npm-calls'))
        ? readFileSync(join(home, 'npm-calls'), 'utf8').trim().split('\n')
        : [],
  };
}

test('a Node that is too old is passed over, and npm brings one, once', t => {
  const { greenroom, npmCalls, home } = machine(t, {
    node: OLD_NODE,
    npm: NPM,
  });
  const first = greenroom();
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stdout, /greenroom start/);
  assert.match(first.stderr, /Bringing Node 24/);
  assert.equal(greenroom().status, 0);
  assert.equal(npmCalls().length, 1);
  assert.match(npmCalls()[0], /node-\S+@24\.\d+\.\d+$/);
  const cache = join(home, '.cache/greenroom');
  assert.equal(readdirSync(cache).length, 1, 'nothing half done is left');
});

test('a Node that was brought but is broken is brought again', t => {
  const { greenroom, npmCalls, home } = machine(t, { npm: NPM });
  assert.equal(greenroom().status, 0);
  const cache = join(home, '.cache/greenroom');
  rmSync(join(cache, readdirSync(cache)[0], 'node_modules'), {
    recursive: true,
  });
  assert.equal(greenroom().status, 0);
  assert.equal(npmCalls().length, 2);
});

test('without Node and npm it says what to install', t => {
  const { greenroom } = machine(t, {});
  const { status, stderr } = greenroom();
  assert.equal(status, 1);
  assert.match(stderr, /Install Node 24/);
});

test('an npm that fails is quoted', t => {
  const { greenroom, home } = machine(t, {
    npm: '#!/bin/sh\necho "E404 no such package"\nexit 1\n',
  });
  const { status, stderr } = greenroom();
  assert.equal(status, 1);
  assert.match(stderr, /E404 no such package/);
  assert.deepEqual(readdirSync(join(home, '.cache/greenroom')), []);
});

test('a GREENROOM_NODE that is unfit is refused, not passed over', t => {
  const { greenroom, home } = machine(t, { node: OLD_NODE, npm: NPM });
  const { status, stderr } = greenroom({
    GREENROOM_NODE: join(home, 'bin/node'),
  });
  assert.equal(status, 1);
  assert.match(stderr, /not a Node 22 or 24/);
});

test('a home that cannot be written to is no obstacle', t => {
  const { greenroom } = machine(t, { npm: NPM });
  const { status, stderr } = greenroom({
    GREENROOM_NODE: process.execPath,
    HOME: '/proc/none',
  });
  assert.equal(status, 0, stderr);
});
