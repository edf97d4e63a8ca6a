import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A repository with one branch, `main`, whose commits are made by hand. */
export class GitRepository {
  static async make(
    at: { folder: string; url: string },
    name: string,
  ): Promise<GitRepository> {
    const folder = join(at.folder, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const repository = new GitRepository(folder, `${at.url}/${name}`);
    await repository.#git('init', '--quiet', '--initial-branch=main');
    return repository;
  }

  private constructor(
    private readonly folder: string,
    /** As Argo CD reads it. */
    readonly url: string,
  ) {}

  /**
   * Commits files, by their paths; one without content is removed.
   *
   * @returns the commit
   */
  async commit(files: Record<string, string | undefined>): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      await mkdir(dirname(file), { recursive: true });
      if (content === undefined) await rm(file);
      else await writeFile(file, content);
    }
    await this.#git('add', '--all');
    await this.#git('commit', '--quiet', '--allow-empty', '--message=change');
    return this.#git('rev-parse', 'HEAD');
  }

  async #git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', args, {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        // Nothing of the person's own settings.
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: 'Test',
        GIT_AUTHOR_EMAIL: 'test@localhost',
        GIT_COMMITTER_NAME: 'Test',
        GIT_COMMITTER_EMAIL: 'test@localhost',
      },
    });
    return stdout.trim();
  }
}
