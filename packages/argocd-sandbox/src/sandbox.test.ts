import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgocdClient } from '@greenroom/plugin-argocd-node';
import {
  ArgocdUnderTest,
  clientContract,
  GitRepository,
} from '@greenroom/plugin-argocd-node/testing';
import { HEALTH_ANNOTATION } from './cluster';
import { SYNC_ANNOTATION } from './controller';
import { ArgocdSandbox, STAND_IN_HEADER, startArgocdSandbox } from './server';

const OPTIONS = {
  accounts: [
    {
      name: 'greenroom',
      token: 'the-token',
      projects: ['default', 'confined'],
    },
    { name: 'admin', password: 'admin-password' },
  ],
  projects: ['default', 'confined', 'foreign'],
  delays: { operationMs: 30, healthyMs: 100 },
};

describe('the stand-in for Argo CD', () => {
  const folder = mkdtempSync(join(tmpdir(), 'argocd-sandbox-test-'));
  let sandbox: ArgocdSandbox;
  beforeAll(async () => {
    sandbox = await startArgocdSandbox(OPTIONS);
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });

  const call = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/by-hand/${path}`, {
      method,
      body: body && JSON.stringify(body),
    });

  const underTest: ArgocdUnderTest = {
    get config() {
      return {
        name: 'stand-in',
        url: sandbox.url,
        credentials: { token: 'the-token' },
        timeoutMs: 20_000,
        requestsPerSecond: 200,
      };
    },
    admin: { username: 'admin', password: 'admin-password' },
    git: { folder, url: `file://${folder}` },
    cluster: {
      async get(path) {
        const answer = await call('GET', `cluster${path}`);
        return answer.ok ? answer.json() : undefined;
      },
      async patch(path, patch) {
        const { ok, status } = await call('PATCH', `cluster${path}`, patch);
        if (!ok) throw new Error(`PATCH ${path}: ${status}`);
      },
    },
    async withoutRepositories(work) {
      await call('PUT', 'frozen', { frozen: true });
      try {
        return await work();
      } finally {
        await call('PUT', 'frozen', { frozen: false });
      }
    },
  };

  describe('as the client sees it', () => {
    clientContract(underTest);
  });

  describe('as a stage', () => {
    let client: ArgocdClient;
    let repository: GitRepository;
    beforeAll(async () => {
      client = new ArgocdClient(underTest.config);
      repository = await GitRepository.make(underTest.git, 'stage');
    });
    afterAll(async () => {
      await client.close();
    });

    /** Syncs an application of one Deployment and answers what it was along the way, until `last`. */
    async function play(name: string, annotations: object, last: string) {
      const kind = { apiVersion: 'apps/v1', kind: 'Deployment' };
      const manifest = { ...kind, metadata: { name, annotations } };
      await repository.commit({ [`${name}/a.yaml`]: JSON.stringify(manifest) });
      const ref = { name, project: 'default' };
      const source = {
        repoURL: repository.url,
        path: name,
        targetRevision: 'main',
      };
      const destination = { namespace: name };
      const spec = { project: 'default', source, destination };
      await client.createApplication({ name, spec });
      await client.sync(ref, {});
      const seen = new Set<string>();
      const controller = new AbortController();
      const events = client.watchApplications(ref, controller.signal);
      for await (const { application } of events) {
        const { operationState, health } = application.status;
        seen.add(`${operationState?.phase} ${health.status}`);
        if (seen.has(last)) break;
      }
      return [...seen];
    }

    it('takes its time to become healthy', async () => {
      const seen = await play('slow', {}, 'Succeeded Healthy');
      expect(seen).toContain('Running Missing');
      expect(seen).toContain('Succeeded Progressing');
    });

    it('is as unwell as it is told to be', async () => {
      const annotations = { [HEALTH_ANNOTATION]: 'Degraded' };
      const seen = await play('unwell', annotations, 'Succeeded Degraded');
      expect(seen).not.toContain('Succeeded Healthy');
    });

    it('fails a sync when it is told to', async () => {
      const annotations = { [SYNC_ANNOTATION]: 'fail' };
      await play('failing', annotations, 'Failed Missing');
      const ref = { name: 'failing', project: 'default' };
      expect((await client.application(ref)).status).toMatchObject({
        operationState: {
          syncResult: { resources: [{ status: 'SyncFailed' }] },
        },
        history: [],
      });
    });
  });

  it('says on each page and in each answer what it is', async () => {
    const page = await fetch(`${sandbox.url}/applications/x`);
    expect(await page.text()).toContain('A stand-in for Argo CD');
    const unknown = await fetch(`${sandbox.url}/api/v1/clusters`);
    expect(unknown.status).toBe(404);
    for (const path of ['/', '/api/version', '/api/v1/applications']) {
      const answer = await fetch(`${sandbox.url}${path}`);
      expect(answer.headers.get(STAND_IN_HEADER)).toContain('argocd');
    }
  });

  it('refuses to start in production', async () => {
    const before = process.env.NODE_ENV;
    process.env = { ...process.env, NODE_ENV: 'production' };
    try {
      await expect(startArgocdSandbox(OPTIONS)).rejects.toThrow(
        'does not start with NODE_ENV=production',
      );
    } finally {
      process.env = { ...process.env, NODE_ENV: before };
    }
  });
});
