import { SandboxUnderTest } from '@greenroom/argocd-sandbox/testing';
import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import { Component } from './testing/component';
import { DriverStage, PROJECT } from './testing/fixtures';
import { placements } from './testing/placements';

describe('A component that would be placed elsewhere now, with the stand-in', () => {
  let argocd: SandboxUnderTest;
  let other: SandboxUnderTest;
  let stage: DriverStage;
  beforeAll(async () => {
    argocd = await SandboxUnderTest.start();
    other = await SandboxUnderTest.start();
    stage = await DriverStage.open(argocd);
  });
  afterAll(async () => {
    await stage.close();
    await other.close();
    await argocd.close();
  });

  placements(
    () => stage,
    () => other,
  );

  it('is made while another instance is away, which is no proof that nothing is there', async () => {
    const { config } = argocd;
    const more = [{ ...config, name: 'away', url: 'http://127.0.0.1:1' }];
    const driver = stage.driverWith({
      more,
      placements: [
        { project: PROJECT },
        { project: PROJECT, instance: 'away' },
      ],
    });
    const one = await Component.make('kept', stage.source('good/one'));
    expect(await one.plan(driver)).toMatchObject({ hasChanges: true });
    expect(one.lines).toContainEqual(
      expect.stringMatching(/not known whether .* in Argo CD "away"/),
    );
    await expect(one.prove(driver)).rejects.toMatchObject({
      problem: { code: 'argocd.unreachable' },
    });
    await one.close();
  });
});

describeRealArgocd('A component that would be placed elsewhere now', argocd => {
  let stage: DriverStage;
  let other: SandboxUnderTest;
  beforeAll(async () => {
    other = await SandboxUnderTest.start();
    stage = await DriverStage.open(argocd);
  });
  afterAll(async () => {
    await stage.close();
    await other.close();
    await argocd.cluster.close();
  });

  placements(
    () => stage,
    () => other,
  );

  it('goes to another cluster by its name, and leaves nothing there', async () => {
    const driver = stage.driverWith({
      placements: [{ project: PROJECT, cluster: 'second' }],
    });
    const one = await Component.make(
      'second',
      stage.spec({
        source: { repoURL: stage.repository.url, path: 'good/one' },
      }),
    );
    const made = await one.make(driver);
    expect(made.resources.map(({ address }) => address)).toEqual([
      'Application',
      'ConfigMap/settings',
    ]);
    const [{ spec }] = await stage.applicationsOf('second');
    expect(spec.destination).toMatchObject({ name: 'second' });
    expect(await one.plan(driver)).toMatchObject({ hasChanges: false });
    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
    expect(await stage.configMap('settings')).toBeUndefined();
    await one.close();
  });
});
