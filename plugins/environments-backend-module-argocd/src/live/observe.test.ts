import { ConfigReader } from '@backstage/config';
import { ArgocdInstances } from '@greenroom/plugin-argocd-node';
import { LocalServer } from '@greenroom/plugin-argocd-node/testing';
import { DriverTarget } from '@greenroom/plugin-environments-node';
import { applicationName, ownLabels } from '../application/names';
import { Placements } from '../config';
import { TIMES } from '../times';
import { observe } from './observe';

const { signal } = new AbortController();

afterEach(() => jest.restoreAllMocks());

const targetsOf = (count: number): DriverTarget[] =>
  Array.from({ length: count }, (_, n) => ({
    environment: {
      ...{ id: `environment-${n}`, name: `Environment ${n}` },
      ...{ owner: 'group:default/a', type: 'sandbox' },
    },
    component: 'app',
  }));

/** An instance that has an application of each target, all of them unwell. */
async function serve(
  targets: DriverTarget[],
  { labelsOf = ownLabels, isSilent = false } = {},
) {
  const applications = targets.map(target => ({
    metadata: { name: applicationName(target), labels: labelsOf(target) },
    spec: { project: 'default', destination: {} },
    status: {
      sync: { status: 'Synced' },
      health: { status: 'Degraded' },
      resources: [
        {
          ...{ kind: 'Pod', name: 'web' },
          health: { status: 'Degraded', message: 'it crashes' },
        },
      ],
    },
  }));
  const asked: URL[] = [];
  const server = await LocalServer.open(({ url = '' }, response) => {
    const address = new URL(url, 'http://test');
    asked.push(address);
    if (isSilent) return;
    const name = address.pathname.split('/').at(-1);
    const found = applications.find(({ metadata }) => metadata.name === name);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(found ?? { items: applications }));
  });
  const config = new ConfigReader({
    argocd: {
      appLocatorMethods: [
        {
          type: 'config',
          instances: [
            {
              ...{ name: 'one', url: `${server.url}/argo` },
              ...{ token: 'the-token', requestsPerSecond: 1000 },
              frontendUrl: 'https://argocd.example.com',
            },
          ],
        },
      ],
    },
    environments: { argocd: { placements: [{ project: 'default' }] } },
  });
  const instances = ArgocdInstances.fromConfig(config);
  const placements = Placements.fromConfig(config, instances.names)!;
  return {
    asked,
    options: { instances, placements },
    async close() {
      await instances.close();
      await server.close();
    },
  };
}

it('asks once for 500 components, and for the reasons of no more than 20', async () => {
  const targets = targetsOf(500);
  const { asked, options, close } = await serve(targets);
  const { seen } = await observe(targets, options, signal);
  await close();
  expect(seen).toHaveLength(500);
  const reasons = seen.map(({ message }) => message).filter(Boolean);
  expect(new Set(reasons)).toEqual(
    new Set(['Pod/web is Degraded: it crashes']),
  );
  expect(reasons).toHaveLength(20);
  expect(asked).toHaveLength(21);
  expect(asked[0].searchParams.get('selector')).toBe(
    'app.kubernetes.io/managed-by=greenroom',
  );
});

it('names few environments, and asks nothing for none', async () => {
  const targets = targetsOf(2);
  const { asked, options, close } = await serve(targets);
  expect(await observe([], options, signal)).toEqual({
    ...{ seen: [], problems: [] },
  });
  expect(asked).toEqual([]);
  await observe(targets, options, signal);
  await close();
  expect(asked[0].searchParams.get('selector')).toBe(
    'greenroom.dev/environment in (environment-0,environment-1)',
  );
});

it('takes nothing for a component’s own that does not carry its labels', async () => {
  const targets = targetsOf(101);
  const { options, close } = await serve(targets, {
    labelsOf: () => ownLabels(targets[0]),
  });
  const { seen } = await observe(targets, options, signal);
  await close();
  expect(seen.map(({ target }) => target)).toEqual([targets[0]]);
});

it('links to where people open Argo CD, not to where the portal reaches it', async () => {
  const targets = targetsOf(1);
  const { options, close } = await serve(targets);
  const { seen } = await observe(targets, options, signal);
  await close();
  expect(seen.map(({ url }) => url)).toEqual([
    `https://argocd.example.com/applications/${applicationName(targets[0])}`,
  ]);
});

it('gives no instance more time than people wait', async () => {
  const targets = targetsOf(1);
  const { options, close } = await serve(targets, { isSilent: true });
  jest.replaceProperty(TIMES, 'listMs', 1);
  const { seen, problems } = await observe(targets, options, signal);
  await close();
  expect(seen).toEqual([]);
  expect(problems).toMatchObject([{ code: 'argocd.timeout' }]);
});
