import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = path => readFileSync(new URL(path, root), 'utf8');

test('each proof on a real Argo CD is a test that there is', () => {
  const rows = [
    ...read('docs/argocd-proof.md').matchAll(
      /^\| .+? +\| (.+?) +\| `(.+?)` +\|$/gm,
    ),
  ];
  assert.ok(rows.length > 40, `${rows.length} rows`);
  const lost = rows
    .filter(([, title, path]) => !read(path).includes(`it('${title}'`))
    .map(([, title, path]) => `${path}: ${title}`);
  assert.deepEqual(lost, []);
});
