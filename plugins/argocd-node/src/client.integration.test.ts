import { ArgocdClient } from './client';
import {
  clientContract,
  describeRealArgocd,
  GitRepository,
  stirred,
} from './testing';

// Each step runs Git.
describeRealArgocd('ArgocdClient', argocd => {
  afterAll(async () => {
    await argocd.cluster.close();
  });
  clientContract(argocd);

  it('trusts its certificate by the configured authority alone', async () => {
    const careful = new ArgocdClient({ ...argocd.config, ca: undefined });
    await expect(careful.version()).rejects.toMatchObject({
      code: 'argocd.certificate',
    });
    await careful.close();
  });

  it('works on an application that lies in another namespace than Argo CD', async () => {
    const client = new ArgocdClient(argocd.config);
    const repository = await GitRepository.make(argocd.git, 'elsewhere');
    await repository.commit({
      'a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: elsewhere }\n',
    });
    const place = { project: 'teams', appNamespace: 'teams' };
    const ref = { name: 'elsewhere', ...place };
    await client.createApplication({
      ...{ name: ref.name, appNamespace: ref.appNamespace },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
      spec: {
        project: ref.project,
        source: { repoURL: repository.url, path: '.', targetRevision: 'main' },
        destination: { name: 'in-cluster', namespace: 'default' },
      },
    });
    const controller = new AbortController();
    const events = client.watchApplications(ref, controller.signal);
    await client.patchApplication(ref, { metadata: { labels: { a: '1' } } });
    await client.refreshed(ref, 'normal');
    expect(await client.managedResources(ref)).toMatchObject([
      { change: 'create', name: 'elsewhere' },
    ]);
    await client.sync(ref, {});
    await stirred(client, ref, async () => {
      for await (const { application } of events) {
        const { operationState, sync } = application.status;
        if (operationState?.phase === 'Succeeded' && sync.status === 'Synced')
          break;
      }
    });
    expect((await client.resourceTree(ref)).nodes).toMatchObject([
      { name: 'elsewhere' },
    ]);
    expect(await client.kubernetesEvents(ref)).not.toEqual([]);
    expect(
      await client.listApplications({
        projects: ['teams'],
        appNamespace: 'teams',
        selector: 'a=1',
      }),
    ).toMatchObject([{ name: 'elsewhere', sync: 'Synced' }]);
    await expect(
      client.application({ name: ref.name, project: ref.project }),
    ).rejects.toMatchObject({ code: 'argocd.notFound' });
    await expect(
      client.application({ ...ref, appNamespace: 'kube-system' }),
    ).rejects.toMatchObject({ code: 'argocd.forbidden' });
    const later = client.watchApplications(ref, controller.signal);
    await later.next();
    await client.deleteApplication(ref, { cascade: true });
    await stirred(client, ref, async () => {
      for await (const { type } of later) if (type === 'DELETED') break;
    });
    controller.abort();
    const left = '/api/v1/namespaces/default/configmaps/elsewhere';
    expect(await argocd.cluster.get(left)).toBeUndefined();
    await client.close();
  });
});
