import {
  describeRealArgocd,
  GitRepository,
} from '@greenroom/plugin-argocd-node/testing';
import { ChartRegistry } from './testing/chartRegistry';
import { chartIn } from './testing/charts';
import { Component } from './testing/component';
import { sources } from './testing/sources';
import { stageOnReal, stageOnStandIn } from './__testUtils__/stages';

describeRealArgocd('Sources of an application', argocd => {
  const onReal = stageOnReal(argocd);

  sources(onReal);

  it('are charts that name no release: each has the name of the application, in the plan too', async () => {
    const stage = onReal();
    const { driver } = stage;
    const charts = await GitRepository.make(argocd.git, 'plain');
    await charts.commit(chartIn('plain'));
    const registry = await ChartRegistry.open(['1.0.0', '1.2.0', '2.0.0']);
    try {
      const one = await Component.make(
        'unnamed',
        stage.spec({
          sources: {
            plain: { repoURL: charts.url, path: 'plain' },
            web: { repoURL: registry.url, chart: 'web', targetRevision: '1.x' },
          },
        }),
      );
      const plan = await one.plan(driver);
      const made = await one.apply(driver, plan.hash);
      const [{ name }] = await stage.applicationsOf('unnamed');
      const addresses = [
        'Application',
        `ConfigMap/${name}-plain`,
        `ConfigMap/${name}-web`,
        `apps/Deployment/${name}-plain`,
        `apps/Deployment/${name}-web`,
      ];
      expect(made.resources.map(({ address }) => address)).toEqual(addresses);
      expect(plan.changes.map(({ address }) => address)).toEqual(addresses);
      expect(made.outputs.revision.value).toMatch(/^[0-9a-f]{40} 1\.2\.0$/);
      expect(await stage.configMap(`${name}-web`)).toMatchObject({
        chart: '1.2.0',
      });
      expect(await one.plan(driver)).toMatchObject({ hasChanges: false });
      await one.close();
    } finally {
      await stage.cleanUp();
      await registry.close();
    }
  });

  describe('and with the stand-in, by the same Helm and Kustomize', () => {
    const { PATH } = process.env;
    beforeAll(() => {
      process.env.PATH = `${argocd.programs}:${PATH}`;
    });
    afterAll(() => {
      process.env.PATH = PATH;
    });

    sources(stageOnStandIn());
  });
});
