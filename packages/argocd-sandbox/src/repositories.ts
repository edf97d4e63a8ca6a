import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pLimit, { Limit } from 'p-limit';

const run = promisify(execFile);

/** Keeps copies of Git repositories, and their commits as folders. */
export class Repositories {
  readonly #turns = new Map<string, Limit>();
  #isClosed = false;

  /**
   * @param folder - for the copies
   * @param given - folders by the addresses of repositories that are nowhere else: each is taken as
   *   one with a single branch `main`, which gets a commit whenever its files have changed
   */
  constructor(
    private readonly folder: string,
    private readonly given: Record<string, string> = {},
  ) {}

  get addresses(): string[] {
    return Object.keys(this.given);
  }

  /**
   * @returns the commit that a branch, a tag or a commit stands for now
   * @throws UnreadRepository; Error in Git's words
   */
  resolve(url: string, revision: string): Promise<string> {
    return this.#inTurn(url, () => this.#resolve(url, revision));
  }

  /** The files of a commit that `resolve` gave. */
  checkout(url: string, commit: string): Promise<string> {
    return this.#inTurn(url, () => this.#checkout(url, commit));
  }

  /** Git locks a copy while it changes it, and whoever comes meanwhile is refused, or sees half of it. */
  #inTurn<T>(url: string, work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.get(url) ?? pLimit(1);
    this.#turns.set(url, turn);
    return turn(async () => {
      if (this.#isClosed) throw new Error('the stand-in has stopped');
      return work();
    });
  }

  /** Resolves once nothing of the folder is read or written any more: the next one may have it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#turns.values()].map(turn => turn(() => {})));
  }

  async #resolve(url: string, revision: string): Promise<string> {
    const mirror = this.#mirror(url);
    await mkdir(dirname(mirror), { recursive: true });
    if (Object.hasOwn(this.given, url))
      await commitFiles(this.given[url], mirror);
    else await fetchAll(url, mirror);
    try {
      const name = `${revision}^{commit}`;
      return await git(['--git-dir', mirror, 'rev-parse', '--verify', name]);
    } catch {
      throw new Error(`unable to resolve '${revision}' to a commit SHA`);
    }
  }

  async #checkout(url: string, commit: string): Promise<string> {
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

/** In the words of Argo CD. */
export class UnreadRepository extends Error {
  constructor(url: string, reason: string) {
    super(
      `repository not accessible: repositories not accessible: &Repository{Repo: "${url}", Type: "git", Name: "", Project: ""}: repo client error while testing repository: rpc error: code = Unknown desc = error testing repository connectivity: ${reason}`,
    );
  }
}

async function fetchAll(url: string, mirror: string): Promise<void> {
  try {
    if (existsSync(mirror))
      await git(['--git-dir', mirror, 'fetch', '--quiet', '--prune', 'origin']);
    else await git(['clone', '--quiet', '--mirror', '--', url, mirror]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadRepository(url, reason.trim().split('\n').at(-1)!);
  }
}

function keyOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

/** Makes the files of a folder the newest commit of a repository. */
async function commitFiles(folder: string, mirror: string): Promise<void> {
  if (!existsSync(mirror))
    await git(['init', '--quiet', '--bare', '--initial-branch=main', mirror]);
  const where = ['-C', folder, '--git-dir', mirror, '--work-tree', folder];
  await git([...where, 'add', '--all', '.']);
  const changed = await git([...where, 'status', '--porcelain']);
  if (!changed) return;
  const author = [
    '-c',
    'user.name=Sandbox',
    '-c',
    'user.email=sandbox@invalid',
  ];
  await git([
    ...[...where, ...author],
    ...['commit', '--quiet', '--message', 'The files as they are now'],
  ]);
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
