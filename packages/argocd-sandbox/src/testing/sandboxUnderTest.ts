import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgocdInstanceConfig } from '@greenroom/plugin-argocd-node';
import { ArgocdUnderTest } from '@greenroom/plugin-argocd-node/testing';
import { ArgocdSandbox, startArgocdSandbox } from '../server';

/** What the stand-in of tests is started with: accounts and projects as those of the real one. */
export const TEST_SANDBOX = {
  accounts: [
    {
      name: 'greenroom',
      token: 'the-token-of-the-sandbox',
      projects: ['default', 'confined'],
    },
    { name: 'admin', password: 'admin-password' },
  ],
  projects: ['default', 'confined', 'foreign'],
  orphansIn: ['default'],
  delays: { operationMs: 30, healthyMs: 100 },
};

/** A stand-in that tests run on as they run on a real Argo CD. */
export class SandboxUnderTest implements ArgocdUnderTest {
  readonly admin = { username: 'admin', password: 'admin-password' };
  readonly git: ArgocdUnderTest['git'];
  readonly cluster: ArgocdUnderTest['cluster'];

  static async start(): Promise<SandboxUnderTest> {
    return new SandboxUnderTest(await startArgocdSandbox(TEST_SANDBOX));
  }

  private constructor(private readonly sandbox: ArgocdSandbox) {
    const folder = mkdtempSync(join(tmpdir(), 'argocd-sandbox-test-'));
    this.git = { folder, url: `file://${folder}` };
    this.cluster = {
      get: async path => {
        const answer = await this.#call('GET', `cluster${path}`);
        return answer.ok ? answer.json() : undefined;
      },
      apply: async (path, object) => {
        await this.#call('PUT', `cluster${path}`, object);
      },
      patch: async (path, patch) => {
        const { ok, status } = await this.#call(
          'PATCH',
          `cluster${path}`,
          patch,
        );
        if (!ok) throw new Error(`PATCH ${path}: ${status}`);
      },
    };
  }

  get config(): ArgocdInstanceConfig {
    return {
      name: 'stand-in',
      url: this.sandbox.url,
      credentials: { token: 'the-token-of-the-sandbox' },
      timeoutMs: 20_000,
      requestsPerSecond: 1000,
    };
  }

  async withoutRepositories<T>(work: () => Promise<T>): Promise<T> {
    await this.#call('PUT', 'frozen', { frozen: true });
    try {
      return await work();
    } finally {
      await this.#call('PUT', 'frozen', { frozen: false });
    }
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.git.folder, { recursive: true });
  }

  async #call(method: string, path: string, body?: object) {
    return fetch(`${this.sandbox.url}/by-hand/${path}`, {
      method,
      body: body && JSON.stringify(body),
    });
  }
}
