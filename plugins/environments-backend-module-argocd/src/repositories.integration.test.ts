import {
  describeRealArgocd,
  GitRepository,
  LocalServer,
  serveGit,
} from '@greenroom/plugin-argocd-node/testing';
import { follow } from './application/follow';
import { Component, SAID } from './testing/component';
import { DriverStage, PROJECT } from './testing/fixtures';

const ACCOUNT = { username: 'reader', password: 'the-right-password' };
const SECRET = '/api/v1/namespaces/argocd/secrets/repository-of-test';

const settings = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: private }\ndata: { value: '${value}' }\n`;

describeRealArgocd('A repository that wants an account', argocd => {
  let stage: DriverStage;
  let repository: GitRepository;
  let server: LocalServer;
  beforeAll(async () => {
    stage = await DriverStage.open(argocd);
    repository = await GitRepository.make(argocd.git, 'private');
    await repository.commit({ 'app/settings.yaml': settings('1') });
    server = await serveGit(argocd.git.folder, ACCOUNT);
  });
  afterEach(async () => {
    await stage.cleanUp();
  });
  afterAll(async () => {
    await argocd.cluster.delete(SECRET);
    await stage.close();
    await server.close();
    await argocd.cluster.close();
  });

  const url = () => `${server.url}/private`;
  const component = (name: string) =>
    Component.make(
      name,
      stage.spec({ source: { repoURL: url(), path: 'app' } }),
    );
  const signIn = (password: string) =>
    argocd.cluster.apply(SECRET, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'repository-of-test',
        labels: { 'argocd.argoproj.io/secret-type': 'repository' },
      },
      stringData: { type: 'git', url: url(), ...ACCOUNT, password },
    });

  it('is not read without it, nor with a wrong password, and is with the right one', async () => {
    const { driver } = stage;
    const one = await component('private');
    const locked = {
      problem: {
        code: 'argocd.repository',
        message: expect.stringContaining(
          `can't read the repository ${url()} (`,
        ),
        remedy: expect.stringContaining('its password or token is wrong'),
      },
    };
    await expect(one.plan(driver)).rejects.toMatchObject(locked);
    await signIn('a-wrong-password');
    await expect(one.plan(driver)).rejects.toMatchObject(locked);
    await signIn(ACCOUNT.password);
    const made = await one.make(driver);
    expect(made.resources).toContainEqual(
      expect.objectContaining({ address: 'ConfigMap/private' }),
    );
    expect(SAID.join('\n')).not.toContain(ACCOUNT.password);
    await one.close();
  });

  it('tells of a push, and what was pinned to a commit stays at it', async () => {
    const { client, driver } = stage;
    await signIn(ACCOUNT.password);
    const one = await component('pinned');
    const made = await one.make(driver);
    const follower = { name: 'follows-main', project: PROJECT };
    await client.createApplication({
      name: follower.name,
      spec: {
        project: PROJECT,
        source: { repoURL: url(), path: 'app', targetRevision: 'main' },
        destination: { name: 'in-cluster', namespace: 'default' },
      },
    });
    const commit = await repository.commit({
      'app/settings.yaml': settings('2'),
    });
    await argocd.tellOfPush({ url: url() }, commit);
    // That it has seen to all that the push touches is seen by this one.
    await follow(
      client,
      follower,
      { signal: new AbortController().signal, withinMs: 20_000 },
      now => (now?.status.sync.revision === commit ? true : undefined),
    );
    await client.deleteApplication(follower, { cascade: false });
    const [{ name }] = await stage.applicationsOf('pinned');
    const pinned = await client.application({ name, project: PROJECT });
    expect(pinned.status.sync).toMatchObject({
      status: 'Synced',
      revision: made.outputs.revision.value,
    });
    expect(await stage.configMap('private')).toEqual({ value: '1' });
    await one.close();
  });
});
