import {
  Blueprint,
  BlueprintSummary,
  BlueprintVersion,
  CreateEnvironmentRequest,
  CreateEnvironmentResponse,
  Environment,
  EnvironmentCounts,
  EnvironmentResource,
  EnvironmentsApi,
  EnvironmentSummary,
  ListEnvironmentsQuery,
  LogLine,
  LogPage,
  Operation,
  Page,
  Problem,
  ProblemsError,
  StreamLogsOptions,
} from '@greenroom/plugin-environments-common';

/** What a sample backend holds. */
export interface SampleData {
  environments?: Environment[];
  operations?: Operation[];
  resources?: Record<string, EnvironmentResource[]>;
  logs?: Record<string, LogLine[]>;
  blueprints?: BlueprintSummary[];
  versions?: BlueprintVersion[];
  /** The groups whose environments count as the caller's teams'. */
  teams?: string[];
}

/**
 * The environments API over data in memory, for tests and for looking at pages
 * without a backend. It filters, sorts and pages like the real one; it runs
 * nothing: operations stay as they are, streams end after the given lines, and
 * permissions, expiry and concurrency do not exist.
 */
export class SampleApi implements EnvironmentsApi {
  readonly created: CreateEnvironmentRequest[] = [];
  readonly destroyed: { id: string; reason?: string }[] = [];
  #data: Required<SampleData>;

  constructor(data: SampleData = {}) {
    this.#data = {
      environments: data.environments ?? [],
      operations: data.operations ?? [],
      resources: data.resources ?? {},
      logs: data.logs ?? {},
      blueprints: data.blueprints ?? [],
      versions: data.versions ?? [],
      teams: data.teams ?? ['group:default/checkout'],
    };
  }

  async listEnvironments(
    query: ListEnvironmentsQuery,
  ): Promise<Page<EnvironmentSummary>> {
    return this.#list(query);
  }

  #list(query: ListEnvironmentsQuery): Page<EnvironmentSummary> {
    const limit = query.limit ?? 50;
    const from = Number(query.cursor ?? 0);
    const matching = this.#data.environments
      .filter(one => this.#matches(one, query))
      .sort(comparing(query.sort ?? 'timeLeft'));
    if (query.order === 'desc') matching.reverse();
    const next = from + limit;
    return {
      items: matching.slice(from, next),
      total: matching.length,
      nextCursor: next < matching.length ? String(next) : undefined,
    };
  }

  #matches(one: Environment, query: ListEnvironmentsQuery): boolean {
    const holds = (wanted: string[] | undefined, value: string) =>
      !wanted?.length || wanted.includes(value);
    return (
      (query.state?.length
        ? query.state.includes(one.state)
        : one.state !== 'destroyed') &&
      (query.scope !== 'teams' || this.#data.teams.includes(one.owner)) &&
      (query.scope !== 'mine' || one.createdBy === 'user:default/mira') &&
      one.name.includes(query.search ?? '') &&
      holds(query.blueprint, one.blueprint.name) &&
      holds(query.owner, one.owner)
    );
  }

  async countEnvironments(): Promise<EnvironmentCounts> {
    const total = (query: ListEnvironmentsQuery) => this.#list(query).total;
    return {
      mine: total({ scope: 'mine' }),
      teams: total({ scope: 'teams' }),
      all: total({ scope: 'all' }),
      failedInTeams: total({ scope: 'teams', state: ['failed'] }),
      endingTodayInTeams: Math.min(4, total({ scope: 'teams' })),
    };
  }

  async createEnvironment(
    request: CreateEnvironmentRequest,
    _options: { idempotencyKey: string },
  ): Promise<CreateEnvironmentResponse> {
    const problems = this.#check(request);
    if (problems.length > 0) throw await refusal(400, problems);
    const version = this.#data.versions[0];
    const blueprint = {
      name: version.name,
      title: version.title,
      version: version.version,
      entityRef: version.entityRef,
    };
    if (request.dryRun) return { blueprint, inputs: request.inputs };
    this.created.push(request);
    const [environment] = this.#data.environments;
    const operation = this.#data.operations.find(
      ({ id }) => id === environment.latestOperation.id,
    );
    return { blueprint, inputs: request.inputs, environment, operation };
  }

  #check(request: CreateEnvironmentRequest): Problem[] {
    const taken = this.#data.environments.some(
      ({ name, state }) => name === request.name && state !== 'destroyed',
    );
    return taken
      ? [
          {
            code: 'environment.name.taken',
            message: `The name "${request.name}" is taken by a living environment.`,
            field: '/name',
            remedy: 'Choose another name.',
          },
        ]
      : [];
  }

  async getEnvironment(id: string): Promise<Environment> {
    return found(this.#data.environments, one => one.id === id);
  }

  async getEnvironmentByName(name: string): Promise<Environment> {
    return found(this.#data.environments, one => one.name === name);
  }

  async destroyEnvironment(
    id: string,
    { reason }: { reason?: string },
  ): Promise<Operation> {
    this.destroyed.push({ id, reason });
    return found(this.#data.operations, one => one.environmentId === id);
  }

  async listResources(id: string): Promise<EnvironmentResource[]> {
    return this.#data.resources[id] ?? [];
  }

  async listOperations(id: string): Promise<Operation[]> {
    return this.#data.operations
      .filter(one => one.environmentId === id)
      .sort((a, b) => b.number - a.number);
  }

  async getOperation(id: string): Promise<Operation> {
    return found(this.#data.operations, one => one.id === id);
  }

  async getLogs(operationId: string): Promise<LogPage> {
    return { items: this.#data.logs[operationId] ?? [], complete: true };
  }

  async streamLogs(
    operationId: string,
    { onLine, onEnd }: StreamLogsOptions,
  ): Promise<void> {
    const { state } = await this.getOperation(operationId);
    this.#data.logs[operationId]?.forEach(onLine);
    if (state === 'succeeded' || state === 'failed') onEnd?.(state);
  }

  async listBlueprints({
    search = '',
  }: {
    search?: string;
  }): Promise<BlueprintSummary[]> {
    return this.#data.blueprints.filter(({ name, title }) =>
      `${name} ${title}`.toLowerCase().includes(search.toLowerCase()),
    );
  }

  async getBlueprint(name: string): Promise<Blueprint> {
    const blueprint = found(this.#data.blueprints, one => one.name === name);
    const versions = this.#data.versions.filter(one => one.name === name);
    return {
      ...(await blueprint),
      versionList: versions.map(({ version, status, problems }) => ({
        version,
        status,
        problems,
        publishedAt:
          status === 'published' ? '2026-11-17T08:00:00.000Z' : undefined,
        environments: status === 'published' ? 2 : 0,
      })),
    };
  }

  async getBlueprintVersion(
    name: string,
    version: string,
  ): Promise<BlueprintVersion> {
    return found(
      this.#data.versions,
      one => one.name === name && one.version === version,
    );
  }

  async publishBlueprint(): Promise<BlueprintVersion> {
    return this.#data.versions[0];
  }
}

async function found<T>(all: T[], wanted: (one: T) => boolean): Promise<T> {
  const one = all.find(wanted);
  if (!one) {
    throw await refusal(404, [
      { code: 'not-found', message: 'There is no such thing.' },
    ]);
  }
  return one;
}

/** The error that the client throws for a refusal of the server. */
export function refusal(
  status: number,
  problems: Problem[],
): Promise<ProblemsError> {
  const body = {
    error: { name: 'Error', message: problems[0]?.message ?? 'Refused' },
    response: { statusCode: status },
    problems,
  };
  return ProblemsError.fromResponse(
    new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json' },
    }),
  );
}

function comparing(sort: 'timeLeft' | 'name' | 'createdAt') {
  const key = (one: Environment) => {
    if (sort === 'name') return one.name;
    if (sort === 'createdAt') return one.createdAt;
    return one.state === 'destroyed' || !one.lease.expiresAt
      ? '9999'
      : one.lease.expiresAt;
  };
  return (a: Environment, b: Environment) => key(a).localeCompare(key(b));
}
