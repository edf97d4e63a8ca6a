import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgocdClient } from '@greenroom/plugin-argocd-node';
import { ArgocdSandbox, startArgocdSandbox } from './server';

// Each step runs Git.
const TOKEN = 'the-token';
const ADDRESS = 'https://git.sandbox.invalid/workloads.git';
const SYNC = { syncOptions: ['CreateNamespace=true'] };
const REF = { name: 'shop', project: 'default' };

describe('the stand-in for Argo CD, started again', () => {
  let folder: string;
  let files: string;
  let sandbox: ArgocdSandbox;
  let client: ArgocdClient;

  const start = async () => {
    sandbox = await startArgocdSandbox({
      accounts: [{ name: 'greenroom', token: TOKEN }],
      projects: ['default'],
      delays: { operationMs: 30, healthyMs: 500 },
      folder: join(folder, 'data'),
      repositories: { [ADDRESS]: files },
    });
    const { url } = sandbox;
    const credentials = { token: TOKEN };
    client = new ArgocdClient({
      name: 'stand-in',
      url,
      credentials,
      timeoutMs: 20_000,
      requestsPerSecond: 200,
    });
  };
  const stop = async () => {
    await client.close();
    await sandbox.close();
  };
  const settings = (color: string) =>
    writeFile(
      join(files, 'shop/settings.yaml'),
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { color: ${color} }\n`,
    );
  const live = async () => {
    const path = '/api/v1/namespaces/shop/configmaps/settings';
    const answer = await fetch(`${sandbox.url}/by-hand/cluster${path}`);
    return answer.ok ? (await answer.json()).data.color : undefined;
  };
  /** Resolves once the application is so, or gone. */
  const until = async (
    is: (
      status: { phase?: string; sync: string; health: string } | undefined,
    ) => boolean,
  ) => {
    const events = client.watchApplications(REF, AbortSignal.timeout(20_000));
    for await (const { type, application } of events) {
      const { operationState, sync, health } = application.status;
      const seen = {
        phase: operationState?.phase,
        sync: sync.status,
        health: health.status,
      };
      if (is(type === 'DELETED' ? undefined : seen)) return;
    }
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'argocd-sandbox-test-'));
    files = join(folder, 'files');
    await mkdir(join(files, 'shop'), { recursive: true });
    await settings('green');
    await start();
    await client.createApplication({
      name: REF.name,
      spec: {
        project: REF.project,
        source: { repoURL: ADDRESS, path: 'shop', targetRevision: 'main' },
        destination: { namespace: 'shop' },
      },
    });
    await client.sync(REF, SYNC);
  });
  afterEach(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  it('has its applications and objects still, at the same commits', async () => {
    await until(seen => seen?.phase === 'Succeeded');
    const before = await client.application(REF);
    await stop();
    await start();
    const { metadata, status } = await client.application(REF);
    expect(metadata.uid).toBe(before.metadata.uid);
    expect(status.sync).toEqual(before.status.sync);
    expect(status.history).toEqual(before.status.history);
    expect(await live()).toBe('green');
    await settings('blue');
    await client.refreshed(REF, 'normal');
    await until(seen => seen?.sync === 'OutOfSync');
    await client.sync(REF, SYNC);
    await until(seen => seen?.sync === 'Synced');
    expect(await live()).toBe('blue');
  });

  it('goes on with what was under way', async () => {
    await stop();
    await start();
    await until(seen => seen?.phase === 'Succeeded');
    expect(await live()).toBe('green');
    await client.deleteApplication(REF, { cascade: true });
    await stop();
    await start();
    await until(seen => seen === undefined);
    expect(await live()).toBeUndefined();
  });

  it('sees what was becoming ready become so', async () => {
    await writeFile(
      join(files, 'shop/web.yaml'),
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n',
    );
    await until(seen => seen?.phase === 'Succeeded');
    await client.refreshed(REF, 'normal');
    await client.sync(REF, {});
    await until(seen => seen?.health === 'Progressing');
    await stop();
    await start();
    await until(seen => seen?.health === 'Healthy');
    const { status } = await client.application(REF);
    expect(status.health.status).toBe('Healthy');
  });

  it('says which file it can not read, and leaves it as it is', async () => {
    await stop();
    const file = join(folder, 'data/memory.json');
    await writeFile(file, '{ half');
    await expect(start()).rejects.toThrow(`${file} can't be read`);
    await rm(file);
    await start();
  });
});
