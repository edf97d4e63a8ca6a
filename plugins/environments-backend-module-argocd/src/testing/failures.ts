import { ArgocdClient } from '@greenroom/plugin-argocd-node';
import { terminate } from '../application/terminate';
import { SPEC_FILE } from '../spec/file';
import { TIMES } from '../times';
import { Component, heard, SAID } from './component';
import { DriverStage, PROJECT } from './fixtures';
import { Gate } from './gate';

const HERE = 'namespace: default\ncreateNamespace: false\n';

/** How each thing that can go wrong ends, on whatever answers as Argo CD. */
export function failures(onStage: () => DriverStage): void {
  const components: Component[] = [];
  let count = 0;
  const component = async (path: string, more = HERE) => {
    count += 1;
    const name = `failure-${count}`;
    const one = await Component.make(name, onStage().source(path, more));
    components.push(one);
    return one;
  };
  afterEach(async () => {
    jest.restoreAllMocks();
    await heard(onStage().everythingSaid());
    await onStage().cleanUp();
    await Promise.all(components.splice(0).map(one => one.close()));
  });
  const problem = (code: string, message: RegExp) => ({
    problem: {
      code,
      component: 'app',
      message: expect.stringMatching(message),
      remedy: expect.any(String),
    },
  });
  /** Resolves once there is none: what lists them hears a moment later that one is gone. */
  const nothing = async () => {
    while ((await onStage().applications()).length > 0);
  };

  it('a token that is refused', async () => {
    const driver = onStage().driverWith({ token: 'open-sesame-token' });
    await expect(
      (await component('good/one')).plan(driver),
    ).rejects.toMatchObject(
      problem('argocd.unauthorized', /did not accept its token/),
    );
  });

  it('a project that is forbidden', async () => {
    const driver = onStage().driverWith({ project: 'foreign' });
    await expect(
      (await component('good/one')).plan(driver),
    ).rejects.toMatchObject(problem('argocd.forbidden', /permission denied/));
    await nothing();
  });

  it('a repository that can’t be reached', async () => {
    const one = await component('good/one');
    const source = { repoURL: `${onStage().argocd.git.url}/no-such-one` };
    await expect(one.plan(onStage().driver, { source })).rejects.toMatchObject(
      problem('argocd.repository', /can't read the repository \S+no-such-one/),
    );
    await nothing();
  });

  it('a revision that is not there', async () => {
    const one = await component('good/one');
    const source = { targetRevision: 'no-such-branch' };
    await expect(one.plan(onStage().driver, { source })).rejects.toMatchObject(
      problem('argocd.invalid', /no-such-branch/),
    );
    await nothing();
  });

  it('a manifest that is none', async () => {
    const one = await component('broken');
    await expect(one.plan(onStage().driver)).rejects.toMatchObject(
      problem('argocd.invalid', /a\.yaml/),
    );
    await nothing();
  });

  it('a namespace that somebody else made', async () => {
    const one = await component('good/one', 'namespace: default\n');
    await expect(one.plan(onStage().driver)).rejects.toMatchObject(
      problem('argocd.namespace.foreign', /"default" is there already/),
    );
    await nothing();
  });

  it('a resource of another application, and the application of somebody else', async () => {
    const { driver, client } = onStage();
    const one = await component('good/one');
    await one.make(driver);
    const other = await component('good/two');
    await expect(other.plan(driver)).rejects.toMatchObject(
      problem('argocd.resource.foreign', /ConfigMap\/settings in default/),
    );
    const [{ name }] = await onStage().applicationsOf(one.environment);
    const ref = { name, project: PROJECT };
    const labels = { 'greenroom.dev/environment': 'another' };
    await client.patchApplication(ref, { metadata: { labels } });
    await expect(one.plan(driver)).rejects.toMatchObject(
      problem('argocd.application.foreign', /does not carry the labels/),
    );
    await expect(one.destroy(driver)).rejects.toMatchObject(
      problem('argocd.application.foreign', /left alone/),
    );
  });

  it('a sync that somebody else began: it is waited for', async () => {
    const { driver, client } = onStage();
    const one = await component('slow');
    const made = one.make(driver);
    await one.said(/endless is Running/);
    const [{ name }] = await onStage().applicationsOf(one.environment);
    const ref = { name, project: PROJECT };
    const again = one.plan(driver);
    await one.said(/waiting for its end/);
    await terminate(client, ref);
    await Promise.allSettled([made]);
    expect(await again).toMatchObject({ summary: { add: 0 } });
  });

  it('a deletion that a finalizer holds up', async () => {
    const { driver, argocd } = onStage();
    const one = await component('stubborn');
    await one.make(driver);
    const removed = one.destroy(driver);
    removed.catch(() => {});
    await one.said(/ConfigMap\/held is held by its finalizer/);
    // One that comes when that has been so for long.
    jest.replaceProperty(TIMES, 'removalMs', 1);
    await expect(one.destroy(driver)).rejects.toMatchObject(
      problem(
        'argocd.deletion.stuck',
        /ConfigMap\/held is held by its finalizer example.com\/hold/,
      ),
    );
    expect((await one.prove(driver)).left).toMatchObject([
      { address: 'Application' },
      { address: 'ConfigMap/held' },
    ]);
    jest.restoreAllMocks();
    const again = one.destroy(driver);
    await argocd.cluster.patch('/api/v1/namespaces/default/configmaps/held', {
      metadata: { finalizers: null },
    });
    await Promise.all([removed, again]);
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
  });

  it('what a sync has made and Argo CD does not see yet: its deletion waits for that', async () => {
    const { driver } = onStage();
    const one = await component('good/one');
    await one.make(driver);
    const looks = jest
      .spyOn(ArgocdClient.prototype, 'managedResources')
      .mockResolvedValueOnce([])
      .mockResolvedValueOnce([]);
    const deletion = jest.spyOn(ArgocdClient.prototype, 'deleteApplication');
    await one.destroy(driver);
    const [, , seen] = looks.mock.invocationCallOrder;
    const [deleted] = deletion.mock.invocationCallOrder;
    expect(seen).toBeLessThan(deleted);
    jest.restoreAllMocks();
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
    // What it never sees may have been removed by hand.
    await one.make(driver);
    jest.replaceProperty(TIMES, 'seenMs', 300);
    jest
      .spyOn(ArgocdClient.prototype, 'managedResources')
      .mockResolvedValue([]);
    await one.destroy(driver);
    jest.restoreAllMocks();
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
  });

  it('an application that somebody deleted without what it made: that is found, and removed', async () => {
    const { driver, client } = onStage();
    const one = await component('good/one');
    const deleteAlone = async () => {
      const [{ name }] = await onStage().applicationsOf(one.environment);
      const ref = { name, project: PROJECT };
      const finalizers = { metadata: { finalizers: null } };
      await client.patchApplication(ref, finalizers);
      await client.deleteApplication(ref, { cascade: false });
    };
    await one.make(driver);
    await deleteAlone();
    expect(await one.prove(driver)).toMatchObject({
      gone: false,
      left: [{ address: 'ConfigMap/settings', externalId: 'default/settings' }],
    });
    await nothing();
    // Made again, it has what it had.
    await one.make(driver);
    await deleteAlone();
    await one.destroy(driver);
    expect(one.lines).toContainEqual(
      expect.stringMatching(
        /^Left without its application: ConfigMap\/settings/,
      ),
    );
    expect(await one.prove(driver)).toEqual({ gone: true, left: [] });
    await nothing();
  });

  it('what would stay behind: nothing is begun', async () => {
    const { driver, argocd, client } = onStage();
    const one = await component('good/one');
    await one.make(driver);
    const [{ name }] = await onStage().applicationsOf(one.environment);
    const ref = { name, project: PROJECT };
    const settings = '/api/v1/namespaces/default/configmaps/settings';
    const annotations = ({ metadata }: Record<string, unknown>) =>
      (metadata as { annotations?: Record<string, string> }).annotations ?? {};
    const before = annotations((await argocd.cluster.get(settings))!);
    /** Resolves once Argo CD has seen it. */
    const annotate = async (option: string, value: string | null) => {
      const change = { annotations: { [option]: value } };
      await argocd.cluster.patch(settings, { metadata: change });
      const isSeen = async () => {
        await client.refreshed(ref, 'normal');
        const [{ liveState }] = await client.managedResources(ref);
        return annotations(liveState!)[option] === (value ?? undefined);
      };
      while (!(await isSeen()));
    };
    const mark = 'argocd.argoproj.io/tracking-id';
    const options = 'argocd.argoproj.io/sync-options';
    const stays = (why: RegExp) =>
      expect(one.destroy(driver)).rejects.toMatchObject(
        problem('argocd.resource.stays', why),
      );
    await annotate(options, 'Delete=false');
    await stays(/ConfigMap\/settings \(its annotation says Delete=false\)/);
    await annotate(options, null);
    await annotate(mark, null);
    await stays(/somebody has taken away the mark/);
    await annotate(mark, before[mark]);
    await one.destroy(driver);
    // Argo CD may know a moment later whose it is again; then another attempt removes it.
    while (!(await one.prove(driver)).gone) await one.destroy(driver);
  });

  it('a server that goes away in the midst: what it does is taken up', async () => {
    const { driver, argocd } = onStage();
    const gate = await Gate.before(argocd.config.url);
    try {
      const cut = onStage().driverWith({ url: gate.url });
      const one = await component('slow');
      const made = one.make(cut);
      made.catch(() => {});
      await one.said(/endless is Running/);
      gate.shut();
      await expect(made).rejects.toMatchObject(
        problem('argocd.unreachable', /can't be reached|not be reached|reach/),
      );
      const again = one.plan(driver);
      await one.said(/waiting for its end/);
      await onStage().terminateAll();
      expect(await again).toMatchObject({ summary: { add: 0 } });
      await one.destroy(driver);
    } finally {
      await gate.close();
    }
  });

  it('and nowhere was a token told', () => {
    const { credentials } = onStage().argocd.config;
    const token = 'token' in credentials ? credentials.token : '';
    const said = SAID.join('\n');
    expect(said).toContain(SPEC_FILE.split('.')[0]);
    expect(token).not.toBe('');
    expect(said).not.toContain(token);
    expect(said).not.toContain('open-sesame-token');
  });
}
