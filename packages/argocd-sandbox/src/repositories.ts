import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Keeps copies of Git repositories, and their commits as folders. */
export class Repositories {
  constructor(private readonly folder: string) {}

  /**
   * @returns the commit that a branch, a tag or a commit stands for now
   * @throws Error in Git's words
   */
  async resolve(url: string, revision: string): Promise<string> {
    const mirror = this.#mirror(url);
    if (existsSync(mirror))
      await git(['--git-dir', mirror, 'fetch', '--quiet', '--prune', 'origin']);
    else await git(['clone', '--quiet', '--mirror', '--', url, mirror]);
    try {
      const name = `${revision}^{commit}`;
      return await git(['--git-dir', mirror, 'rev-parse', '--verify', name]);
    } catch {
      throw new Error(`unable to resolve '${revision}' to a commit SHA`);
    }
  }

  /** The files of a commit that `resolve` gave. */
  async checkout(url: string, commit: string): Promise<string> {
    const tree = join(this.folder, 'trees', keyOf(url), commit);
    if (existsSync(tree)) return tree;
    await mkdir(tree, { recursive: true });
    const where = ['--git-dir', this.#mirror(url), '--work-tree', tree];
    const index = { GIT_INDEX_FILE: `${tree}.index` };
    await git([...where, 'read-tree', commit], index);
    await git([...where, 'checkout-index', '--all', '--force'], index);
    return tree;
  }

  #mirror(url: string): string {
    return join(this.folder, 'mirrors', keyOf(url));
  }
}

function keyOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

async function git(args: string[], env: Record<string, string> = {}) {
  const { stdout } = await run('git', args, {
    env: {
      PATH: process.env.PATH,
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...env,
    },
    timeout: 30_000,
  });
  return stdout.trim();
}
