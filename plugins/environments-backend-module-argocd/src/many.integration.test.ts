import { describeRealArgocd } from '@greenroom/plugin-argocd-node/testing';
import {
  DriverSighting,
  DriverTarget,
} from '@greenroom/plugin-environments-node';
import { applicationName, ownLabels } from './application/names';
import { DriverStage, PROJECT } from './testing/fixtures';
import { requestsOf } from './__testUtils__/requests';

const APPLICATIONS =
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';

describeRealArgocd('500 applications, all of them unwell', argocd => {
  const { signal } = new AbortController();
  let stage: DriverStage;
  beforeAll(async () => {
    stage = await DriverStage.open(argocd);
  });
  afterAll(async () => {
    await stage.close();
    await argocd.cluster.close();
  });

  const targets = Array.from({ length: 500 }, (_, n): DriverTarget => ({
    environment: {
      ...{ id: `many-${n}`, name: `many-${n}` },
      ...{ owner: 'group:default/a', type: 'sandbox' },
    },
    component: 'app',
  }));
  /** As Argo CD itself would have written it. */
  const write = (target: DriverTarget) => {
    const name = applicationName(target);
    const source = { repoURL: stage.repository.url, path: 'good/one' };
    const destination = { name: 'in-cluster', namespace: 'default' };
    return argocd.cluster.apply(`${APPLICATIONS}/${name}`, {
      ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' },
      metadata: { name, labels: ownLabels(target) },
      spec: { project: PROJECT, source, destination },
      status: {
        sync: { status: 'Synced', comparedTo: { source, destination } },
        health: { status: 'Degraded' },
        resources: [
          {
            ...{ version: 'v1', kind: 'Pod', name: 'web', status: 'Synced' },
            health: { status: 'Degraded', message: 'it crashes' },
          },
        ],
      },
    });
  };

  it('are seen by one list, and by 20 requests for reasons', async () => {
    let seen: DriverSighting[] = [];
    let requests: string[] = [];
    const look = async () => {
      ({ seen } = await stage.driver.live.observe(targets, signal));
    };
    await argocd.withoutController(async () => {
      try {
        await Promise.all(targets.map(write));
        // What serves them hears of them a moment later.
        do requests = await requestsOf(look);
        while (seen.length < targets.length);
      } finally {
        const selector = 'app.kubernetes.io/managed-by=greenroom';
        await argocd.cluster.delete(
          `${APPLICATIONS}?labelSelector=${encodeURIComponent(selector)}`,
        );
      }
    });
    expect(requests.map(one => one.split('?')[0])).toEqual([
      'GET /api/v1/applications',
      ...Array.from({ length: 20 }, () =>
        expect.stringMatching(/^GET \/api\/v1\/applications\/many-/),
      ),
    ]);
    expect(new Set(seen.map(({ health }) => health))).toEqual(
      new Set(['degraded']),
    );
    const reasons = seen.filter(({ message }) => message);
    expect(reasons).toHaveLength(20);
    expect(reasons[0].message).toBe('Pod/web is Degraded: it crashes');
  });
});
