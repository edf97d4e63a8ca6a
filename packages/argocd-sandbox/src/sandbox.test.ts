import { ArgocdClient } from '@greenroom/plugin-argocd-node';
import {
  ArgocdUnderTest,
  clientContract,
  GitRepository,
} from '@greenroom/plugin-argocd-node/testing';
import { HEALTH_ANNOTATION } from './cluster';
import { STAND_IN_HEADER, startArgocdSandbox } from './server';
import { SYNC_ANNOTATION } from './taking';
import { SandboxUnderTest, TEST_SANDBOX } from './testing';

// Each step runs Git.
describe('the stand-in for Argo CD', () => {
  let argocd: SandboxUnderTest;
  beforeAll(async () => {
    argocd = await SandboxUnderTest.start();
  });
  afterAll(() => argocd.close());

  /** The contract wants to know before anything is started what it runs on. */
  const underTest: ArgocdUnderTest = {
    get config() {
      return argocd.config;
    },
    get admin() {
      return argocd.admin;
    },
    get git() {
      return argocd.git;
    },
    get cluster() {
      return argocd.cluster;
    },
    withoutRepositories: work => argocd.withoutRepositories(work),
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

    /** Follows an application by a stream that is open: without one, what lasts a moment is not told. */
    async function followed(ref: { name: string; project: string }) {
      const { signal } = new AbortController();
      const events = client.watchApplications(ref, signal);
      // The first is of the list that comes before the stream, so the label can be of the stream alone.
      await events.next();
      const labels = { followed: 'yes' };
      await client.patchApplication(ref, { metadata: { labels } });
      const isOpen = async () => {
        const { value } = await events.next();
        return value.application.metadata.labels?.followed === 'yes';
      };
      while (!(await isOpen()));
      return events;
    }

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
      const events = await followed(ref);
      await client.sync(ref, { syncOptions: ['CreateNamespace=true'] });
      const seen = new Set<string>();
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

    it('shows the pods that a cluster would make', async () => {
      await play('pods', {}, 'Succeeded Healthy');
      const ref = { name: 'pods', project: 'default' };
      const { nodes } = await client.resourceTree(ref);
      const parents = nodes.map(({ kind, parentRefs }) => [
        kind,
        parentRefs.at(0)?.kind,
      ]);
      // A namespace that Argo CD made has no mark of the application.
      expect(parents).toEqual([
        ['Deployment', undefined],
        ['ReplicaSet', 'Deployment'],
        ['Pod', 'ReplicaSet'],
      ]);
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
          syncResult: {
            resources: [{ kind: 'Namespace' }, { status: 'SyncFailed' }],
          },
        },
        history: [],
      });
    });
  });

  it('says of a chart in a registry that it reads none', async () => {
    const client = new ArgocdClient(underTest.config);
    const source = {
      repoURL: 'https://charts.example.com',
      chart: 'web',
      targetRevision: '1.0.0',
    };
    const spec = { project: 'default', source, destination: {} };
    await expect(
      client.createApplication({ name: 'chart', spec }),
    ).rejects.toMatchObject({
      code: 'argocd.invalid',
      message: expect.stringContaining('reads no registries of charts'),
    });
    await client.close();
  });

  it('says on each page and in each answer what it is', async () => {
    const page = await fetch(`${argocd.config.url}/applications/x`);
    expect(await page.text()).toContain('A stand-in for Argo CD');
    const unknown = await fetch(`${argocd.config.url}/api/v1/clusters`);
    expect(unknown.status).toBe(404);
    for (const path of ['/', '/api/version', '/api/v1/applications']) {
      const answer = await fetch(`${argocd.config.url}${path}`);
      expect(answer.headers.get(STAND_IN_HEADER)).toContain('argocd');
    }
  });

  it('refuses to start in production', async () => {
    const before = process.env.NODE_ENV;
    process.env = { ...process.env, NODE_ENV: 'production' };
    try {
      await expect(startArgocdSandbox(TEST_SANDBOX)).rejects.toThrow(
        'does not start with NODE_ENV=production',
      );
    } finally {
      process.env = { ...process.env, NODE_ENV: before };
    }
  });
});
