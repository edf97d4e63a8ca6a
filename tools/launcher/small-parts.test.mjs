import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { doOnce, readJson, writeAtomic } from './atomic.mjs';
import { requireDisk } from './disk.mjs';
import { isFit, nodeEnv } from './node.mjs';
import { choosePort, freePort, requireFreePort } from './ports.mjs';
import { Problem } from './problem.mjs';
import { formatDuration, Report } from './report.mjs';
import { loadSecrets } from './secrets.mjs';
import { temporaryFolder, temporaryPaths } from './testing/checkout.mjs';
import { parseVersion, isRecent } from './terraform/version.mjs';
import { sumFromList } from './terraform/release.mjs';

test('durations are told as a person would', () => {
  assert.equal(formatDuration(420), '0.4 s');
  assert.equal(formatDuration(53_200), '53 s');
  assert.equal(formatDuration(125_000), '2 min 05 s');
});

test('each step is said with its time, and kept for the table', async () => {
  const lines = [];
  let now = 0;
  const report = new Report({
    write: line => lines.push(line),
    now: () => now,
  });
  await report.step('Packages', async () => {
    now = 53_000;
    return 'installed';
  });
  await assert.rejects(
    report.step('Backend', async () => {
      now = 54_000;
      throw new Problem('no');
    }),
  );
  assert.deepEqual(lines, [
    '✓ Packages: installed (53 s)',
    '✗ Backend (1.0 s)',
  ]);
  assert.deepEqual(report.table(), [
    '  Packages  53 s',
    '  Backend   1.0 s',
    '  Total     54 s',
  ]);
});

test('work that fails leaves no marker, and is done again', async t => {
  const marker = join(temporaryFolder(t), 'marker.json');
  let times = 0;
  const work = async () => {
    times += 1;
    if (times === 1) {
      throw new Error('killed midway');
    }
  };
  await assert.rejects(doOnce(marker, 'a', work));
  assert.equal(await doOnce(marker, 'a', work), true);
  assert.equal(await doOnce(marker, 'a', work), false);
  assert.equal(await doOnce(marker, 'b', work), true);
  assert.equal(times, 3);
});

test('work that fails half way spoils what was done before it', async t => {
  const marker = join(temporaryFolder(t), 'marker.json');
  await doOnce(marker, 'a', async () => {});
  await assert.rejects(
    doOnce(marker, 'b', async () => {
      throw new Error('killed midway');
    }),
  );
  assert.equal(await doOnce(marker, 'a', async () => {}), true);
});

test('a file is replaced whole, with its mode', t => {
  const file = join(temporaryFolder(t), 'file.json');
  writeAtomic(file, '{"a":1}', 0o600);
  writeAtomic(file, '{"a":2}', 0o600);
  assert.deepEqual(readJson(file), { a: 2 });
  assert.equal(statSync(file).mode & 0o777, 0o600);
  writeFileSync(file, '{"a":');
  assert.equal(readJson(file), undefined);
});

test('the majors that Backstage supports are fit, others are not', () => {
  assert.deepEqual(
    ['v22.1.0', 'v24.21.0', 'v20.20.2', 'v25.0.0', 'v2.4.0', ''].map(isFit),
    [true, true, false, false, false, false],
  );
});

test('native add-ons are built against the headers of the Node that runs them', t => {
  const home = temporaryFolder(t);
  mkdirSync(join(home, 'include/node'), { recursive: true });
  writeFileSync(join(home, 'include/node/node.h'), '');
  const own = nodeEnv({ PATH: '/bin' }, join(home, 'bin/node'));
  assert.equal(own.npm_config_nodedir, home);
  assert.equal(own.PATH, `${join(home, 'bin')}:/bin`);
  const bare = nodeEnv(
    { npm_config_nodedir: '/usr' },
    join(temporaryFolder(t), 'bin/node'),
  );
  assert.equal(bare.npm_config_nodedir, '');
});

test('the port is that of --port, else of GREENROOM_PORT, else 7007', () => {
  assert.equal(choosePort('8000', { GREENROOM_PORT: '9000' }), 8000);
  assert.equal(choosePort(undefined, { GREENROOM_PORT: '9000' }), 9000);
  assert.equal(choosePort(undefined, {}), 7007);
  for (const wrong of ['0', '70000', 'http', '-1', '']) {
    assert.throws(() => choosePort(wrong, {}), Problem);
  }
});

test('a port that another program holds is refused', async t => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  await assert.rejects(requireFreePort(port), new RegExp(`Port ${port}`));
  await new Promise(resolve => {
    server.close(resolve);
  });
  await requireFreePort(port);
});

test('a disk is measured against what is needed', async () => {
  const measure = async () => 2.5 * 2 ** 30;
  assert.equal(await requireDisk('/', 2 ** 30, measure), '2.5 GiB free');
  await assert.rejects(requireDisk('/', 4 * 2 ** 30, measure), /Only 2\.5 GiB/);
});

test('secrets are made once, and anew only while nothing depends on them', t => {
  const paths = temporaryPaths(t);
  const first = loadSecrets(paths);
  assert.deepEqual(loadSecrets(paths), first);
  const file = join(paths.home, 'secrets.json');
  assert.equal(statSync(file).mode & 0o777, 0o600);

  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
  const second = loadSecrets(paths);
  assert.notEqual(second.secretsKey, first.secretsKey);
  assert.equal(statSync(file).mode & 0o777, 0o600);

  mkdirSync(join(paths.home, 'postgres'));
  writeFileSync(file, '');
  assert.throws(() => loadSecrets(paths), /is damaged/);
});

test('Terraform and OpenTofu are told apart, and old ones refused', () => {
  const tofu = parseVersion('OpenTofu v1.12.6\non linux_amd64\n');
  assert.deepEqual(tofu, { kind: 'tofu', version: '1.12.6' });
  const terraform = parseVersion('Terraform v1.11.4\non linux_amd64\n');
  assert.deepEqual(terraform, { kind: 'terraform', version: '1.11.4' });
  assert.equal(parseVersion('bash: 1.0'), undefined);
  const recent = (kind, version) => isRecent({ kind, version });
  assert.equal(recent('tofu', '1.8.0'), true);
  assert.equal(recent('tofu', '1.7.9'), false);
  assert.equal(recent('terraform', '1.9.0-rc1'), true);
  assert.equal(recent('terraform', '1.8.5'), false);
  assert.equal(recent('terraform', '2.0.0'), true);
});

test('an archive is checked by the release’s list, and the list by its pin', () => {
  const list = `${'a'.repeat(64)}  tofu_linux.tar.gz\n${'b'.repeat(64)}  tofu_darwin.tar.gz\n`;
  const pin = createHash('sha256').update(list).digest('hex');
  assert.equal(sumFromList(list, 'tofu_darwin.tar.gz', pin), 'b'.repeat(64));
  assert.throws(
    () => sumFromList(list, 'tofu_plan9.tar.gz', pin),
    /no release/,
  );
  assert.throws(
    () => sumFromList(`${list} `, 'tofu_linux.tar.gz', pin),
    /not the one that was pinned/,
  );
});
