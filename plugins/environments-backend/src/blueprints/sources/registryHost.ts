import { isError } from '@backstage/errors';
import { InputProblemError } from '../../errors';
import { refused, unreadable } from './problems';

/** One registry that may be read. What is sent to it goes to its own origin, and nowhere else. */
export class RegistryHost {
  readonly #headers: Record<string, string>;

  constructor(
    /** Its base address. */
    readonly url: URL,
    token?: string,
  ) {
    this.#headers = token ? { Authorization: `Bearer ${token}` } : {};
  }

  owns({ origin }: URL): boolean {
    return origin === this.url.origin;
  }

  /**
   * Follows no redirect: it could lead to a host that must not be asked, or not be shown the token.
   *
   * @returns undefined for 404
   * @throws InputProblemError when it does not answer, or does not let the portal in
   */
  async get(url: URL, signal: AbortSignal): Promise<Response | undefined> {
    if (!this.owns(url)) throw new Error('That is another host');
    try {
      const response = await fetch(url, {
        headers: this.#headers,
        redirect: 'error',
        signal,
      });
      const { status, statusText, ok } = response;
      if (status === 404) return undefined;
      if (status === 401 || status === 403) {
        throw refused(
          `The registry ${url.host} does not let this portal read ${url.pathname} (${status})`,
          'Have the operators of this portal see to its token in environments.blueprints.registries.',
        );
      }
      if (!ok) throw new Error(`${status} ${statusText}`);
      return response;
    } catch (error) {
      if (error instanceof InputProblemError) throw error;
      throw unreadable(shownUrl(url), causeOf(error));
    }
  }
}

/** Without what may be a secret of whoever wrote the address: its query, its user. */
export function shownUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** `fetch` says "fetch failed" and no more; its cause says why. */
function causeOf(error: unknown): unknown {
  const cause = isError(error) ? error.cause : undefined;
  return isError(cause) ? cause : error;
}
