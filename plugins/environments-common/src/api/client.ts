import { followLogs, StreamLogsOptions } from './logStream';
import { ProblemsError } from './problemsError';
import {
  CancelOperationRequest,
  ConfirmOperationRequest,
  ListOperationsQuery,
  LogPage,
  Operation,
  OperationPlan,
  OperationSummary,
  RepeatOperationRequest,
  SubmitOperationRequest,
  TakeOverRequest,
} from './operationTypes';
import {
  FailedTeardown,
  ForgetRequest,
  ListOrphansQuery,
  Orphan,
} from './orphanTypes';
import {
  RekeyProgress,
  RekeyRequest,
  RestoreStateRequest,
  SealedSummary,
  StateVersionSummary,
} from './stateTypes';
import {
  Blueprint,
  BlueprintSummary,
  BlueprintVersion,
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  Environment,
  EnvironmentCounts,
  EnvironmentResource,
  EnvironmentSummary,
  ListEnvironmentsQuery,
  Page,
  PublishBlueprintRequest,
} from './types';
import { CallOptions, EnvironmentsApi, KeyedOptions } from './environmentsApi';

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
      ...keyed(options),
      body: request,
    });
  }

  getEnvironment(id: string, options?: CallOptions) {
    return this.#get<Environment>(path`/environments/${id}`, options);
  }

  getEnvironmentByName(name: string, options?: CallOptions) {
    return this.#get<Environment>(path`/environments/by-name/${name}`, options);
  }

  submitOperation(
    environmentId: string,
    request: SubmitOperationRequest,
    options?: KeyedOptions,
  ) {
    return this.#post<Operation>(
      path`/environments/${environmentId}/operations`,
      { ...keyed(options), body: request },
    );
  }

  async listResources(id: string, options?: CallOptions) {
    const { items } = await this.#get<{ items: EnvironmentResource[] }>(
      path`/environments/${id}/resources`,
      options,
    );
    return items;
  }

  listOperations(query: ListOperationsQuery, options?: CallOptions) {
    return this.#get<Page<OperationSummary>>('/operations', {
      ...options,
      query,
    });
  }

  getOperation(id: string, options?: CallOptions) {
    return this.#get<Operation>(path`/operations/${id}`, options);
  }

  getOperationPlan(id: string, options?: CallOptions) {
    return this.#get<OperationPlan>(path`/operations/${id}/plan`, options);
  }

  cancelOperation(
    id: string,
    request: CancelOperationRequest,
    options?: CallOptions,
  ) {
    return this.#moveOperation(id, 'cancel', request, options);
  }

  confirmOperation(
    id: string,
    request: ConfirmOperationRequest,
    options?: CallOptions,
  ) {
    return this.#moveOperation(id, 'confirm', request, options);
  }

  retryOperation(
    id: string,
    request: RepeatOperationRequest,
    options?: KeyedOptions,
  ) {
    return this.#moveOperation(id, 'retry', request, options);
  }

  rollBackTo(
    id: string,
    request: RepeatOperationRequest,
    options?: KeyedOptions,
  ) {
    return this.#moveOperation(id, 'roll-back-to', request, options);
  }

  takeOverOperation(
    id: string,
    request: TakeOverRequest,
    options?: CallOptions,
  ) {
    return this.#moveOperation(id, 'take-over', request, options);
  }

  listOrphans(query: ListOrphansQuery, options?: CallOptions) {
    return this.#get<Page<Orphan>>('/orphans', { ...options, query });
  }

  listFailedTeardowns(
    query: Pick<ListOrphansQuery, 'scope' | 'search' | 'cursor' | 'limit'>,
    options?: CallOptions,
  ) {
    return this.#get<Page<FailedTeardown>>('/failed-teardowns', {
      ...options,
      query,
    });
  }

  forgetEnvironment(
    environmentId: string,
    request: ForgetRequest,
    options?: CallOptions,
  ) {
    return this.#post<Environment>(
      path`/environments/${environmentId}/forget`,
      { ...options, body: request },
    );
  }

  listStateVersions(
    environmentId: string,
    query: { component?: string; cursor?: string; limit?: number },
    options?: CallOptions,
  ) {
    return this.#get<Page<StateVersionSummary>>(
      path`/environments/${environmentId}/state-versions`,
      { ...options, query },
    );
  }

  async downloadState(versionId: string, options?: CallOptions) {
    const response = await this.#fetch(
      'GET',
      path`/state-versions/${versionId}/content`,
      options,
    );
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    return response.text();
  }

  restoreState(
    versionId: string,
    request: RestoreStateRequest,
    options?: CallOptions,
  ) {
    return this.#post<StateVersionSummary>(
      path`/state-versions/${versionId}/restore`,
      { ...options, body: request },
    );
  }

  getSealed(options?: CallOptions) {
    return this.#get<SealedSummary>('/sealed', options);
  }

  rekey(request: RekeyRequest, options?: CallOptions) {
    return this.#post<RekeyProgress>('/sealed/rekey', {
      ...options,
      body: request,
    });
  }

  async downloadLogs(
    operationId: string,
    format: 'text' | 'jsonl',
    options?: CallOptions,
  ) {
    const response = await this.#fetch(
      'GET',
      path`/operations/${operationId}/logs/download`,
      { ...options, query: { format } },
    );
    if (!response.ok) throw await ProblemsError.fromResponse(response);
    return response;
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

  #moveOperation(
    id: string,
    move: string,
    body: object,
    options?: KeyedOptions,
  ) {
    return this.#post<Operation>(`${path`/operations/${id}`}/${move}`, {
      ...keyed(options),
      body,
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

function keyed({ signal, idempotencyKey }: KeyedOptions = {}): Call {
  return {
    signal,
    headers: idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {},
  };
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
