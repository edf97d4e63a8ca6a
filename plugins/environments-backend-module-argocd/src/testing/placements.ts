import { JsonObject } from '@greenroom/plugin-environments-common';
import { ArgocdUnderTest } from '@greenroom/plugin-argocd-node/testing';
import { Component } from './component';
import { DriverStage, PROJECT } from './fixtures';

const OWN_CLUSTER = 'https://kubernetes.default.svc';
const HERE = 'namespace: default\ncreateNamespace: false\n';

/** What becomes of a component when the configuration would put it elsewhere now, on whatever answers as Argo CD. */
export function placements(
  onStage: () => DriverStage,
  onOther: () => ArgocdUnderTest,
): void {
  let component: Component;
  beforeEach(async () => {
    component = await Component.make(
      'placed',
      onStage().source('good/one', HERE),
    );
  });
  afterEach(async () => {
    await component.close();
    await onStage().cleanUp();
  });

  /** A driver with both instances, whose first placement is this one. */
  const driverTo = (placement: JsonObject) =>
    onStage().driverWith({
      more: [{ ...onOther().config, name: 'beside' }],
      placements: [
        { project: PROJECT, ...placement },
        ...['beside', onStage().argocd.config.name].map(instance => ({
          instance,
          project: PROJECT,
        })),
      ],
    });
  const places = async () => {
    const found = await onStage().applicationsOf('placed');
    return found.map(({ spec: { project, destination } }) => ({
      project,
      cluster: destination.server ?? destination.name,
    }));
  };

  it('stays in its instance and project and on its cluster, and is removed from there', async () => {
    await component.make(driverTo({}));
    const others: JsonObject[] = [
      { instance: 'beside' },
      { project: 'confined', cluster: 'second' },
      { cluster: 'second' },
    ];
    for (const placement of others) {
      component.lines.length = 0;
      const plan = await component.plan(driverTo(placement));
      expect(plan).toMatchObject({ hasChanges: false });
      expect(component.lines).toEqual([
        expect.stringMatching(/not where the configuration would put it now$/),
      ]);
    }
    const moved = driverTo({ instance: 'beside' });
    await component.make(moved, { source: { path: 'good/two' } });
    expect(await onStage().configMap('settings')).toMatchObject({ value: '2' });
    expect(await places()).toEqual([
      { project: PROJECT, cluster: OWN_CLUSTER },
    ]);
    await component.destroy(moved);
    expect(await component.prove(moved)).toEqual({ gone: true, left: [] });
    expect(await places()).toEqual([]);
  });
}
