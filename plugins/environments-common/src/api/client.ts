import { followLogs, StreamLogsOptions } from './logStream';
import { ProblemsError } from './problemsError';
import {
  Blueprint,
  BlueprintSummary,
  BlueprintVersion,
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  DestroyEnvironmentRequest,
  Environment,
  EnvironmentCounts,
  EnvironmentResource,
  EnvironmentSummary,
  ListEnvironmentsQuery,
  LogPage,
  Operation,
  OperationSummary,
  Page,
  PublishBlueprintRequest,
} from './types';

export { ProblemsError } from './problemsError';
export type { StreamLogsOptions } from './logStream';

/** Options that every call takes. */
export interface CallOptions {
  signal?: AbortSignal;
}

/**
 * The environments API as its callers see it.
 *
 * Every call rejects with a {@link ProblemsError} when the server refuses or
 * fails, and with a `TypeError` when it can't be reached.
 *
 * @public
 */
export interface EnvironmentsApi {
  listEnvironments(
    query: ListEnvironmentsQuery,
    options?: CallOptions,
  ): Promise<Page<EnvironmentSummary>>;
  countEnvironments(options?: CallOptions): Promise<EnvironmentCounts>;
  /** Repeating it with the same key gives the first answer again and makes nothing twice. */
  createEnvironment(
    request: CreateEnvironmentRequest,
    options: CallOptions & { idempotencyKey: string },
  ): Promise<CreateEnvironmentResponse>;
  getEnvironment(id: string, options?: CallOptions): Promise<Environment>;
  /** The living one of that name, else the newest destroyed one. */
  getEnvironmentByName(
    name: string,
    options?: CallOptions,
  ): Promise<Environment>;
  destroyEnvironment(
    id: string,
    request: DestroyEnvironmentRequest,
    options?: CallOptions,
  ): Promise<Operation>;
  listResources(
    id: string,
    options?: CallOptions,
  ): Promise<EnvironmentResource[]>;
  /** Newest first. */
  listOperations(
    id: string,
    options?: CallOptions,
  ): Promise<OperationSummary[]>;
  getOperation(id: string, options?: CallOptions): Promise<Operation>;
  getLogs(
    operationId: string,
    query: { after?: string; limit?: number },
    options?: CallOptions,
  ): Promise<LogPage>;
  streamLogs(operationId: string, options: StreamLogsOptions): Promise<void>;
  listBlueprints(
    query: { search?: string },
    options?: CallOptions,
  ): Promise<BlueprintSummary[]>;
  getBlueprint(name: string, options?: CallOptions): Promise<Blueprint>;
  getBlueprintVersion(
    name: string,
    version: string,
    options?: CallOptions,
  ): Promise<BlueprintVersion>;
  publishBlueprint(
    request: PublishBlueprintRequest,
    options?: CallOptions,
  ): Promise<BlueprintVersion>;
}

type QueryValue = string | number | string[] | undefined;

interface Call extends CallOptions {
  query?: object;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls the environments backend with the fetch of whoever runs it, which brings the credentials. */
export class EnvironmentsClient implements EnvironmentsApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  listEnvironments(query: ListEnvironmentsQuery, options?: CallOptions) {
    return this.#get<Page<EnvironmentSummary>>('/environments', {
      ...options,
      query,
    });
  }

  countEnvironments(options?: CallOptions) {
    return this.#get<EnvironmentCounts>('/environments/counts', options);
  }

  createEnvironment(
    request: CreateEnvironmentRequest,
    options: CallOptions & { idempotencyKey: string },
  ) {
    return this.#post<CreateEnvironmentResponse>('/environments', {
      signal: options.signal,
      body: request,
      headers: { 'Idempotency-Key': options.idempotencyKey },
    });
  }

  getEnvironment(id: string, options?: CallOptions) {
    return this.#get<Environment>(path`/environments/${id}`, options);
  }

  getEnvironmentByName(name: string, options?: CallOptions) {
    return this.#get<Environment>(path`/environments/by-name/${name}`, options);
  }

  destroyEnvironment(
    id: string,
    request: DestroyEnvironmentRequest,
    options?: CallOptions,
  ) {
    return this.#post<Operation>(path`/environments/${id}/destroy`, {
      ...options,
      body: request,
    });
  }

  async listResources(id: string, options?: CallOptions) {
    const { items } = await this.#get<{ items: EnvironmentResource[] }>(
      path`/environments/${id}/resources`,
      options,
    );
    return items;
  }

  async listOperations(id: string, options?: CallOptions) {
    const { items } = await this.#get<{ items: OperationSummary[] }>(
      path`/environments/${id}/operations`,
      options,
    );
    return items;
  }

  getOperation(id: string, options?: CallOptions) {
    return this.#get<Operation>(path`/operations/${id}`, options);
  }

  getLogs(
    operationId: string,
    query: { after?: string; limit?: number },
    options?: CallOptions,
  ) {
    return this.#get<LogPage>(path`/operations/${operationId}/logs`, {
      ...options,
      query,
    });
  }

  streamLogs(operationId: string, options: StreamLogsOptions) {
    return followLogs(
      (after, signal) =>
        this.#fetch('GET', path`/operations/${operationId}/logs/stream`, {
          signal,
          query: { after },
          headers: { Accept: 'text/event-stream' },
        }),
      options,
    );
  }

  async listBlueprints(query: { search?: string }, options?: CallOptions) {
    const { items } = await this.#get<{ items: BlueprintSummary[] }>(
      '/blueprints',
      { ...options, query },
    );
    return items;
  }

  getBlueprint(name: string, options?: CallOptions) {
    return this.#get<Blueprint>(path`/blueprints/${name}`, options);
  }

  getBlueprintVersion(name: string, version: string, options?: CallOptions) {
    return this.#get<BlueprintVersion>(
      path`/blueprints/${name}/versions/${version}`,
      options,
    );
  }

  publishBlueprint(request: PublishBlueprintRequest, options?: CallOptions) {
    return this.#post<BlueprintVersion>('/blueprints', {
      ...options,
      body: request,
    });
  }

  async #get<T>(route: string, call?: Call): Promise<T> {
    return this.#json<T>(await this.#fetch('GET', route, call));
  }

  async #post<T>(route: string, call: Call): Promise<T> {
    return this.#json<T>(await this.#fetch('POST', route, call));
  }

  async #json<T>(response: Response): Promise<T> {
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    return (await response.json()) as T;
  }

  async #fetch(
    method: 'GET' | 'POST',
    route: string,
    { query, body, headers, signal }: Call = {},
  ): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('environments');
    return this.#fetchApi.fetch(`${baseUrl}${route}${queryString(query)}`, {
      method,
      signal,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }
}

/** A route in which every inserted value is one escaped segment. */
function path(parts: TemplateStringsArray, ...values: string[]): string {
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
