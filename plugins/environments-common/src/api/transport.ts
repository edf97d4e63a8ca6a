import { CallOptions, KeyedOptions } from './environmentsApi';
import { ProblemsError } from './problemsError';

type QueryValue = string | number | string[] | undefined;

/** What a call says beside its route. */
export interface Call extends CallOptions {
  query?: object;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TransportOptions {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi: { fetch: typeof fetch };
}

/** HTTP, as the environments backend speaks it. */
export class Transport {
  constructor(private readonly options: TransportOptions) {}

  async get<T>(route: string, call?: Call): Promise<T> {
    return this.#json<T>(await this.fetch('GET', route, call));
  }

  async post<T>(route: string, call: Call): Promise<T> {
    return this.#json<T>(await this.fetch('POST', route, call));
  }

  /** A `POST` that is answered by nothing. */
  async send(route: string, call: Call): Promise<void> {
    const response = await this.fetch('POST', route, call);
    if (!response.ok) throw await ProblemsError.fromResponse(response);
  }

  async patch<T>(route: string, call: Call): Promise<T> {
    return this.#json<T>(await this.fetch('PATCH', route, call));
  }

  async #json<T>(response: Response): Promise<T> {
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    return (await response.json()) as T;
  }

  async fetch(
    method: 'GET' | 'POST' | 'PATCH',
    route: string,
    { query, body, headers, signal }: Call = {},
  ): Promise<Response> {
    const baseUrl = await this.options.discoveryApi.getBaseUrl('environments');
    return this.options.fetchApi.fetch(
      `${baseUrl}${route}${queryString(query)}`,
      {
        method,
        signal,
        headers: {
          ...headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      },
    );
  }
}

/** The caller's own name for a request that may be repeated. */
export function keyed({ signal, idempotencyKey }: KeyedOptions = {}): Call {
  return {
    signal,
    headers: idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {},
  };
}

/** A route in which every inserted value is one escaped segment. */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
  return parts.reduce(
    (route, part, index) =>
      `${route}${encodeURIComponent(values[index - 1])}${part}`,
  );
}

/** Arrays repeat their parameter; what is undefined or empty is left out. */
function queryString(query: object = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') parameters.append(name, String(one));
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}
