import { readFileSync } from 'node:fs';
import { Agent } from 'undici';

/** Looks into the cluster, and changes it by hand, behind Argo CD's back. */
export class Cluster {
  readonly #agent: Agent;

  constructor(private readonly at: { url: string; ca: string; token: string }) {
    this.#agent = new Agent({ connect: { ca: readFileSync(at.ca) } });
  }

  /** @returns the object at a path of the API; undefined when there is none */
  async get(path: string): Promise<Record<string, unknown> | undefined> {
    const { status, body } = await this.#call('GET', path);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${path}: ${status}`);
    return body;
  }

  /** A merge patch. */
  async patch(path: string, patch: object): Promise<void> {
    const { status, body } = await this.#call('PATCH', path, patch);
    if (status !== 200)
      throw new Error(`PATCH ${path}: ${status} ${JSON.stringify(body)}`);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #call(method: 'GET' | 'PATCH', path: string, patch?: object) {
    const answer = await this.#agent.request({
      origin: this.at.url,
      path,
      method,
      headers: {
        authorization: `Bearer ${this.at.token}`,
        'content-type': 'application/merge-patch+json',
      },
      body: patch ? JSON.stringify(patch) : null,
    });
    const body = (await answer.body.json()) as Record<string, unknown>;
    return { status: answer.statusCode, body };
  }
}
