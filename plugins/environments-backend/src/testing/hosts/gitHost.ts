import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TestServer } from './server';

const ROUTE =
  /^\/api\/v1\/repos\/acme\/([^/]+)\/(?:git\/commits\/([^/]+)|archive\/([^/]+)\.tar\.gz)$/;

/**
 * Stands in for a Git host: real repositories and `git archive`, behind the two routes of Gitea's
 * API that Backstage reads trees by. It knows no access rights.
 */
export class GitHost {
  readonly #root = mkdtempSync(join(tmpdir(), 'git-host-'));
  server!: TestServer;

  static async start(): Promise<GitHost> {
    const host = new GitHost();
    host.server = await TestServer.start((request, response) =>
      host.#answer(request, response),
    );
    return host;
  }

  /** What makes Backstage read from it. */
  get integration() {
    const { host } = this.server;
    return { host, baseUrl: `http://${host}` };
  }

  /** Address of a repository of `acme`, or of what is at a ref in it, as Gitea shows it. */
  url(repository: string, ref?: string, path = ''): string {
    const base = `http://${this.server.host}/acme/${repository}`;
    return ref ? `${base}/src/branch/${ref}${path && `/${path}`}` : base;
  }

  /**
   * Makes this the content of a repository's branch `main`.
   *
   * @param files content by path; `-> target` makes a link
   * @returns the commit
   */
  commit(repository: string, files: Record<string, string>): string {
    const folder = join(this.#root, repository);
    mkdirSync(folder, { recursive: true });
    this.#git(repository, 'init', '--quiet', '--initial-branch=main');
    this.#git(repository, 'rm', '-r', '-q', '--ignore-unmatch', '.');
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      if (content.startsWith('-> ')) symlinkSync(content.slice(3), file);
      else writeFileSync(file, content);
    }
    this.#git(repository, 'add', '--all');
    this.#git(
      repository,
      ...['-c', 'user.name=Mira', '-c', 'user.email=mira@example.com'],
      ...['commit', '--quiet', '--allow-empty', '--message', 'Change it'],
    );
    return this.#git(repository, 'rev-parse', 'HEAD').toString().trim();
  }

  tag(repository: string, tag: string): void {
    this.#git(repository, 'tag', tag);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #git(repository: string, ...args: string[]): Buffer {
    return execFileSync('git', args, {
      cwd: join(this.#root, repository),
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 100 * 1024 * 1024,
    });
  }

  #answer({ url }: IncomingMessage, response: ServerResponse): void {
    const [, repository, commit, archive] = ROUTE.exec(url!) ?? [];
    try {
      const ref = `${commit ?? archive}^{commit}`;
      const sha = this.#git(repository, 'rev-parse', '--verify', ref)
        .toString()
        .trim();
      response.end(
        commit
          ? JSON.stringify({ sha })
          : this.#git(
              repository,
              ...['archive', '--format=tar.gz', `--prefix=${repository}/`, sha],
            ),
      );
    } catch {
      response.writeHead(404).end();
    }
  }
}
