import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences, drawnEdges, realEdges } from './architecture.mjs';

const manifests = [
  { name: 'app', dependencies: { '@greenroom/plugin-environments': '*' } },
  { name: '@greenroom/plugin-environments', dependencies: { react: '18' } },
];

test('a picture with the arrows of the packages is true', () => {
  const drawn = drawnEdges(
    '```mermaid\nflowchart\n  app --> environments\n```',
  );
  assert.deepEqual(differences(realEdges(manifests), drawn), []);
});

test('a missing arrow and one too many are both said', () => {
  const drawn = drawnEdges(
    '```mermaid\nflowchart\n  environments --> app\n```',
  );
  assert.deepEqual(differences(realEdges(manifests), drawn), [
    'ARCHITECTURE.md draws "environments --> app", which no package.json says any more.',
    'ARCHITECTURE.md lacks the arrow "app --> environments".',
  ]);
});
