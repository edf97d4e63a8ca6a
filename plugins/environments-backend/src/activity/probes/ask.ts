import { Readable } from 'node:stream';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  JsonValue,
  ResolvedProbe,
} from '@greenroom/plugin-environments-common';
import { ProbeAnswer, ProbeFailure, readJson, readPrometheus } from './answer';
import { ProbeSettings } from './settings';

/** Asks whoever a probe names, if the portal may. */
export class ProbeAsker {
  constructor(
    private readonly options: ProbeSettings & { urlReader: UrlReaderService },
  ) {}

  /** @throws ProbeFailure when nobody knows, for whatever reason */
  async ask(probe: ResolvedProbe, signal: AbortSignal): Promise<ProbeAnswer> {
    if ('http' in probe) {
      const { http } = probe;
      return readJson(await this.#read(http.url, signal), http);
    }
    const { prometheus } = probe;
    const { url, query } = prometheus;
    const parameters = new URLSearchParams({ query });
    const route = `${url.replace(/\/$/, '')}/api/v1/query?${parameters}`;
    return readPrometheus(await this.#read(route, signal), prometheus);
  }

  async #read(address: string, signal: AbortSignal): Promise<JsonValue> {
    const url = readUrl(address);
    const { timeoutMs } = this.options;
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    let text: string;
    try {
      text = await this.#text(await this.#open(url, either));
    } catch (error) {
      if (error instanceof ProbeFailure) throw error;
      if (timeout.aborted) {
        throw new ProbeFailure(
          `${shown(url)} has not answered within ${timeoutMs / 1000} s`,
        );
      }
      throw new ProbeFailure(
        `${shown(url)} does not answer: ${why(error, url)}`,
      );
    }
    try {
      return JSON.parse(text);
    } catch {
      throw new ProbeFailure(`${shown(url)} does not answer in JSON`);
    }
  }

  async #open(url: URL, signal: AbortSignal): Promise<Readable> {
    const { hosts, urlReader } = this.options;
    const own = hosts.find(({ origin }) => origin === url.origin);
    if (own) {
      // A redirect could lead to a host that must not be shown the headers.
      const { headers } = own;
      const response = await fetch(url, { headers, redirect: 'error', signal });
      if (!response.ok) throw new Error(`${response.status}`);
      return Readable.from(response.body ?? []);
    }
    // Reads, and follows redirects, only as far as backend.reading.allow lets it.
    const response = await urlReader.readUrl(url.href, { signal });
    return response.stream?.() ?? Readable.from(await response.buffer());
  }

  async #text(body: Readable): Promise<string> {
    const { maxBytes } = this.options;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      const next = Buffer.from(chunk);
      bytes += next.length;
      if (bytes > maxBytes) {
        throw new ProbeFailure(
          `the answer is larger than the ${maxBytes / 1024} KB that are read`,
        );
      }
      chunks.push(next);
    }
    return Buffer.concat(chunks).toString();
  }
}

function readUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) {
    return url;
  }
  throw new ProbeFailure(
    'its address is no web address, or has a user or a password in it',
  );
}

/** Without its query, which a blueprint may have made of anything. */
function shown({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** `fetch` says "fetch failed" and no more; its cause says why. Readers tell the whole address. */
function why(error: unknown, url: URL): string {
  if (!isError(error)) return 'it failed';
  if (/not allowed/i.test(`${error.name} ${error.message}`)) {
    return 'this portal may not read there, or where it leads; its operators may add the host to backend.reading.allow or environments.idle.hosts';
  }
  const cause = isError(error.cause) ? error.cause : error;
  return cause.message.replaceAll(url.href, shown(url)).slice(0, 300);
}
