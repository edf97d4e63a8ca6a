import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { Component } from './testing/component';
import { DriverStage } from './testing/fixtures';

const SCALE = '/apis/apps/v1/namespaces/whole-life/deployments/web';

describeRealArgocd('An application’s life', argocd => {
  let stage: DriverStage;
  beforeAll(async () => {
    stage = await DriverStage.open(argocd);
  });
  afterAll(async () => {
    await stage.cleanUp();
    await stage.close();
    await argocd.cluster.close();
  });

  const kustomized = (image: string, replicas: number, at = 'main') => ({
    source: {
      targetRevision: at,
      kustomize: { images: { web: image }, replicas: { web: replicas } },
    },
  });
  const running = async () => {
    const found = await argocd.cluster.get(SCALE);
    return (found?.spec as { replicas: number } | undefined)?.replicas;
  };

  it('is made, changed, paused, resumed, rolled back and removed with its namespace', async () => {
    const { driver, repository } = stage;
    const component = await Component.make(
      'life',
      stage.source(
        'web',
        'namespace: whole-life\noutputs: { replicas: { resource: { kind: Deployment, name: web }, path: status.readyReplicas } }\n',
      ),
    );
    const usual = kustomized('web:1', 2);
    const made = await component.make(driver, usual);
    expect(made.outputs).toMatchObject({
      images: { value: ['web:1'] },
      replicas: { value: 2 },
    });
    expect(made.resources.map(({ address }) => address)).toEqual([
      'Application',
      'Namespace/whole-life',
      'apps/Deployment/web',
    ]);
    expect(
      await argocd.cluster.get('/api/v1/namespaces/whole-life'),
    ).toMatchObject({
      metadata: { labels: { 'greenroom.dev/environment': 'life' } },
    });

    await argocd.cluster.patch(SCALE, { spec: { replicas: 1 } });
    await stage.until('life', 'OutOfSync');
    const drift = await component.plan(driver, usual, 'adopt');
    expect(drift.changes[0].attributes).toMatchObject([
      { path: 'spec.replicas', before: 2, after: 1 },
    ]);
    await component.make(driver, usual);
    expect(await running()).toBe(2);

    const before = made.outputs.revision.value as string;
    const second = await repository.commit({
      'web/more.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: more }\n',
      'web/kustomization.yaml': 'resources: [web.yaml, more.yaml]\n',
    });
    const update = await component.plan(driver, usual);
    expect(update.summary).toEqual({ add: 1, change: 1, remove: 0 });
    // Somebody pushes after the plan: what was planned is what is synced.
    await repository.commit({ 'web/kustomization.yaml': 'resources: []\n' });
    const updated = await component.apply(driver, update.hash, usual);
    expect(updated.outputs.revision.value).toBe(second);

    await component.make(driver, kustomized('web:1', 0, second));
    expect(await running()).toBe(0);
    await component.make(driver, kustomized('web:1', 2, second));
    expect(await running()).toBe(2);

    const back = kustomized('web:1', 2, before);
    const rollback = await component.plan(driver, back);
    expect(rollback.changes).toContainEqual(
      expect.objectContaining({ address: 'ConfigMap/more', action: 'remove' }),
    );
    await component.apply(driver, rollback.hash, back);

    await component.destroy(driver);
    expect(await component.prove(driver)).toEqual({ gone: true, left: [] });
    expect(
      await argocd.cluster.get('/api/v1/namespaces/whole-life'),
    ).toBeUndefined();
    await component.close();
  });
});
