import { ConfigReader } from '@backstage/config';
import { SandboxUnderTest } from '@greenroom/argocd-sandbox/testing';
import { ArgocdClient, ArgocdInstances } from '@greenroom/plugin-argocd-node';
import { GitRepository } from '@greenroom/plugin-argocd-node/testing';
import { EnvironmentSighting } from '@greenroom/plugin-environments-node';
import { rollbackMark } from './application/asked';
import {
  ENVIRONMENT_LABEL,
  OWN_INFO,
  REHEARSAL_LABEL,
} from './application/names';
import { Placements } from './config';
import { SyncWatch } from './syncWatch';

// Each step runs Git.
const PROJECT = 'default';

describe('the watch for syncs', () => {
  let argocd: SandboxUnderTest;
  let repository: GitRepository;
  let client: ArgocdClient;

  beforeAll(async () => {
    argocd = await SandboxUnderTest.start();
    repository = await GitRepository.make(argocd.git, 'syncs');
    await repository.commit({
      'app/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
    });
    client = new ArgocdClient(argocd.config);
  });
  afterAll(async () => {
    await client.close();
    await argocd.close();
  });

  const make = (name: string, labels: Record<string, string>) =>
    client.createApplication({
      name,
      labels,
      spec: {
        project: PROJECT,
        source: {
          repoURL: repository.url,
          path: 'app',
          targetRevision: 'main',
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: name,
        },
      },
    });
  const syncs = async (
    name: string,
    info?: { name: string; value: string },
  ) => {
    const ref = { name, project: PROJECT };
    await client.sync(ref, info ? { infos: [info] } : {});
    const events = client.watchApplications(ref, AbortSignal.timeout(20_000));
    for await (const { application } of events) {
      const { operation, status } = application;
      if (!operation && status.operationState?.finishedAt) return;
    }
  };
  /** Watches until something is told of that environment. */
  const toldUntil = async (environmentId: string) => {
    const { name, url, credentials } = argocd.config;
    const config = new ConfigReader({
      argocd: {
        appLocatorMethods: [
          { type: 'config', instances: [{ name, url, ...credentials }] },
        ],
      },
      environments: { argocd: { placements: [{ project: PROJECT }] } },
    });
    const instances = ArgocdInstances.fromConfig(config);
    const placements = Placements.fromConfig(config, instances.names)!;
    const told: EnvironmentSighting[] = [];
    const enough = new AbortController();
    await new SyncWatch({ instances, placements }).watch(
      async sighting => {
        told.push(sighting);
        if (sighting.environmentId === environmentId) enough.abort();
      },
      AbortSignal.any([enough.signal, AbortSignal.timeout(20_000)]),
    );
    await instances.close();
    return told;
  };

  it('tells who synced an application, and nothing of what Greenroom does itself', async () => {
    await make('own', { [ENVIRONMENT_LABEL]: 'made' });
    await syncs('own', { name: OWN_INFO, value: '1' });
    await make('back', { [ENVIRONMENT_LABEL]: 'back' });
    const annotations = rollbackMark('greenroom', 'user:default/ada');
    await client.patchApplication(
      { name: 'back', project: PROJECT },
      { metadata: { annotations } },
    );
    await syncs('back');
    await make('tried', {
      [ENVIRONMENT_LABEL]: 'planned',
      [REHEARSAL_LABEL]: 'true',
    });
    await syncs('tried');
    await make('others', {});
    await syncs('others');
    await make('used', { [ENVIRONMENT_LABEL]: 'used' });
    await syncs('used');
    expect(await toldUntil('used')).toEqual([
      {
        environmentId: 'used',
        at: expect.any(Date),
        note: 'greenroom synced used',
      },
    ]);
    await syncs('own');
    const told = await toldUntil('made');
    expect(told.map(one => one.environmentId)).toContain('made');
  });

  it('gives up, to be begun again, where Argo CD can not be watched', async () => {
    const { name, url } = argocd.config;
    const config = new ConfigReader({
      argocd: {
        appLocatorMethods: [
          { type: 'config', instances: [{ name, url, token: 'another' }] },
        ],
      },
      environments: { argocd: { placements: [{ project: PROJECT }] } },
    });
    const instances = ArgocdInstances.fromConfig(config);
    const placements = Placements.fromConfig(config, instances.names)!;
    const watch = new SyncWatch({ instances, placements });
    await expect(
      watch.watch(async () => {}, AbortSignal.timeout(20_000)),
    ).rejects.toMatchObject({ code: 'argocd.unauthorized' });
    await instances.close();
  });
});
