import {
  describeRealArgocd,
  GitRepository,
} from '@greenroom/plugin-argocd-node/testing';
import { Component } from './testing/component';
import { DriverStage } from './testing/fixtures';
import { TIMES } from './times';

const PODS = '/api/v1/namespaces/default/pods';

const homeless = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: homeless }
spec:
  progressDeadlineSeconds: 1
  selector: { matchLabels: { app: homeless } }
  template:
    metadata: { labels: { app: homeless } }
    spec:
      nodeSelector: { disk: golden }
      containers: [{ name: web, image: web }]
`;

const crashing = `
apiVersion: v1
kind: Pod
metadata: { name: crashing }
spec: { containers: [{ name: web, image: web }] }
`;

/** Pods that no node takes, more of them than reasons are asked of. */
const waiting = Array.from(
  { length: 5 },
  (_, n) => `
apiVersion: v1
kind: Pod
metadata: { name: a-waiting-${n} }
spec:
  nodeSelector: { disk: golden }
  containers: [{ name: web, image: web }]
`,
).join('---');

describeRealArgocd('What is not well after a sync', argocd => {
  let stage: DriverStage;
  let repository: GitRepository;
  const components: Component[] = [];
  beforeAll(async () => {
    stage = await DriverStage.open(argocd);
    repository = await GitRepository.make(argocd.git, 'unwell');
  });
  beforeEach(() => {
    jest.replaceProperty(TIMES, 'degradedMs', 1000);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await stage.cleanUp();
    await Promise.all(components.splice(0).map(one => one.close()));
  });
  afterAll(async () => {
    await stage.close();
    await argocd.cluster.close();
  });

  const component = async (name: string) => {
    const source = { repoURL: repository.url, path: name };
    const one = await Component.make(name, stage.spec({ source }));
    components.push(one);
    return one;
  };

  it('is told with the events of pods that no node takes', async () => {
    await repository.commit({ 'homeless/web.yaml': homeless });
    const one = await component('homeless');
    await expect(one.make(stage.driver)).rejects.toMatchObject({
      problem: {
        code: 'argocd.unhealthy',
        message: expect.stringContaining(
          'Deployment/homeless is Degraded: Deployment "homeless" exceeded its progress deadline',
        ),
        detail: expect.stringMatching(
          /Pod\/homeless-\S+ event FailedScheduling: 0\/1 nodes are available/,
        ),
      },
    });
  });

  it('is told with the last lines of a pod that crashes, whatever waits beside it', async () => {
    await repository.commit({ 'crashing/web.yaml': crashing });
    const one = await component('crashing');
    await one.make(stage.driver);
    const containerStatuses = [
      {
        ...{ name: 'web', image: 'web', imageID: '', restartCount: 3 },
        ready: false,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: 'back-off 40s restarting failed container',
          },
        },
      },
    ];
    await argocd.cluster.patch(`${PODS}/crashing/status`, {
      status: { containerStatuses },
    });
    await repository.commit({ 'crashing/more.yaml': waiting });
    await expect(one.make(stage.driver)).rejects.toMatchObject({
      problem: {
        code: 'argocd.unhealthy',
        message: expect.stringContaining(
          'Pod/crashing is Degraded: back-off 40s restarting failed container',
        ),
        detail: expect.stringContaining(
          'Pod/crashing log: starting\nPod/crashing log: there is no database at "nowhere"',
        ),
      },
    });
  });
});
