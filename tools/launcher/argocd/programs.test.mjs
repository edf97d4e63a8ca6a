import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Report } from '../report.mjs';
import { temporaryPaths } from '../testing/checkout.mjs';
import { argocdFolder, bringArgocd, putInPlace } from './programs.mjs';

function pathsWithPins(t, pins) {
  const paths = temporaryPaths(t);
  mkdirSync(join(paths.root, 'tools/argocd/kwok'), { recursive: true });
  writeFileSync(join(paths.root, 'tools/argocd/kwok/go.sum'), pins);
  return paths;
}

function quietReport() {
  const lines = [];
  return { lines, report: new Report({ write: line => lines.push(line) }) };
}

test('other pins are another folder, and a folder that is there is taken without Go', async t => {
  const paths = pathsWithPins(t, 'one');
  const folder = argocdFolder(paths);
  mkdirSync(folder, { recursive: true });
  const { lines, report } = quietReport();
  assert.equal(await bringArgocd(paths, report, { PATH: '' }), folder);
  assert.deepEqual(lines, []);
  writeFileSync(join(paths.root, 'tools/argocd/kwok/go.sum'), 'two');
  assert.notEqual(argocdFolder(paths), folder);
});

test('without Go it says so instead of building', async t => {
  const paths = pathsWithPins(t, 'one');
  const { lines, report } = quietReport();
  await assert.rejects(bringArgocd(paths, report, { PATH: '' }), {
    name: 'Problem',
    message: /there is no go and no git on the PATH/,
  });
  assert.deepEqual(lines, []);
});

test('of two that are built at once the first stays', async t => {
  const { root } = temporaryPaths(t);
  const built = name => {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, 'by'), name);
    return join(root, name);
  };
  const folder = join(root, 'argocd');
  putInPlace(built('one'), folder);
  putInPlace(built('another'), folder);
  assert.equal(readFileSync(join(folder, 'by'), 'utf8'), 'one');
  assert.throws(() => putInPlace(join(root, 'none'), join(root, 'nowhere')), {
    code: 'ENOENT',
  });
});
