import { ArgocdClient } from '../client';
import { ArgocdInstanceConfig } from '../config';
import { ArgocdInvalidError, ArgocdNotFoundError } from '../errors';
import { comparisonErrors, progressOf } from '../operation';
import { ArgocdApplication, ArgocdApplicationRef } from '../types';
import { GitRepository } from './gitRepository';

const FINALIZERS = ['resources-finalizer.argocd.argoproj.io'];
const CLUSTER = 'https://kubernetes.default.svc';

const configMap = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { value: "${value}" }\n`;

// A pod that is not to be started again is waited for, and this one never ends by itself.
const endlessHook = `
apiVersion: v1
kind: Pod
metadata:
  name: endless
  annotations: { argocd.argoproj.io/hook: PreSync }
spec:
  restartPolicy: Never
  containers: [{ name: one, image: nothing }]
`;

/** An Argo CD that tests run on: a real one, or what stands in for it. */
export interface ArgocdUnderTest {
  /** How its account for tests is reached: it may use the projects `default` and `confined`, and not `foreign`. */
  readonly config: ArgocdInstanceConfig;
  /** The account that may do everything, by its password. */
  readonly admin: { username: string; password: string };
  /** Repositories made in `folder` are served at `url`. */
  readonly git: { folder: string; url: string };
  readonly cluster: {
    /** @returns the object at a path of Kubernetes' API; undefined when there is none */
    get(path: string): Promise<Record<string, unknown> | undefined>;
    /** Makes an object, or makes it so, at its path. */
    apply(path: string, object: object): Promise<void>;
    /** A merge patch, by hand. */
    patch(path: string, patch: object): Promise<void>;
  };
  /** Lets the part that reads Git stand still while `work` goes on. */
  withoutRepositories<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Argo CD misses an event of the cluster now and then, and would look again only after minutes:
 * has it look while something of an application is waited for.
 */
export async function stirred<T>(
  client: ArgocdClient,
  ref: ArgocdApplicationRef,
  work: () => Promise<T>,
): Promise<T> {
  const stir = () => client.refreshed(ref, 'hard').catch(() => {});
  const timer = setInterval(stir, 5000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The tests of the client that whatever answers as Argo CD must pass. */
export function clientContract(argocd: ArgocdUnderTest): void {
  let client: ArgocdClient;
  let repository: GitRepository;
  beforeAll(async () => {
    client = new ArgocdClient(argocd.config);
    repository = await GitRepository.make(argocd.git, 'client');
  });
  afterAll(async () => {
    await client.close();
  });

  /** Follows an application until it is as wanted. */
  async function until(
    ref: ArgocdApplicationRef,
    wanted: (application: ArgocdApplication) => boolean,
  ): Promise<ArgocdApplication> {
    const controller = new AbortController();
    const events = client.watchApplications(ref, controller.signal);
    return stirred(client, ref, async () => {
      for await (const { application } of events)
        if (wanted(application)) {
          controller.abort();
          return application;
        }
      throw new Error('The stream has ended');
    });
  }

  const specOf = (name: string, project = 'default') => ({
    project,
    source: { repoURL: repository.url, path: name, targetRevision: 'main' },
    destination: { server: CLUSTER, namespace: name },
  });

  /** An application of the name, in a namespace of that name, with these files. */
  async function make(
    name: string,
    files: Record<string, string>,
  ): Promise<ArgocdApplicationRef> {
    await repository.commit(
      Object.fromEntries(
        Object.entries(files).map(([file, text]) => [`${name}/${file}`, text]),
      ),
    );
    const spec = specOf(name);
    await client.createApplication({ name, finalizers: FINALIZERS, spec });
    return { name, project: 'default' };
  }

  let operations = 0;
  /** Syncs to the end and answers what came of it. */
  async function sync(ref: ArgocdApplicationRef, prune = false) {
    operations += 1;
    const mine = { name: 'test', value: `${operations}` };
    const syncOptions = ['CreateNamespace=true'];
    const begun = await client.sync(ref, { prune, infos: [mine], syncOptions });
    expect(progressOf(begun, mine).state).toBe('pending');
    const done = await until(
      ref,
      one => progressOf(one, mine).state === 'over',
    );
    return done.status.operationState!;
  }
  const synced = (ref: ArgocdApplicationRef, revision: string) =>
    until(
      ref,
      ({ status }) =>
        status.sync.status === 'Synced' && status.sync.revision === revision,
    );

  it('knows the release and the account', async () => {
    expect(await client.version()).toMatch(/^v3\./);
    expect(await client.whoAmI()).toBe('greenroom');
  });

  it('tells a missing application from a forbidden one by its project', async () => {
    const name = 'no-such-one';
    await expect(
      client.application({ name, project: 'default' }),
    ).rejects.toMatchObject({ code: 'argocd.notFound' });
    await expect(
      client.application({ name, project: 'foreign' }),
    ).rejects.toMatchObject({ code: 'argocd.forbidden' });
    expect(await client.listApplications({ projects: ['foreign'] })).toEqual(
      [],
    );
  });

  it('makes an application once, and another one of it only when told to', async () => {
    const ref = await make('made-once', { 'a.yaml': configMap('a', '1') });
    const spec = specOf('made-once');
    const again = { name: ref.name, finalizers: FINALIZERS, spec };
    await client.createApplication(again);
    const other = {
      ...spec,
      destination: { server: CLUSTER, namespace: 'elsewhere' },
    };
    await expect(
      client.createApplication({ ...again, spec: other }),
    ).rejects.toMatchObject({ code: 'argocd.conflict.existsDifferently' });
    const changed = await client.createApplication(
      { ...again, spec: other },
      { upsert: true },
    );
    expect(changed.spec.destination.namespace).toBe('elsewhere');
    await client.deleteApplication(ref, { cascade: false });
  });

  it('says what is wrong with a specification', async () => {
    await repository.commit({ 'README.md': 'here' });
    const refused = client.createApplication({
      name: 'invalid',
      spec: specOf('no-such-folder'),
    });
    await expect(refused).rejects.toThrow(ArgocdInvalidError);
    await expect(refused).rejects.toMatchObject({
      code: 'argocd.invalid',
      conditions: [{ type: 'InvalidSpecError' }],
      message: expect.stringContaining('no-such-folder'),
    });
    await expect(
      client.createApplication({
        name: 'invalid',
        spec: specOf('client', 'foreign'),
      }),
    ).rejects.toMatchObject({ code: 'argocd.forbidden' });
    const ref = { name: 'invalid', project: 'default' };
    await client.createApplication(
      { name: ref.name, spec: specOf('no-such-folder') },
      { validate: false },
    );
    await client.refreshed(ref, 'normal');
    await until(ref, one => comparisonErrors(one).length > 0);
    await client.deleteApplication(ref, { cascade: false });
  });

  it('syncs, sees what was changed by hand, and what Git does not have any more', async () => {
    const ref = await make('life', {
      'a.yaml': configMap('a', '1'),
      'b.yaml': configMap('b', '1'),
    });
    await until(ref, ({ status }) => status.sync.status === 'OutOfSync');
    const planned = await client.managedResources(ref);
    expect(planned.map(({ change }) => change)).toEqual(['create', 'create']);
    const first = await sync(ref);
    expect(first).toMatchObject({ phase: 'Succeeded' });
    await synced(ref, first.syncResult!.revision);

    await argocd.cluster.patch('/api/v1/namespaces/life/configmaps/a', {
      data: { value: 'by hand' },
    });
    await until(ref, ({ status }) => status.sync.status === 'OutOfSync');
    const [drifted] = await client.managedResources(ref, { name: 'a' });
    expect(drifted).toMatchObject({
      change: 'update',
      before: { data: { value: 'by hand' } },
      after: { data: { value: '1' } },
    });

    const second = await repository.commit({
      'life/a.yaml': configMap('a', '2'),
      'life/b.yaml': undefined,
    });
    const { application, fresh } = await client.refreshed(ref, 'normal');
    expect(fresh).toBe(true);
    expect(application.status.sync.revision).toBe(second);
    const pruned = await client.managedResources(ref, { name: 'b' });
    expect(pruned).toMatchObject([{ change: 'prune' }]);
    await sync(ref, true);
    const after = await synced(ref, second);
    expect(after.status.resources.map(({ name }) => name)).toEqual(['a']);

    await client.rollback(ref, { id: after.status.history[0].id });
    const back = await until(
      ref,
      one =>
        !one.operation &&
        one.status.operationState?.phase === 'Succeeded' &&
        one.status.history.length === 3,
    );
    expect(back.status.history[2].revision).toBe(first.syncResult!.revision);
    await expect(client.rollback(ref, { id: 99 })).rejects.toMatchObject({
      code: 'argocd.invalid',
    });

    const controller = new AbortController();
    const events = client.watchApplications(ref, controller.signal);
    await events.next();
    await client.deleteApplication(ref, { cascade: true });
    await client.deleteApplication(ref, { cascade: true }).catch(error => {
      // It may be gone by now.
      if (!(error instanceof ArgocdNotFoundError)) throw error;
    });
    await stirred(client, ref, async () => {
      for await (const { type } of events) if (type === 'DELETED') break;
    });
    const left = '/api/v1/namespaces/life/configmaps/a';
    expect(await argocd.cluster.get(left)).toBeUndefined();
  });

  it('does not begin a sync while one is under way, and ends that', async () => {
    const ref = await make('busy', { 'hook.yaml': endlessHook });
    expect(await client.terminateOperation(ref)).toBe(false);
    await client.sync(ref, { syncOptions: ['CreateNamespace=true'] });
    await until(
      ref,
      ({ status }) => status.operationState?.phase === 'Running',
    );
    await expect(client.sync(ref, {})).rejects.toMatchObject({
      code: 'argocd.conflict.operationRunning',
    });
    expect(await client.terminateOperation(ref)).toBe(true);
    const ended = await until(
      ref,
      ({ operation, status }) =>
        !operation && status.operationState?.phase === 'Failed',
    );
    expect(ended.status.operationState!.message).toContain('terminated');
    await client.deleteApplication(ref, { cascade: true });
  });

  it('refuses a revision that is not there, and compares nothing that can’t be read', async () => {
    const ref = await make('revision', { 'a.yaml': configMap('a', '1') });
    await expect(
      client.sync(ref, { revision: 'no-such-branch' }),
    ).rejects.toMatchObject({ code: 'argocd.revision' });
    const source = { targetRevision: 'no-such-branch' };
    await expect(
      client.patchApplication(ref, { spec: { source } }),
    ).rejects.toMatchObject({ code: 'argocd.invalid' });
    await repository.commit({ 'revision/a.yaml': `${configMap('a', '1')}{` });
    await client.refreshed(ref, 'normal');
    const lost = await until(ref, one => comparisonErrors(one).length > 0);
    expect(lost.status.sync.status).toBe('Unknown');
    expect(comparisonErrors(lost)[0]).toContain('a.yaml');
    await client.deleteApplication(ref, { cascade: false });
  });

  it('shows the tree and the manifests', async () => {
    const ref = await make('tree', { 'a.yaml': configMap('a', '1') });
    const { syncResult } = await sync(ref);
    // The state lags behind the end of the sync.
    await synced(ref, syncResult!.revision);
    const { nodes } = await client.resourceTree(ref);
    expect(nodes).toMatchObject([{ kind: 'ConfigMap', name: 'a' }]);
    const { manifests } = await client.manifests(ref);
    expect(manifests).toMatchObject([{ data: { value: '1' } }]);
    expect(await client.project('default')).toMatchObject({
      metadata: { name: 'default' },
    });
    expect(
      await client.listApplications({ projects: ['default'] }),
    ).toContainEqual(
      expect.objectContaining({
        name: 'tree',
        spec: expect.objectContaining({ project: 'default' }),
        sync: 'Synced',
        health: { status: 'Healthy', message: undefined },
      }),
    );
    await client.deleteApplication(ref, { cascade: true });
  });

  it('answers with what it has when a part of it hangs', async () => {
    const ref = await make('hangs', { 'a.yaml': configMap('a', '1') });
    // The part that hangs alone is given up so soon: what answers has its time also here.
    const soon = AbortSignal.timeout(500);
    const limits = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(soon);
    const { application, fresh } = await argocd
      .withoutRepositories(() => client.refreshed(ref, 'hard'))
      .finally(() => limits.mockRestore());
    expect(fresh).toBe(false);
    expect(application.metadata.name).toBe('hangs');
    await client.deleteApplication(ref, { cascade: false });
  });

  it('signs in by an account, and is not let in by a token that is none', async () => {
    const admin = new ArgocdClient({
      ...argocd.config,
      credentials: argocd.admin,
    });
    expect(await admin.whoAmI()).toBe('admin');
    await admin.close();
    const stranger = new ArgocdClient({
      ...argocd.config,
      credentials: { token: 'not-a-token' },
    });
    await expect(
      stranger.application({ name: 'x', project: 'default' }),
    ).rejects.toMatchObject({ code: 'argocd.unauthorized' });
    await stranger.close();
  });
}
