import { comparisonErrors } from '@greenroom/plugin-argocd-node';
import { DriverTarget } from '@greenroom/plugin-environments-node';
import { follow } from '../application/follow';
import { applicationName } from '../application/names';
import { Component, heard, SAID } from './component';
import { DriverStage, PROJECT } from './fixtures';
import { Gate } from './gate';

const HERE = 'namespace: default\ncreateNamespace: false\n';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const BY = 'user:default/ada';

/** What is seen of a component and asked for between operations, on whatever answers as Argo CD. */
export function live(
  onStage: () => DriverStage,
  { heals }: { heals: boolean },
): void {
  const { signal } = new AbortController();
  const targetOf = (environment: string): DriverTarget => ({
    environment: {
      ...{ id: environment, name: environment },
      ...{ owner: 'group:default/a', type: 'sandbox' },
    },
    component: 'app',
  });
  const components: Component[] = [];
  let count = 0;
  const make = async (path: string) => {
    count += 1;
    const one = await Component.make(
      `live-${count}`,
      onStage().source(path, HERE),
    );
    components.push(one);
    const { outputs } = await one.make(onStage().driver);
    return {
      one,
      target: targetOf(one.environment),
      revision: outputs.revision.value as string,
    };
  };
  afterEach(async () => {
    await onStage().cleanUp();
    await Promise.all(components.splice(0).map(one => one.close()));
  });

  const refOf = (target: DriverTarget) => ({
    name: applicationName(target),
    project: PROJECT,
  });
  const observe = async (...targets: DriverTarget[]) =>
    heard(onStage().driver.live.observe(targets, signal));
  const inspect = async (target: DriverTarget) =>
    heard(onStage().driver.live.inspect(target, signal));
  /** Follows the application until it is at rest, and as wanted. */
  const rests = async (target: DriverTarget, sync: 'Synced' | 'OutOfSync') => {
    await onStage().client.refreshed(refOf(target), 'normal');
    await follow(
      onStage().client,
      refOf(target),
      { signal, withinMs: 30_000 },
      one =>
        one && !one.operation && one.status.sync.status === sync
          ? true
          : undefined,
    );
  };

  it('tells how components stand, and leaves out what is not there and what is of a plan', async () => {
    const { target, revision } = await make('good/one');
    const { client, argocd } = onStage();
    const { labels } = (await client.application(refOf(target))).metadata;
    const { name } = refOf(target);
    const plan = await client.createApplication({
      name: `${name}-plan`,
      labels: { ...labels, 'greenroom.dev/rehearsal': 'true' },
      spec: (await client.application(refOf(target))).spec,
    });
    const nobody = targetOf('nobody');
    expect(await observe(target, nobody)).toEqual({
      seen: [
        {
          target,
          ...{ name, sync: 'synced', health: 'healthy', selfHeals: false },
          url: `${argocd.config.url}/applications/${plan.metadata.namespace}/${name}`,
          revision,
        },
      ],
      problems: [],
    });
    await client.deleteApplication(
      { ...refOf(target), name: `${name}-plan` },
      { cascade: false },
    );
    expect(await inspect(nobody)).toBeUndefined();
  });

  it('shows what was changed by hand, what is nobody’s, and brings back what was applied', async () => {
    const { argocd, driver, repository } = onStage();
    const { target, revision } = await make('good/one');
    await argocd.cluster.apply(`${CONFIG_MAPS}/nobodys`, {
      ...{ apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name: 'nobodys', namespace: 'default' },
    });
    await argocd.cluster.patch(`${CONFIG_MAPS}/settings`, {
      data: { value: '<b>by hand</b>' },
    });
    await rests(target, 'OutOfSync');
    const drifted = await inspect(target);
    expect(drifted).toMatchObject({
      ...{ sync: 'outOfSync', health: 'healthy', revision },
      resources: [
        {
          ...{ id: '/ConfigMap/default/settings', kind: 'ConfigMap' },
          ...{ name: 'settings', sync: 'outOfSync', images: [] },
        },
      ],
      changes: [
        {
          address: 'ConfigMap/settings',
          action: 'change',
          attributes: [
            { path: 'data.value', before: '1', after: '<b>by hand</b>' },
          ],
        },
      ],
      history: [{ id: '0', revision, source: `${repository.url} good/one` }],
      operation: { phase: 'succeeded', by: 'greenroom', revision },
      omittedResources: 0,
    });
    expect(drifted?.orphaned).toContainEqual(
      expect.objectContaining({ kind: 'ConfigMap', name: 'nobodys' }),
    );
    await driver.live.sync(target, BY, signal);
    await rests(target, 'Synced');
    expect(await inspect(target)).toMatchObject({
      sync: 'synced',
      changes: [],
      operation: { phase: 'succeeded', by: BY },
    });
    expect((await observe(target)).seen).toMatchObject([{ sync: 'synced' }]);
  });

  it('never shows the values of a Secret', async () => {
    const { target } = await make('secret');
    await onStage().argocd.cluster.patch(
      '/api/v1/namespaces/default/secrets/secret',
      { data: { password: Buffer.from('open-again').toString('base64') } },
    );
    await rests(target, 'OutOfSync');
    const detail = await inspect(target);
    expect(detail?.changes).toMatchObject([{ address: 'Secret/secret' }]);
    const said = JSON.stringify(detail);
    for (const value of ['open-sesame', 'open-again'])
      for (const text of [value, Buffer.from(value).toString('base64')])
        expect(said).not.toContain(text);
  });

  it('goes back to what ran before, which is not what is declared', async () => {
    const { driver, argocd } = onStage();
    const { one, target, revision } = await make('good/one');
    await one.make(driver, { source: { path: 'good/two' } });
    await driver.live.rollback(target, '0', BY, signal);
    await rests(target, 'OutOfSync');
    expect(await argocd.cluster.get(`${CONFIG_MAPS}/settings`)).toMatchObject({
      data: { value: '1' },
    });
    expect(await inspect(target)).toMatchObject({
      sync: 'outOfSync',
      history: [{ id: '2' }, { id: '1' }, { id: '0' }],
      operation: { phase: 'succeeded', by: BY, revision },
      changes: [{ attributes: [{ before: '2', after: '1' }] }],
    });
    await expect(
      driver.live.rollback(target, '99', BY, signal),
    ).rejects.toMatchObject({ problem: { code: 'argocd.history.unknown' } });
    await onStage().client.patchApplication(refOf(target), {
      spec: { syncPolicy: { automated: {} } },
    });
    await expect(
      driver.live.rollback(target, '0', BY, signal),
    ).rejects.toMatchObject({
      problem: {
        code: expect.stringMatching(
          /^argocd\.conflict\.(automatedSync|operationRunning)$/,
        ),
      },
    });
  });

  it('says why nothing can be compared, and not that all of it were to be removed', async () => {
    const { client, driver, repository } = onStage();
    const { target } = await make('fragile');
    // Pinned, it can't break: so somebody has changed that in Argo CD.
    await client.patchApplication(refOf(target), {
      spec: { source: { targetRevision: 'main' } },
    });
    await repository.commit({
      'fragile/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fragile }\n{',
    });
    await client.refreshed(refOf(target), 'hard');
    await follow(client, refOf(target), { signal, withinMs: 30_000 }, one =>
      one && comparisonErrors(one).length > 0 ? true : undefined,
    );
    const state = {
      sync: 'unknown',
      message: expect.stringContaining('a.yaml'),
    };
    expect((await observe(target)).seen).toMatchObject([state]);
    expect(await inspect(target)).toMatchObject({
      ...state,
      resources: [{ name: 'fragile', sync: 'unknown' }],
      changes: [],
    });
    await expect(
      heard(driver.live.sync(target, BY, signal)),
    ).rejects.toMatchObject({
      problem: {
        code: 'argocd.application.unpinned',
        message: expect.stringContaining('follows "main"'),
      },
    });
  });

  it('asks for nothing while something is under way', async () => {
    const { client, driver } = onStage();
    const { target } = await make('good/one');
    // A pod that never ends holds the sync up.
    await client.patchApplication(refOf(target), {
      spec: { source: { path: 'slow' } },
    });
    await driver.live.sync(target, BY, signal);
    await expect(
      heard(driver.live.sync(target, BY, signal)),
    ).rejects.toMatchObject({
      problem: {
        ...{ code: 'argocd.conflict.operationRunning', component: 'app' },
        message: expect.stringContaining('at work'),
      },
    });
    expect((await inspect(target))?.operation).toMatchObject({
      ...{ phase: 'running', by: BY },
    });
  });

  it('leaves alone what bears its name and belongs to somebody else', async () => {
    const { client, driver } = onStage();
    const { target } = await make('good/one');
    const labels = { 'greenroom.dev/environment': 'another' };
    await client.patchApplication(refOf(target), { metadata: { labels } });
    const foreign = { problem: { code: 'argocd.application.foreign' } };
    expect(await observe(target)).toEqual({ seen: [], problems: [] });
    await expect(inspect(target)).rejects.toMatchObject(foreign);
    await expect(driver.live.sync(target, BY, signal)).rejects.toMatchObject(
      foreign,
    );
    await expect(
      driver.live.rollback(target, '0', BY, signal),
    ).rejects.toMatchObject(foreign);
    await expect(
      driver.live.sync(targetOf('nobody'), BY, signal),
    ).rejects.toMatchObject({
      problem: { code: 'argocd.application.missing' },
    });
  });

  it('tells what one instance has when another can’t be asked, which is said once', async () => {
    const { target } = await make('good/one');
    const gate = await Gate.before(onStage().argocd.config.url);
    gate.shut();
    try {
      const { live: both } = onStage().driverWith({ beside: gate.url });
      const { seen, problems } = await heard(
        both.observe([target, targetOf('nobody')], signal),
      );
      expect(seen).toMatchObject([{ sync: 'synced' }]);
      expect(problems).toEqual([
        {
          code: 'argocd.unreachable',
          message: expect.stringContaining('"beside"'),
          remedy: expect.any(String),
        },
      ]);
      expect(await heard(both.inspect(target, signal))).toMatchObject({
        sync: 'synced',
      });
      await expect(
        heard(both.inspect(targetOf('nobody'), signal)),
      ).rejects.toMatchObject({ problem: { code: 'argocd.unreachable' } });
    } finally {
      await gate.close();
    }
  });

  /** A component that Argo CD was told to heal, after somebody has changed it. */
  const changeHealed = async () => {
    const { target } = await make('good/one');
    await onStage().client.patchApplication(refOf(target), {
      spec: { syncPolicy: { automated: { prune: true, selfHeal: true } } },
    });
    await onStage().argocd.cluster.patch(`${CONFIG_MAPS}/settings`, {
      data: { value: 'by hand' },
    });
    expect((await observe(target)).seen).toMatchObject([{ selfHeals: true }]);
    return target;
  };

  if (heals)
    it('tells that a difference was undone, which nobody asked for', async () => {
      const target = await changeHealed();
      await follow(
        onStage().client,
        refOf(target),
        { signal, withinMs: 30_000 },
        one => {
          const last = one?.status.operationState;
          const isOver = last?.finishedAt && !one?.operation;
          return isOver && last.operation.initiatedBy?.automated
            ? true
            : undefined;
        },
      );
      await rests(target, 'Synced');
      const detail = await inspect(target);
      expect(detail).toMatchObject({ selfHeals: true, changes: [] });
      expect(detail?.operation).toMatchObject({ phase: 'succeeded' });
      expect(detail?.operation).not.toHaveProperty('by');
    });
  // As Argo CD itself while something keeps it from healing.
  else
    it('tells of a difference that is to be undone', async () => {
      const target = await changeHealed();
      await rests(target, 'OutOfSync');
      expect(await inspect(target)).toMatchObject({
        ...{ sync: 'outOfSync', selfHeals: true },
        changes: [{ address: 'ConfigMap/settings' }],
      });
    });

  it('and nowhere was a token told', () => {
    const { credentials } = onStage().argocd.config;
    const token = 'token' in credentials ? credentials.token : '';
    expect(token).not.toBe('');
    expect(SAID.length).toBeGreaterThan(10);
    expect(SAID.join('\n')).not.toContain(token);
  });
}
