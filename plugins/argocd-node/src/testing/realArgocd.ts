import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent } from 'undici';
import { ArgocdInstanceConfig } from '../config';
import { ArgocdUnderTest } from './clientContract';
import { Cluster } from './cluster';

/** What the start of a real Argo CD for tests wrote down (tests/argocd/main.mjs). */
export interface RealArgocdSettings {
  url: string;
  ca: string;
  token: string;
  admin: { username: string; password: string };
  kubernetes: { url: string; ca: string; token: string; kubeconfig: string };
  gitFolder: string;
  gitUrl: string;
  programs: string;
  run: string;
  start: string[];
}

/** A real Argo CD that tests run on. */
export class RealArgocd implements ArgocdUnderTest {
  readonly cluster: Cluster;

  constructor(readonly settings: RealArgocdSettings) {
    this.cluster = new Cluster(settings.kubernetes);
  }

  get config(): ArgocdInstanceConfig {
    const { url, ca, token } = this.settings;
    return {
      name: 'real',
      url,
      ca: readFileSync(ca, 'utf8'),
      credentials: { token },
      timeoutMs: 20_000,
      requestsPerSecond: 200,
    };
  }

  get admin(): { username: string; password: string } {
    return this.settings.admin;
  }

  get git(): { folder: string; url: string } {
    return { folder: this.settings.gitFolder, url: this.settings.gitUrl };
  }

  /** How its own cluster is reached; `ca` is a certificate. */
  get kubernetes(): { url: string; ca: string; token: string } {
    const { url, ca, token } = this.settings.kubernetes;
    return { url, ca: readFileSync(ca, 'utf8'), token };
  }

  /** The folder of all programs that it is made of, Helm and Kustomize among them. */
  get programs(): string {
    return this.settings.programs;
  }

  async withoutRepositories<T>(work: () => Promise<T>): Promise<T> {
    return this.#frozen('argocd-repo-server', work);
  }

  /** Lets nothing be compared, synced or deleted while `work` goes on. */
  async withoutController<T>(work: () => Promise<T>): Promise<T> {
    return this.#frozen('argocd-application-controller', work);
  }

  /** What GitHub sends after a push to `main`. */
  async tellOfPush(repository: { url: string }, commit: string): Promise<void> {
    const { url, ca } = this.config;
    const agent = new Agent({ connect: { ca } });
    const { statusCode, body } = await agent.request({
      origin: url,
      path: '/api/webhook',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
      },
      body: JSON.stringify({
        ref: 'refs/heads/main',
        before: '0'.repeat(40),
        after: commit,
        repository: { html_url: repository.url, default_branch: 'main' },
        commits: [],
      }),
    });
    await body.dump();
    await agent.destroy();
    if (statusCode !== 200) throw new Error(`The webhook: ${statusCode}`);
  }

  /** Ends all that it is made of at once, as when its machine goes away. */
  kill(): void {
    for (const record of readdirSync(this.settings.run))
      process.kill(this.#pidIn(record), 'SIGKILL');
  }

  async #frozen<T>(name: string, work: () => Promise<T>): Promise<T> {
    const pid = this.#pidIn(`service-${name}.json`);
    process.kill(pid, 'SIGSTOP');
    try {
      return await work();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }

  #pidIn(record: string): number {
    const text = readFileSync(join(this.settings.run, record), 'utf8');
    return JSON.parse(text).child.pid;
  }
}

/**
 * A Jest suite on a real Argo CD: the one that `GREENROOM_TEST_ARGOCD` names, by the settings
 * file of its start. Without it the suite is skipped, and its name says why.
 */
export function describeRealArgocd(
  title: string,
  suite: (argocd: RealArgocd) => void,
): void {
  const file = process.env.GREENROOM_TEST_ARGOCD;
  if (file) {
    // It works on the same cores, and looks again only after minutes at what it has missed.
    jest.setTimeout(300_000);
    describe(`${title}, with a real Argo CD`, () => {
      suite(new RealArgocd(JSON.parse(readFileSync(file, 'utf8'))));
    });
    return;
  }
  const reason =
    process.env.GREENROOM_TEST_ARGOCD_MISSING ??
    'GREENROOM_TEST_ARGOCD does not name one';
  it.skip(`${title}, with a real Argo CD: ${reason}`, () => {});
}
