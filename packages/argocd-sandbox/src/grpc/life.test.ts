import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ask,
  askByHttp2,
  follow,
  followByHttp2,
  request,
} from '../__testUtils__/grpcClient';
import { ArgocdSandbox, startArgocdSandbox } from '../server';

const ADDRESS = 'https://git.sandbox.invalid/workloads.git';
const mine = { token: 'the-token' };

interface Seen {
  type: string;
  application: {
    metadata: { name: string };
    status: {
      operationState?: { phase: string };
      history?: { id: number; revision: string }[];
      reconciledAt?: { seconds: number };
    };
  };
}

describe.each([
  ['gRPC-web', ask, follow],
  ['HTTP/2', askByHttp2, followByHttp2],
])('an application by %s', (_, ask1, follow1) => {
  let folder: string;
  let sandbox: ArgocdSandbox;
  const color = (value: string) =>
    writeFile(
      join(folder, 'settings.yaml'),
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { color: ${value} }\n`,
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'argocd-sandbox-test-'));
    await color('red');
    sandbox = await startArgocdSandbox({
      accounts: [{ name: 'greenroom', token: 'the-token' }],
      projects: ['default'],
      delays: { operationMs: 30, healthyMs: 100 },
      repositories: { [ADDRESS]: folder },
    });
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  const nameOf = (call: string) => `application.ApplicationService/${call}`;
  const called = async (call: string, message: object) => {
    const name = nameOf(call);
    const body = request(name, message);
    const { answer, ...ended } = await ask1(sandbox.url, name, body, mine);
    expect(ended).toMatchObject({ code: 0 });
    return answer as any;
  };
  /** What is told of an application. */
  const told = () => {
    const name = nameOf('Watch');
    const body = request(name, { name: 'shop' });
    return follow1(sandbox.url, name, body, mine);
  };
  /** What is told of it until it is so. */
  const until = async (is: (seen: Seen) => boolean, stream = told()) => {
    for await (const seen of stream) if (is(seen as Seen)) return seen as Seen;
    throw new Error('The stream ended');
  };
  const isSynced = ({ application: { status } }: Seen) =>
    status.operationState?.phase === 'Succeeded';
  const http = async (path: string) =>
    (
      await fetch(`${sandbox.url}/api/v1/applications/shop${path}`, {
        headers: { authorization: 'Bearer the-token' },
      })
    ).json();

  it('is made as HTTP has it, without what is empty', async () => {
    const source = {
      repoURL: ADDRESS,
      targetRevision: 'main',
      path: '.',
      chart: '',
      kustomize: {
        namePrefix: '',
        replicas: [
          { name: 'a', count: { type: 0, intVal: 0 } },
          { name: 'b', count: { type: 1, strVal: '2' } },
        ],
      },
      helm: { valuesObject: { raw: Buffer.from('{"a":{"b":[1]}}') } },
    };
    await called('Create', {
      application: {
        metadata: { name: 'shop', namespace: '', creationTimestamp: {} },
        spec: {
          project: '',
          source,
          destination: { namespace: 'shop' },
          syncPolicy: {
            automated: { enabled: false, prune: false },
            syncOptions: ['CreateNamespace=true'],
          },
          revisionHistoryLimit: 0,
        },
      },
    });
    expect((await http('')).spec).toEqual({
      project: 'default',
      source: {
        ...{ repoURL: ADDRESS, targetRevision: 'main', path: '.' },
        kustomize: {
          replicas: [
            { name: 'a', count: 0 },
            { name: 'b', count: '2' },
          ],
        },
        helm: { valuesObject: { a: { b: [1] } } },
      },
      destination: { namespace: 'shop' },
      syncPolicy: {
        automated: { enabled: false },
        syncOptions: ['CreateNamespace=true'],
      },
      revisionHistoryLimit: 0,
    });
    const { spec } = await called('Get', { name: 'shop' });
    expect(spec.source).toMatchObject({
      kustomize: { replicas: source.kustomize.replicas },
      helm: source.helm,
    });
  });

  it('is synced, and told of until it has been compared after that', async () => {
    const { spec } = await http('');
    await called('UpdateSpec', {
      name: 'shop',
      spec: {
        ...{ project: 'default', destination: spec.destination },
        source: { repoURL: ADDRESS, targetRevision: 'main', path: '.' },
        syncPolicy: { syncOptions: ['CreateNamespace=true'] },
      },
    });
    await called('Sync', { name: 'shop', revision: '' });
    const { application } = await until(isSynced);
    expect(application.status).toMatchObject({
      history: [{ id: 0, revision: expect.stringMatching(/^[0-9a-f]{40}$/) }],
      reconciledAt: { seconds: expect.anything() },
    });
  });

  it('shows its tree, its resources and its manifests', async () => {
    const { nodes } = await called('ResourceTree', { applicationName: 'shop' });
    expect(nodes).toMatchObject([
      {
        resourceRef: {
          kind: 'ConfigMap',
          uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    ]);
    const { items } = await called('ManagedResources', {
      ...{ applicationName: 'shop', kind: 'ConfigMap', group: '' },
    });
    expect(JSON.parse(items[0].liveState).data).toEqual({ color: 'red' });
    const { manifests } = await called('GetManifests', { name: 'shop' });
    expect(JSON.parse(manifests[0]).kind).toBe('ConfigMap');
    const tree = nameOf('WatchResourceTree');
    const body = request(tree, { applicationName: 'shop' });
    const stream = follow1(sandbox.url, tree, body, mine);
    expect((await stream.next()).value).toMatchObject({ nodes });
    await stream.return(undefined);
  });

  it('goes back to what it was', async () => {
    await color('blue');
    await called('Sync', { name: 'shop' });
    await until(
      seen => isSynced(seen) && seen.application.status.history?.length === 2,
    );
    await called('Rollback', { name: 'shop', id: 0 });
    await until(
      seen => isSynced(seen) && seen.application.status.history?.length === 3,
    );
    const path = '/api/v1/namespaces/shop/configmaps/settings';
    const live = await fetch(`${sandbox.url}/by-hand/cluster${path}`);
    expect((await live.json()).data).toEqual({ color: 'red' });
  });

  it('does no part of a sync as if it were the whole', async () => {
    const name = nameOf('Sync');
    const body = request(name, { name: 'shop', resources: [{ kind: 'Pod' }] });
    expect(await ask1(sandbox.url, name, body, mine)).toMatchObject({
      code: 12,
      message: expect.stringContaining('A sync of single resources'),
    });
  });

  it('is patched by both kinds of patches', async () => {
    const patch = [
      { op: 'add', path: '/metadata/labels', value: { team: 'web' } },
    ];
    await called('Patch', { name: 'shop', patch: JSON.stringify(patch) });
    await called('Patch', {
      ...{ name: 'shop', patchType: 'merge' },
      patch: '{"metadata":{"labels":{"tier":"front"}}}',
    });
    const { items } = await called('List', { selector: 'team=web,tier=front' });
    expect(items).toHaveLength(1);
  });

  it('is deleted, and told of as gone', async () => {
    const stream = told();
    // That it is there: by then its end is told, too.
    await stream.next();
    await called('Delete', { name: 'shop' });
    const gone = await until(({ type }) => type === 'DELETED', stream);
    expect(gone).toMatchObject({
      application: { metadata: { name: 'shop' } },
    });
    expect(await called('List', {})).toEqual({});
  });
});
