import { ENVIRONMENT_LABEL } from '../application/names';
import { follow } from '../application/follow';
import { Component } from './component';
import { DriverStage, PROJECT } from './fixtures';

const NAME = 'made-by-others';
const SETTINGS = '/api/v1/namespaces/default/configmaps/settings';

/** How a component takes over an application that somebody else made, on whatever answers as Argo CD. */
export function takeOver(onStage: () => DriverStage): void {
  const ref = { name: NAME, project: PROJECT };
  const components: Component[] = [];
  afterEach(async () => {
    await onStage().cleanUp();
    // Of a test that failed before it was taken over.
    await onStage()
      .client.deleteApplication(ref, { cascade: true })
      .catch(() => {});
    await Promise.all(components.splice(0).map(one => one.close()));
  });
  const component = async (environment: string, name = NAME) => {
    const one = await Component.make(
      environment,
      onStage().source('good/one', `takeOver: ${name}\n`),
    );
    components.push(one);
    return one;
  };
  /** As people make them: it follows a branch, and nothing says whose it is. */
  const madeByOthers = async () => {
    const { client, repository } = onStage();
    const { signal } = new AbortController();
    await client.createApplication({
      name: NAME,
      spec: {
        project: PROJECT,
        source: {
          repoURL: repository.url,
          path: 'good/one',
          targetRevision: 'main',
        },
        destination: {
          server: 'https://kubernetes.default.svc',
          namespace: 'default',
        },
      },
    });
    await client.sync(ref, {});
    await follow(client, ref, { signal, withinMs: 30_000 }, one =>
      one && !one.operation && one.status.sync.status === 'Synced'
        ? true
        : undefined,
    );
  };
  const uid = async () => {
    const found = await onStage().argocd.cluster.get(SETTINGS);
    return (found?.metadata as { uid?: string } | undefined)?.uid;
  };

  it('pins it, makes it its own, changes nothing that runs, and removes it in the end', async () => {
    const { driver, client, argocd } = onStage();
    await madeByOthers();
    const before = await uid();
    const one = await component('taker');
    const plan = await one.plan(driver);
    expect(plan.changes).toMatchObject([
      {
        address: 'Application',
        action: 'change',
        reason: 'it is taken over from whoever made it',
        attributes: expect.arrayContaining([
          expect.objectContaining({
            path: `labels["${ENVIRONMENT_LABEL}"]`,
            after: 'taker',
          }),
        ]),
      },
    ]);
    const made = await one.apply(driver, plan.hash);
    expect(made.outputs.namespace.value).toBe('default');
    expect(made.resources.map(({ address }) => address)).toEqual([
      'Application',
      'ConfigMap/settings',
    ]);
    expect(await uid()).toBe(before);
    const { metadata, spec } = await client.application(ref);
    expect(metadata.labels).toMatchObject({ [ENVIRONMENT_LABEL]: 'taker' });
    expect(spec.source?.targetRevision).toBe(made.outputs.revision.value);
    expect(await one.plan(driver)).toMatchObject({ hasChanges: false });

    const target = {
      environment: {
        ...{ id: 'taker', name: 'taker' },
        ...{ owner: 'group:default/a', type: 'sandbox' },
      },
      component: 'app',
    };
    const { signal } = new AbortController();
    const { seen } = await driver.live.observe([target], signal);
    expect(seen).toMatchObject([{ target, name: NAME, sync: 'synced' }]);
    expect(await driver.live.inspect(target, signal)).toMatchObject({
      name: NAME,
    });

    // What is taken over goes like everything else, also once nobody says so any more.
    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
    await expect(client.application(ref)).rejects.toThrow();
    expect(await argocd.cluster.get(SETTINGS)).toBeUndefined();
  });

  it('leaves alone what another environment has, and says when there is nothing', async () => {
    const { driver } = onStage();
    const nothing = await component('taker');
    await expect(nothing.plan(driver)).rejects.toMatchObject({
      problem: { code: 'argocd.takeover.missing', component: 'app' },
    });
    await madeByOthers();
    await nothing.make(driver);
    const second = await component('second');
    await expect(second.plan(driver)).rejects.toMatchObject({
      problem: { code: 'argocd.application.foreign' },
    });
  });
}
