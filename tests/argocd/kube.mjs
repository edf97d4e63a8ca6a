import { readFileSync } from 'node:fs';
import { request } from 'node:https';

/** The few calls on a kube-apiserver that a start needs. */
export class Kube {
  #url;
  #ca;
  #token;

  constructor({ url, ca, token }) {
    this.#url = url;
    this.#ca = ca;
    this.#token = token;
  }

  /** @returns the object; undefined when it is not there */
  async get(path) {
    const { status, text } = await this.#call('GET', path);
    return status === 404 ? undefined : this.#read('GET', path, status, text);
  }

  /** Whether a path answers with success, for waiting. */
  async answers(path) {
    try {
      return (await this.#call('GET', path)).status === 200;
    } catch {
      return false;
    }
  }

  /** Makes an object, or makes it so: the server's own apply, which takes YAML as well. */
  async apply(path, object) {
    const body = typeof object === 'string' ? object : JSON.stringify(object);
    const place = `${path}?fieldManager=greenroom&force=true`;
    const type = 'application/apply-patch+yaml';
    const { status, text } = await this.#call('PATCH', place, { body, type });
    return this.#read('PATCH', path, status, text);
  }

  /** Changes what is named, as a merge patch. */
  async merge(path, patch, part = '') {
    const body = JSON.stringify(patch);
    const type = 'application/merge-patch+json';
    const place = `${path}${part}`;
    const { status, text } = await this.#call('PATCH', place, { body, type });
    return this.#read('PATCH', place, status, text);
  }

  #read(method, path, status, text) {
    if (status > 299) {
      throw new Error(`${method} ${path}: HTTP ${status} ${text}`);
    }
    return JSON.parse(text);
  }

  async #call(method, path, { body, type } = {}) {
    return await new Promise((resolve, reject) => {
      const call = request(
        `${this.#url}${path}`,
        {
          method,
          ca: readFileSync(this.#ca),
          headers: {
            authorization: `Bearer ${this.#token}`,
            ...(type && { 'content-type': type }),
          },
          timeout: 20_000,
        },
        response => {
          let text = '';
          response.setEncoding('utf8').on('data', part => {
            text += part;
          });
          response.once('end', () =>
            resolve({ status: response.statusCode, text }),
          );
          response.once('error', reject);
        },
      );
      call.once('error', reject);
      call.once('timeout', () => call.destroy(new Error('timeout')));
      call.end(body);
    });
  }
}
