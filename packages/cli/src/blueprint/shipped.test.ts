import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { parseBlueprint } from '@greenroom/plugin-environments-common';
import { REPOSITORY } from './__testUtils__/folders';

const paths = globSync('templates/blueprints/*/blueprint.yaml', {
  cwd: REPOSITORY,
});
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

describe('the shipped blueprints', () => {
  it.each(paths)('%s has examples, and is told of beside it', path => {
    const { document } = parseBlueprint(read(path));
    expect(document?.spec.examples).not.toEqual([]);
    const folder = dirname(path);
    expect(existsSync(join(REPOSITORY, folder, 'README.md'))).toBe(true);
    const name = document?.metadata.name;
    expect(folder).toBe(`templates/blueprints/${name}`);
    expect(read('templates/blueprints/README.md')).toContain(`(${name})`);
  });

  it('are all found', () => {
    expect(paths).toHaveLength(4);
  });

  it('hold manifests that are whole', () => {
    const manifests = globSync('templates/blueprints/*/manifests/*.yaml', {
      cwd: REPOSITORY,
    }).flatMap(path => parseAllDocuments(read(path)));
    expect(manifests.flatMap(({ errors }) => errors)).toEqual([]);
    for (const manifest of manifests) {
      expect(manifest.toJS()).toMatchObject({
        apiVersion: expect.any(String),
        kind: expect.any(String),
      });
    }
    expect(manifests.length).toBeGreaterThan(4);
  });
});
