import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const REPOSITORY: string = join(__dirname, '../../../../..');
const STARTER = join(REPOSITORY, 'packages/cli/starter');

/** Folders that are gone after the tests of a file. */
export function useFolders() {
  const made: string[] = [];
  afterAll(() => made.forEach(path => rmSync(path, { recursive: true })));

  const empty = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'greenroom-cli-'));
    made.push(folder);
    return folder;
  };
  return {
    empty,
    /** A right blueprint, with changes to the texts of its files. */
    async starter(
      ...changes: [file: string, from: string, to: string][]
    ): Promise<string> {
      const folder = await empty();
      await cp(STARTER, folder, { recursive: true });
      for (const [file, from, to] of changes) {
        const path = join(folder, file);
        const text = readFileSync(path, 'utf8');
        if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
        writeFileSync(path, text.replace(from, to));
      }
      return folder;
    },
  };
}
