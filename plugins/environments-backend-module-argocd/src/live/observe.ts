import {
  ArgocdApplicationSummary,
  ArgocdClient,
  ArgocdError,
} from '@greenroom/plugin-argocd-node';
import { Problem } from '@greenroom/plugin-environments-common';
import {
  DriverSighting,
  DriverTarget,
} from '@greenroom/plugin-environments-node';
import {
  COMPONENT_LABEL,
  ENVIRONMENT_LABEL,
  isRehearsal,
  ownLabels,
} from '../application/names';
import { SiteOptions } from '../application/site';
import { problemOf } from '../problems';
import { TIMES } from '../times';
import { messageOf } from './message';
import { stateOf } from './state';

/** So many fit into an address; for more it is cheaper to ask for everything that is Greenroom's. */
const MOST_NAMED_ENVIRONMENTS = 100;

/** A list has no reasons, so this many of those that need one are asked one by one. */
const MOST_ASKED = 20;

interface Listed {
  client: ArgocdClient;
  applications: ArgocdApplicationSummary[];
  problem?: Problem;
}

/** How components stand, by one list of each instance. */
export async function observe(
  targets: DriverTarget[],
  { instances, placements }: SiteOptions,
  signal: AbortSignal,
): Promise<{ seen: DriverSighting[]; problems: Problem[] }> {
  if (targets.length === 0) return { seen: [], problems: [] };
  const selector = selectorOf(targets);
  // All instances, and no projects: what is there may have come there by an earlier configuration.
  const answers = await Promise.all(
    placements.instances.map(name =>
      listed(instances.get(name), selector, signal),
    ),
  );
  const wanted = new Map(
    targets.map(target => [keyOf(ownLabels(target)), target]),
  );
  const seen = new Map<string, Seen>();
  for (const { client, applications } of answers)
    for (const one of applications) {
      const key = keyOf(one.labels);
      const target = wanted.get(key);
      if (!target || isRehearsal(one.labels)) continue;
      const usual = placements.find(target.environment)?.instance;
      // One that was left in another instance is not the one that counts.
      if (!seen.has(key) || usual === client.instance)
        seen.set(key, { client, target, one });
    }
  return {
    seen: await withMessages([...seen.values()], signal),
    problems: answers.flatMap(({ problem }) => (problem ? [problem] : [])),
  };
}

interface Seen {
  client: ArgocdClient;
  target: DriverTarget;
  one: ArgocdApplicationSummary;
}

/** One for each component of an environment, by the labels of its application. */
function keyOf(labels: Record<string, string>): string {
  return `${labels[ENVIRONMENT_LABEL]}/${labels[COMPONENT_LABEL]}`;
}

function selectorOf(targets: DriverTarget[]): string {
  const ids = [...new Set(targets.map(({ environment }) => environment.id))];
  if (ids.length <= MOST_NAMED_ENVIRONMENTS)
    return `${ENVIRONMENT_LABEL} in (${ids.join(',')})`;
  const [target] = targets;
  const label = 'app.kubernetes.io/managed-by';
  return `${label}=${ownLabels(target)[label]}`;
}

async function listed(
  client: ArgocdClient,
  selector: string,
  signal: AbortSignal,
): Promise<Listed> {
  const deadline = AbortSignal.timeout(TIMES.listMs);
  try {
    const applications = await client.listApplications(
      { selector },
      AbortSignal.any([signal, deadline]),
    );
    return { client, applications };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ArgocdError)
      return { client, applications: [], problem: problemOf(error) };
    if (!deadline.aborted) throw error;
    return {
      client,
      applications: [],
      problem: {
        code: 'argocd.timeout',
        message: `Argo CD "${client.instance}" did not list its applications within ${TIMES.listMs / 1000} s`,
        remedy:
          'Look at argocd-server and the Kubernetes API behind it: one of them hangs or is overloaded',
      },
    };
  }
}

async function withMessages(
  all: Seen[],
  signal: AbortSignal,
): Promise<DriverSighting[]> {
  const asked = new Set(
    all
      .filter(
        ({ one }) => one.sync === 'Unknown' || one.health.status === 'Degraded',
      )
      .slice(0, MOST_ASKED),
  );
  return Promise.all(
    all.map(async seen => {
      const { client, target, one } = seen;
      const message = asked.has(seen)
        ? await reasonOf(client, one, signal)
        : one.health.message;
      return { target, ...stateOf(client, one), ...(message && { message }) };
    }),
  );
}

/** Without the reason it still stands as it does. */
async function reasonOf(
  client: ArgocdClient,
  { name, spec: { project } }: ArgocdApplicationSummary,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return messageOf(await client.application({ name, project }, signal));
  } catch (error) {
    if (error instanceof ArgocdError) return undefined;
    throw error;
  }
}
