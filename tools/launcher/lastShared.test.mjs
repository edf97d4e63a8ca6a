import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lastShared } from './lastShared.mjs';
import { temporaryFolder } from './testing/checkout.mjs';

/** A clone of a repository with two commits. */
function clone(t) {
  const folder = temporaryFolder(t);
  const git = (...args) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  const commit = message =>
    git(
      ...['-c', 'user.name=a', '-c', 'user.email=a@example.com'],
      ...['commit', '--quiet', '--allow-empty', '-m', message],
    );
  git('init', '--quiet', '--initial-branch=main', '.');
  commit('one');
  commit('two');
  git('remote', 'add', 'origin', folder);
  git('fetch', '--quiet');
  git('branch', '--quiet', '--set-upstream-to=origin/main');
  return { folder, commit, at: name => git('rev-parse', '--short', name) };
}

test('what is one’s own begins after the commit that the upstream has', t => {
  const { folder, commit, at } = clone(t);
  const shared = at('HEAD');
  commit('three');
  commit('four');
  assert.equal(lastShared(folder), shared);
});

test('a file that is not committed is one’s own', t => {
  const { folder, at } = clone(t);
  writeFileSync(join(folder, 'new'), '');
  assert.equal(lastShared(folder), at('HEAD'));
});

test('where nothing is one’s own it is the last commit that counts', t => {
  const { folder, at } = clone(t);
  assert.equal(lastShared(folder), at('HEAD~1'));
});

test('without git, everything counts', t => {
  assert.equal(lastShared(temporaryFolder(t)), undefined);
});
