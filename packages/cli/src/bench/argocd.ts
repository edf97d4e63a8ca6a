import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigReader } from '@backstage/config';
import { SandboxUnderTest } from '@greenroom/argocd-sandbox/testing';
import { ArgocdClient } from '@greenroom/plugin-argocd-node';
import {
  ArgocdUnderTest,
  GitRepository,
  RealArgocd,
} from '@greenroom/plugin-argocd-node/testing';
import {
  applicationName,
  ownLabels,
  readLive,
} from '@greenroom/plugin-environments-backend-module-argocd';
import { DriverTarget } from '@greenroom/plugin-environments-node';
import { spread } from './figures';

const PROJECT = 'default';
const LOOKS_EVERY_MS = 500;

interface Figures {
  /** Seconds of each round. */
  seconds: number[];
  /** Requests of one round. */
  requests: number;
}

/**
 * How applications stand, by the driver's look at all of them, and by one request each as a
 * script would ask, in turns: on the stand-in, and on a real Argo CD where its programs are.
 *
 * @throws where the look leaves one out
 */
export async function benchArgocd(options: {
  rounds: number;
  applications: number;
  /** Settings of a real one that is up. */
  argocd?: string;
}): Promise<string> {
  const sandbox = await SandboxUnderTest.start();
  const rows = [await rowOf('the stand-in', sandbox, options)];
  await sandbox.close();
  if (options.argocd) {
    const settings = JSON.parse(readFileSync(options.argocd, 'utf8'));
    const real = new RealArgocd(settings);
    rows.push(await rowOf('Argo CD', real, options));
    await real.cluster.close();
  }
  return [
    '| on | applications | requests one by one | requests of a look | one by one, s | a look, s | ratio |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    ...(rows.length === 1
      ? ['', 'No real Argo CD was there: `./greenroom test` builds one.']
      : []),
  ].join('\n');
}

const refOf = (target: DriverTarget) => ({
  name: applicationName(target),
  project: PROJECT,
});

async function rowOf(
  on: string,
  argocd: ArgocdUnderTest,
  { rounds, applications }: { rounds: number; applications: number },
): Promise<string> {
  const client = new ArgocdClient({
    ...argocd.config,
    // A limit of its own would be measured, and not Argo CD.
    requestsPerSecond: 10_000,
  });
  const live = readLive(configOf(argocd));
  const targets = targetsOf(applications);
  try {
    await makeApplications(argocd, client, targets);
    const single: Figures = { seconds: [], requests: 0 };
    const look: Figures = { seconds: [], requests: 0 };
    for (let round = 0; round < rounds; round++) {
      await measure(single, () =>
        Promise.all(targets.map(target => client.application(refOf(target)))),
      );
      await measure(look, async () => {
        const { seen } = await live!.observe(
          targets,
          new AbortController().signal,
        );
        if (seen.length !== targets.length)
          throw new Error(`The look has seen ${seen.length} applications`);
      });
    }
    const ratio = spread(look.seconds).median / spread(single.seconds).median;
    return `| ${[
      ...[on, applications, single.requests, look.requests],
      ...[shown(single), shown(look), ratio.toFixed(3)],
    ].join(' | ')} |`;
  } finally {
    await live?.close();
    await client.close();
  }
}

function configOf({ config }: ArgocdUnderTest): ConfigReader {
  const { name, url, ca, credentials } = config;
  return new ConfigReader({
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [{ name, url, ...(ca && { ca }), ...credentials }],
        },
      ],
    },
    environments: { argocd: { placements: [{ project: PROJECT }] } },
  });
}

function targetsOf(count: number): DriverTarget[] {
  return Array.from({ length: count }, (_, n) => ({
    environment: {
      ...{ id: `bench-${n}`, name: `bench-${n}` },
      ...{ owner: 'group:default/bench', type: 'sandbox' },
    },
    component: 'app',
  }));
}

/** Makes an application of one ConfigMap for each, and waits until all are compared. */
async function makeApplications(
  argocd: ArgocdUnderTest,
  client: ArgocdClient,
  targets: DriverTarget[],
): Promise<void> {
  const repository = await GitRepository.make(argocd.git, 'bench');
  const targetRevision = await repository.commit({
    'app/settings.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
  });
  const make = (target: DriverTarget) =>
    client.createApplication({
      name: applicationName(target),
      labels: ownLabels(target),
      spec: {
        project: PROJECT,
        source: { repoURL: repository.url, path: 'app', targetRevision },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'default',
        },
      },
    });
  const [first, ...others] = targets;
  // The repository is fetched once, and not by all of them at once.
  await make(first);
  await Promise.all(others.map(make));
  for (;;) {
    const all = await client.listApplications({ projects: [PROJECT] });
    if (all.every(({ sync }) => sync !== 'Unknown')) return;
    await delay(LOOKS_EVERY_MS);
  }
}

/** Counts what goes out of this process while `work` goes on. */
async function measure(
  figures: Figures,
  work: () => Promise<unknown>,
): Promise<void> {
  let requests = 0;
  const count = () => {
    requests += 1;
  };
  subscribe('undici:request:create', count);
  const began = performance.now();
  await work();
  figures.seconds.push((performance.now() - began) / 1000);
  unsubscribe('undici:request:create', count);
  figures.requests = requests;
}

function shown({ seconds }: Figures): string {
  const { median, min, max } = spread(seconds);
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}
