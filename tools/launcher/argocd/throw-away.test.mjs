import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { startMark } from '../processes.mjs';
import { temporaryPaths } from '../testing/checkout.mjs';
import { startArgocd } from './throw-away.mjs';

/** As the start of a real one: it says how it is reached, and stays. */
const MAIN = `
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
const folder = process.argv[3];
mkdirSync(folder, { recursive: true });
console.log('ready');
// Whole or not at all, as that one does.
writeFileSync(folder + '/settings.new', String(process.pid));
renameSync(folder + '/settings.new', folder + '/settings.json');
setInterval(() => {}, 1000);
`;

test('that of a benchmark and that of the tests have nothing in common', async t => {
  const paths = temporaryPaths(t);
  const main = join(paths.root, 'tests/argocd/main.mjs');
  mkdirSync(dirname(main), { recursive: true });
  writeFileSync(main, MAIN);
  const [one, other] = await Promise.all(
    ['test-argocd', 'bench-argocd'].map(name =>
      startArgocd(paths, 'programs', name),
    ),
  );
  const pidOf = ({ settings }) => Number(readFileSync(settings, 'utf8'));
  const pids = [one, other].map(pidOf);
  await one.stop();
  assert.equal(startMark(pids[0]), undefined);
  assert.equal(existsSync(one.settings), false);
  assert.notEqual(startMark(pids[1]), undefined);
  assert.equal(pidOf(other), pids[1]);
  await other.stop();
});
