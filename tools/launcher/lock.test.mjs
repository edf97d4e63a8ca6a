import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockHolder, takeLock } from './lock.mjs';
import { identify } from './processes.mjs';
import { temporaryFolder } from './testing/checkout.mjs';

test('a lock is taken once and names its holder', t => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'lock');
  const { release } = takeLock(file, { port: 7007 });
  const { holder } = takeLock(file);
  assert.equal(holder.pid, process.pid);
  assert.equal(holder.port, 7007);
  release();
  assert.equal(lockHolder(file), undefined);
  assert.deepEqual(readdirSync(folder), []);
});

test('a lock of a process that is gone is taken over', async t => {
  const file = join(temporaryFolder(t), 'lock');
  const child = spawn('sleep', ['100']);
  await once(child, 'spawn');
  writeFileSync(file, JSON.stringify(identify(child.pid)));
  assert.equal(takeLock(file).holder.pid, child.pid);
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.equal(typeof takeLock(file).release, 'function');
});

test('a lock whose number belongs to a later process is taken over', t => {
  const file = join(temporaryFolder(t), 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, mark: '1' }));
  assert.equal(typeof takeLock(file).release, 'function');
});

test('a lock file with half a line in it is taken over', t => {
  const file = join(temporaryFolder(t), 'lock');
  writeFileSync(file, '{"pid": 1');
  assert.equal(typeof takeLock(file).release, 'function');
});

test('of many that find a stale lock at once, one gets it', async t => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, mark: '1' }));
  const module = new URL('./lock.mjs', import.meta.url).href;
  const script = `
    const { takeLock } = await import('${module}');
    process.stdout.write(takeLock(${JSON.stringify(file)}).release ? 'taken' : 'held');
    process.stdin.resume().once('end', () => process.exit());
  `;
  const children = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script]),
  );
  const said = await Promise.all(
    children.map(async child => String(await once(child.stdout, 'data'))),
  );
  children.forEach(child => child.stdin.end());
  await Promise.all(children.map(child => once(child, 'exit')));
  assert.equal(said.filter(word => word === 'taken').length, 1, said.join());
});
