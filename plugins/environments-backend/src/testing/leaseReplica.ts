import { Knex } from 'knex';
import { createBackend } from '@backstage/backend-defaults';
import {
  BackstageCredentials,
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { PublishBlueprintRequest } from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { createDomain, domainServices } from '../domain';
import { startRecurring } from '../loop';
import { DriverRegistry } from '../operations/run/drivers';
import { until } from './until';

/**
 * A replica of which only the lease sweep is awake, for `./greenroom bench leases`: a process of
 * its own on the database named by its only argument. It is spoken to over Node's channel, one
 * order after the other, and answers each.
 */
type LeaseReplicaOrder =
  | { name: 'seed'; blueprint: PublishBlueprintRequest }
  | { name: 'idle'; rounds: number }
  | { name: 'sweep' };

type Domain = Awaited<ReturnType<typeof createDomain>>;

const replica = createBackendPlugin({
  pluginId: 'environments',
  register(env) {
    env.registerInit({
      deps: domainServices,
      async init(services) {
        const drivers = new DriverRegistry();
        drivers.add(new FaultDriver());
        const domain = await createDomain(services, {
          drivers,
          workerAlone: false,
        });
        await domain.startQueue();
        const credentials = await services.auth.getOwnServiceCredentials();
        process.on('message', async (order: LeaseReplicaOrder) => {
          process.send!({ answer: await obey(domain, credentials, order) });
        });
        process.send!({ answer: 'ready' });
      },
    });
  },
});

async function obey(
  domain: Domain,
  credentials: BackstageCredentials,
  order: LeaseReplicaOrder,
): Promise<unknown> {
  switch (order.name) {
    case 'seed':
      return seed(domain, credentials, order.blueprint);
    case 'idle':
      return idle(domain, order.rounds);
    default:
      startRecurring([domain.rooms.sweep], domain);
      return 'sweeping';
  }
}

/** Makes one environment as a person would get it, to be copied. */
async function seed(
  { rooms, blueprints, knex }: Domain,
  credentials: BackstageCredentials,
  blueprint: PublishBlueprintRequest,
): Promise<string> {
  blueprints.startChecking();
  const { name, version } = await blueprints.service.publish(
    blueprint,
    credentials,
  );
  await until(async () => {
    const { status } = await blueprints.service.getVersion(
      name,
      version,
      credentials,
    );
    return status === 'published';
  });
  await blueprints.stop();
  const { environment } = await rooms.environments.create(
    {
      name: 'bench',
      blueprint: name,
      owner: 'group:default/platform',
      inputs: {},
      ttl: '365d',
    },
    credentials,
  );
  const { id } = environment!;
  await until(
    async () =>
      (await knex('environments').where({ id, state: 'running' })).length > 0,
  );
  return id;
}

/** What sweeps cost that find nothing due, beside the same asked by reading everything. */
async function idle({ rooms, knex, clock }: Domain, rounds: number) {
  const sweeps: { name: string; ms: number[]; plans: unknown[] }[] = [];
  for (const sweep of [
    rooms.sweep,
    rooms.warningSweep,
    rooms.scheduleSweep,
    rooms.activitySweep,
    rooms.teardownCheckSweep,
  ]) {
    const look = async () => {
      const found = await sweep.tick(clock.now());
      if (found > 0) throw new Error(`${sweep.name} found ${found} due.`);
    };
    // Nobody pays for connections and caches.
    await look();
    const ms = await timed(look, rounds);
    sweeps.push({ name: sweep.name, ms, plans: await plansOf(knex, look) });
  }
  // Not in turns: what reading everything leaves to be collected, a sweep would be made to wait for.
  await readEverything(knex, clock.now());
  const everythingMs = await timed(
    () => readEverything(knex, clock.now()),
    rounds,
  );
  return { sweeps, everythingMs };
}

/** As a script in a crontab would: it lists what there is, and looks at each itself. */
async function readEverything(knex: Knex, now: Date): Promise<string[]> {
  const rows: { id: string; state: string; expires_at: Date | null }[] =
    await knex('environments as e')
      .join('leases as l', 'l.environment_id', 'e.id')
      .select('e.id', 'e.name', 'e.state', 'l.expires_at');
  return rows
    .filter(row => row.state !== 'destroyed')
    .filter(row => row.expires_at && row.expires_at <= now)
    .map(row => row.id);
}

/** Milliseconds of each time. */
async function timed(
  use: () => Promise<unknown>,
  rounds: number,
): Promise<number[]> {
  const ms: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await use();
    ms.push(performance.now() - startedAt);
  }
  return ms;
}

/** Plans, with what they really read, of the queries that are sent meanwhile. */
async function plansOf(knex: Knex, use: () => Promise<unknown>) {
  const queries: { sql: string; bindings: Knex.RawBinding[] }[] = [];
  const onQuery = (query: { sql: string; bindings: Knex.RawBinding[] }) => {
    if (/^select/i.test(query.sql)) queries.push(query);
  };
  knex.on('query', onQuery);
  await use();
  knex.off('query', onQuery);
  const plans: unknown[] = [];
  for (const { sql, bindings } of queries) {
    const { rows } = await knex.raw(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql.replaceAll(/\$\d+/g, '?')}`,
      bindings,
    );
    plans.push(rows[0]['QUERY PLAN'][0].Plan);
  }
  return plans;
}

const { database, worker, workDirectory } = JSON.parse(process.argv[2]);
const connection = {
  host: process.env.POSTGRES_HOST,
  port: Number(process.env.POSTGRES_PORT),
  user: process.env.POSTGRES_USER,
  password: process.env.POSTGRES_PASSWORD,
};
const config = createServiceFactory({
  service: coreServices.rootConfig,
  deps: {},
  factory: () =>
    new ConfigReader({
      backend: {
        baseUrl: 'http://localhost:7007',
        listen: { host: '127.0.0.1', port: 0 },
        database: {
          client: 'pg',
          pluginDivisionMode: 'schema',
          connection: { ...connection, database },
        },
      },
      environments: { worker: { enabled: worker, workDirectory } },
    }),
});

const backend = createBackend();
backend.add(config);
backend.add(replica);
void backend.start();
