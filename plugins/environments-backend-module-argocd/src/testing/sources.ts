import { GitRepository } from '@greenroom/plugin-argocd-node/testing';
import { JsonObject } from '@greenroom/plugin-environments-common';
import { chartIn } from './charts';
import { Component } from './component';
import { DriverStage } from './fixtures';

/** What charts, kustomizations and several sources come to, on whatever answers as Argo CD. */
export function sources(onStage: () => DriverStage): void {
  let charts: GitRepository;
  let values: GitRepository;
  const components: Component[] = [];
  beforeAll(async () => {
    const { git } = onStage().argocd;
    charts = await GitRepository.make(git, 'charts');
    values = await GitRepository.make(git, 'values');
  });
  afterEach(async () => {
    await onStage().cleanUp();
    await Promise.all(components.splice(0).map(one => one.close()));
  });

  const component = async (name: string, spec: JsonObject) => {
    const one = await Component.make(name, onStage().spec(spec));
    components.push(one);
    return one;
  };
  const settings = (name: string) => onStage().configMap(name);

  it('are a chart in a folder, with values, parameters and files of values', async () => {
    const { driver } = onStage();
    const commit = await charts.commit(chartIn('web'));
    const one = await component('chart', {
      source: {
        repoURL: charts.url,
        path: 'web',
        helm: { releaseName: 'shop', valueFiles: ['values-large.yaml'] },
      },
      outputs: {
        size: {
          resource: { kind: 'ConfigMap', name: 'shop-web' },
          path: 'data.size',
        },
      },
    });
    const given = (image: string, number: string | number) => ({
      source: {
        helm: {
          values: { image, levels: { log: 'debug' } },
          parameters: { number, replicas: 2 },
        },
      },
    });
    const made = await one.make(driver, given('web:1', '007'));
    expect(made.outputs).toMatchObject({
      revision: { value: commit },
      images: { value: ['web:1'] },
      size: { value: 'large' },
    });
    expect(await settings('shop-web')).toEqual({
      chart: '1.0.0',
      size: 'large',
      log: 'debug',
      number: '007 string',
    });

    const change = await one.plan(driver, given('web:2', 7));
    expect(change.changes.map(({ address }) => address)).toEqual([
      'Application',
      'ConfigMap/shop-web',
      'apps/Deployment/shop-web',
    ]);
    expect(change.changes[1].attributes).toEqual([
      expect.objectContaining({ path: 'data.number', after: '7 int64' }),
    ]);
    const changed = await one.apply(driver, change.hash, given('web:2', 7));
    expect(changed.outputs.images.value).toEqual(['web:2']);

    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
    expect(await settings('shop-web')).toBeUndefined();
  });

  it('are several, each at the commit that was planned, with value files of one for the chart of another', async () => {
    const { driver } = onStage();
    const small = (size: string) => ({ 'small/web.yaml': `size: ${size}\n` });
    const before = {
      charts: await charts.commit({
        ...chartIn('web'),
        'more/kustomization.yaml':
          'configMapGenerator: [{ name: more, literals: [a=1] }]\n',
      }),
      values: await values.commit(small('small')),
    };
    const one = await component('several', {
      sources: {
        web: {
          repoURL: charts.url,
          path: 'web',
          targetRevision: 'main',
          helm: {
            releaseName: 'several',
            valueFiles: ['$values/small/web.yaml'],
          },
        },
        values: { repoURL: values.url, targetRevision: 'main' },
        more: {
          repoURL: charts.url,
          path: 'more',
          targetRevision: 'main',
          kustomize: {
            namePrefix: 'several-',
            commonLabels: { part: 'more' },
            patches: [
              {
                target: { kind: 'ConfigMap' },
                patch: '[{ "op": "add", "path": "/data/b", "value": "2" }]',
              },
            ],
          },
        },
      },
    });
    const made = await one.make(driver);
    expect(made.outputs.revision.value).toBe(
      [before.charts, before.values, before.charts].join(' '),
    );
    expect(await settings('several-web')).toMatchObject({ size: 'small' });
    const generated = made.resources.find(({ address }) =>
      address.startsWith('ConfigMap/several-more-'),
    );
    const name = generated?.address.split('/')[1];
    expect(await settings(`${name}`)).toEqual({ a: '1', b: '2' });

    const second = await values.commit(small('tiny'));
    const change = await one.plan(driver);
    expect(change.changes.map(({ address }) => address)).toEqual([
      'Application',
      'ConfigMap/several-web',
    ]);
    // Somebody pushes after the plan: what was planned is what is synced.
    await values.commit(small('huge'));
    const changed = await one.apply(driver, change.hash);
    expect(changed.outputs.revision.value).toBe(
      [before.charts, second, before.charts].join(' '),
    );
    expect(await settings('several-web')).toMatchObject({ size: 'tiny' });

    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
  });
}
