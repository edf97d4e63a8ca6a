import {
  ArgocdBeside,
  describeRealArgocd,
  RealArgocd,
} from '@greenroom/plugin-argocd-node/testing';
import { DriverTarget } from '@greenroom/plugin-environments-node';
import { ArgocdDriver } from './driver';
import { Component } from './testing/component';
import { DriverStage, PROJECT } from './testing/fixtures';

const OBJECTS = '/api/v1/namespaces/default';
const SETTINGS = `${OBJECTS}/configmaps/settings`;
const HERE = 'namespace: default\ncreateNamespace: false\n';
const THERE = `${HERE}instance: second\n`;
const BY = 'user:default/ada';

describeRealArgocd('Two Argo CDs side by side', argocd => {
  const { signal } = new AbortController();
  let beside: ArgocdBeside;
  let other: RealArgocd;
  let first: DriverStage;
  let second: DriverStage;
  let driver: ArgocdDriver;
  const components: Component[] = [];
  let isAway = false;
  const driverTo = (placements: { project: string; instance?: string }[]) =>
    first.driverWith({
      more: [{ ...other.config, name: 'second' }],
      placements,
    });
  beforeAll(async () => {
    beside = await ArgocdBeside.start(argocd);
    other = beside.argocd;
    first = await DriverStage.open(argocd);
    second = await DriverStage.open(other);
    driver = driverTo([
      { project: PROJECT },
      { project: PROJECT, instance: 'second' },
    ]);
  });
  afterEach(async () => {
    await first.cleanUp();
    if (!isAway) await second.cleanUp();
    await Promise.all(components.splice(0).map(one => one.close()));
  });
  afterAll(async () => {
    await first?.close();
    await second?.close();
    await beside?.close();
    await argocd.cluster.close();
  });

  const component = async (
    name: string,
    source: ReturnType<DriverStage['source']>,
  ) => {
    const one = await Component.make(name, source);
    components.push(one);
    return one;
  };
  const targetOf = ({ environment }: Component): DriverTarget => ({
    environment: {
      ...{ id: environment, name: environment },
      ...{ owner: 'group:default/a', type: 'sandbox' },
    },
    component: 'app',
  });
  const gone = { gone: true, left: [] };

  it('makes, sees, syncs and removes each component in its own, whatever has its names in the other', async () => {
    const one = await component('one', first.source('good/one', HERE));
    const two = await component('two', second.source('good/two', THERE));
    await Promise.all([one.make(driver), two.make(driver)]);
    expect(await first.configMap('settings')).toEqual({ value: '1' });
    expect(await second.configMap('settings')).toEqual({ value: '2' });

    await other.cluster.patch(SETTINGS, { data: { value: 'by hand' } });
    await second.until('two', 'OutOfSync');
    const targets = [targetOf(one), targetOf(two)];
    const { seen, problems } = await driver.live.observe(targets, signal);
    expect(problems).toEqual([]);
    expect(seen).toMatchObject([
      {
        ...{ target: targets[0], sync: 'synced' },
        url: expect.stringContaining(argocd.config.url),
      },
      {
        ...{ target: targets[1], sync: 'outOfSync' },
        url: expect.stringContaining(other.config.url),
      },
    ]);
    await driver.live.sync(targets[1], BY, signal);
    await second.until('two', 'Synced');
    expect(await second.configMap('settings')).toEqual({ value: '2' });
    expect(await driver.live.inspect(targets[0], signal)).toMatchObject({
      history: [{ id: '0' }],
    });

    await two.destroy(driver);
    expect(await two.prove(driver)).toEqual(gone);
    expect(await second.configMap('settings')).toBeUndefined();
    expect(await first.configMap('settings')).toEqual({ value: '1' });
    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual(gone);
  });

  it('takes an application of the same name in the other for what it is', async () => {
    const one = await component('named', first.source('good/one', HERE));
    await one.make(driver);
    const [{ name }] = await first.applicationsOf('named');
    const ref = { name, project: PROJECT };
    await second.client.createApplication({
      name,
      spec: {
        project: PROJECT,
        source: { repoURL: second.repository.url, path: 'good/two' },
        destination: { name: 'in-cluster', namespace: 'default' },
      },
    });
    expect(await one.plan(driver)).toMatchObject({ hasChanges: false });
    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual(gone);
    await second.client.application(ref);

    // As one that was left there when the configuration named that instance.
    await one.make(driver);
    const { labels } = (await first.client.application(ref)).metadata;
    await second.client.patchApplication(ref, { metadata: { labels } });
    const { seen } = await driver.live.observe([targetOf(one)], signal);
    expect(seen).toMatchObject([
      { name, url: expect.stringContaining(argocd.config.url) },
    ]);
    await one.destroy(driver);
    expect(await one.prove(driver)).toMatchObject({
      gone: false,
      left: [{ externalId: `second/${name}` }],
    });
    await one.destroy(driver);
    expect(await one.prove(driver)).toEqual(gone);
  });

  it('puts a component on the cluster of the other, and leaves nothing there', async () => {
    const secret = '/api/v1/namespaces/argocd/secrets/cluster-third';
    const { url, ca, token } = other.kubernetes;
    await argocd.cluster.apply(secret, {
      ...{ apiVersion: 'v1', kind: 'Secret' },
      metadata: {
        name: 'cluster-third',
        labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
      },
      stringData: {
        ...{ name: 'third', server: url },
        config: JSON.stringify({
          bearerToken: token,
          tlsClientConfig: { caData: Buffer.from(ca).toString('base64') },
        }),
      },
    });
    const toThird = first.driverWith({
      placements: [{ project: PROJECT, cluster: 'third' }],
    });
    const one = await component('far', first.source('good/one', HERE));
    await one.make(toThird);
    expect(await second.configMap('settings')).toEqual({ value: '1' });
    expect(await first.configMap('settings')).toBeUndefined();
    await one.destroy(toThird);
    expect(await one.prove(toThird)).toEqual(gone);
    expect(await second.configMap('settings')).toBeUndefined();
    await argocd.cluster.delete(secret);
  });

  // The last one: it does not come back.
  it('goes on in the one when the other goes away in the midst of its work', async () => {
    const one = await component('stays', first.source('slow', HERE));
    const two = await component('goes', second.source('slow', THERE));
    const made = one.make(driver);
    const cut = two.make(driver);
    cut.catch(() => {});
    await Promise.all([one, two].map(each => each.said(/endless is Running/)));
    other.kill();
    isAway = true;
    await expect(cut).rejects.toMatchObject({
      problem: {
        ...{ code: 'argocd.unreachable', component: 'app' },
        message: expect.stringContaining('"second"'),
        remedy: expect.stringContaining('once Argo CD answers, try again'),
      },
    });
    await argocd.cluster.patch(`${OBJECTS}/pods/endless/status`, {
      status: { phase: 'Succeeded' },
    });
    await made;
    expect(one.lines.join('\n')).not.toContain('second');
    expect(await one.plan(driver)).toMatchObject({ hasChanges: false });
    const targets = [targetOf(one), targetOf(two)];
    const { seen, problems } = await driver.live.observe(targets, signal);
    expect(seen).toMatchObject([{ target: targets[0], sync: 'synced' }]);
    expect(problems).toMatchObject([
      {
        code: 'argocd.unreachable',
        message: expect.stringContaining('"second"'),
      },
    ]);

    await one.destroy(driver);
    expect(await first.applicationsOf('stays')).toEqual([]);
    // It might be there as well, so that nothing is left takes both to say.
    await expect(one.prove(driver)).rejects.toMatchObject({
      problem: {
        code: 'argocd.unreachable',
        message: expect.stringContaining('"second"'),
      },
    });
    const withoutIt = driverTo([{ project: PROJECT }]);
    expect(await one.prove(withoutIt)).toEqual(gone);
  });
});
