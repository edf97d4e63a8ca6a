import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Repositories } from './repositories';

const REPOSITORY = 'https://git.example.invalid/folder.git';

describe('a folder that stands for a repository', () => {
  const root = mkdtempSync(join(tmpdir(), 'repositories-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is read by many at once, each of whom gets all of it', async () => {
    const folder = join(root, 'folder');
    mkdirSync(folder);
    for (let index = 0; index < 200; index++)
      writeFileSync(join(folder, `${index}.yaml`), `number: ${index}\n`);
    const repositories = new Repositories(root, { [REPOSITORY]: folder });

    const looks = Array.from({ length: 8 }, async () => {
      const commit = await repositories.resolve(REPOSITORY, 'main');
      const tree = await repositories.checkout(REPOSITORY, commit);
      return { commit, files: readdirSync(tree).length };
    });
    const [first, ...others] = await Promise.all(looks);
    expect(first.files).toBe(200);
    for (const other of others) expect(other).toEqual(first);
  });
});
