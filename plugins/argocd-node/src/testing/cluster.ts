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
    await this.#change('PATCH', path, patch, 'application/merge-patch+json');
  }

  /** Makes an object, or makes it so, at its path. */
  async apply(path: string, object: object): Promise<void> {
    const place = `${path}?fieldManager=test&force=true`;
    await this.#change('PATCH', place, object, 'application/apply-patch+yaml');
  }

  async delete(path: string): Promise<void> {
    await this.#change('DELETE', path);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #change(
    method: 'PATCH' | 'DELETE',
    path: string,
    content?: object,
    type?: string,
  ) {
    const { status, body } = await this.#call(method, path, content, type);
    if (status > 299)
      throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
  }

  async #call(
    method: 'GET' | 'PATCH' | 'DELETE',
    path: string,
    content?: object,
    type = 'application/json',
  ) {
    const answer = await this.#agent.request({
      origin: this.at.url,
      path,
      method,
      headers: {
        authorization: `Bearer ${this.at.token}`,
        'content-type': type,
      },
      body: content ? JSON.stringify(content) : null,
    });
    const body = (await answer.body.json()) as Record<string, unknown>;
    return { status: answer.statusCode, body };
  }
}
