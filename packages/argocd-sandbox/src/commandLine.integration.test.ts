import {
  describeRealArgocd,
  GitRepository,
} from '@greenroom/plugin-argocd-node/testing';
import { ArgocdCommand, Said } from './__testUtils__/argocdCommand';
import { ArgocdSandbox, startArgocdSandbox } from './server';
import { TEST_SANDBOX } from './testing';

// After a sync the real one may first compare when it would have anyway, once a minute.
jest.setTimeout(300_000);

const NAME = `command-line-${Date.now().toString(36)}`;

describeRealArgocd('the argocd command line', argocd => {
  let sandbox: ArgocdSandbox;
  let repository: GitRepository;
  /** Other tests may have left the real one applications that are still going away. */
  let ofRepository: string[];
  let standIn: ArgocdCommand;
  let real: ArgocdCommand;

  const commit = (color: string) =>
    repository.commit({
      'settings.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { color: ${color} }\n`,
      'web.yaml': JSON.stringify({
        ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'web', image: 'web:1' }] },
          },
        },
      }),
    });

  beforeAll(async () => {
    // Who deletes and waits begins to listen afterwards, and would wait for ever for what is gone by then.
    const delays = { operationMs: 2000, healthyMs: 100 };
    sandbox = await startArgocdSandbox({ ...TEST_SANDBOX, delays });
    repository = await GitRepository.make(argocd.git, NAME);
    ofRepository = ['--repo', repository.url];
    await commit('red');
    const at = (url: string) =>
      new ArgocdCommand(argocd.programs, new URL(url).host);
    standIn = at(sandbox.url);
    real = at(argocd.config.url);
  });
  afterAll(async () => {
    standIn.close();
    real.close();
    await sandbox.close();
    await argocd.cluster.close();
  });

  /** The same commands on both; what the real one says is right. */
  const both = (...commands: string[][]) =>
    Promise.all(
      [standIn, real].map(async one => {
        const said: [string, Said][] = [];
        for (const command of commands)
          said.push([command.join(' '), await one.run(...command)]);
        return said;
      }),
    );

  /** On both; how well it is by then is a matter of moments. */
  const succeeds = async (...command: string[]) => {
    for (const [[, { out, problem }]] of await both(command))
      expect({ out, problem }).toEqual({
        out: expect.stringContaining('\nPhase: Succeeded\n'),
        problem: '',
      });
  };

  it('says which one it is', async () => {
    const { address } = standIn;
    const { out } = await standIn.run(
      ...['version', '--short', '--plaintext', '--server', address],
    );
    expect(out).toContain('argocd-server: v3.2.11+stand-in');
  });

  it('refuses who has another password, and lets in who has the right one', async () => {
    const login = (command: ArgocdCommand, password: string, way: string) =>
      command.run(
        ...['login', command.address, '--username', 'admin', way],
        ...['--password', password],
      );
    const each = (passwords: string[]) =>
      Promise.all([
        login(standIn, passwords[0], '--plaintext'),
        login(real, passwords[1], '--insecure'),
      ]);
    const [refused, alsoRefused] = await each(['wrong', 'wrong']);
    expect(refused).toEqual(alsoRefused);
    expect(refused.code).not.toBe(0);
    const [, admin] = TEST_SANDBOX.accounts;
    const passwords = [admin.password!, argocd.admin.password];
    const [said, expected] = await each(passwords);
    expect(said).toEqual(expected);
    expect(said.out).toContain("'admin:login' logged in successfully");
    const [info, otherInfo] = await both(['account', 'get-user-info']);
    expect(info).toEqual(otherInfo);
  });

  it('makes an application, and shows how it stands before it is synced', async () => {
    const [said, expected] = await both(
      ['app', 'get', NAME],
      [
        ...['app', 'create', NAME, '--repo', repository.url, '--path', '.'],
        ...['--dest-server', 'https://kubernetes.default.svc'],
        ...['--dest-namespace', NAME, '--sync-option', 'CreateNamespace=true'],
      ],
      ['app', 'get', NAME, '--refresh'],
      ['app', 'list', ...ofRepository],
      ['app', 'list', '-o', 'name', '-p', 'default', ...ofRepository],
      ['app', 'diff', NAME],
    );
    expect(said).toEqual(expected);
  });

  it('syncs it, and waits until it is well', async () => {
    await succeeds('app', 'sync', NAME);
    const [said, expected] = await both(
      ['app', 'wait', NAME, '--health', '--sync'],
      ['app', 'get', NAME, '--show-operation'],
      ['app', 'diff', NAME],
      ['app', 'history', NAME],
      ['app', 'resources', NAME],
      ['app', 'manifests', NAME],
    );
    expect(said).toEqual(expected);
  });

  it('goes to another commit, and back', async () => {
    await commit('blue');
    const [said, expected] = await both(
      ['app', 'get', NAME, '--refresh'],
      ['app', 'diff', NAME],
    );
    expect(said).toEqual(expected);
    await succeeds('app', 'sync', NAME);
    const [synced, alsoSynced] = await both(
      ['app', 'wait', NAME, '--health', '--sync'],
      ['app', 'get', NAME, '--show-operation'],
    );
    expect(synced).toEqual(alsoSynced);
    await succeeds('app', 'rollback', NAME, '0');
    const [back, alsoBack] = await both(
      ['app', 'get', NAME, '--refresh'],
      ['app', 'history', NAME, '-o', 'id'],
    );
    expect(back).toEqual(alsoBack);
  });

  it('changes what it is to be', async () => {
    const label = '{"metadata":{"labels":{"team":"web"}}}';
    const [said, expected] = await both([
      'app',
      'set',
      NAME,
      '--revision',
      'main',
      '--sync-policy',
      'none',
    ]);
    expect(said).toEqual(expected);
    // It answers the whole application, with what only Kubernetes says of it.
    const patched = await both([
      'app',
      'patch',
      NAME,
      '--type',
      'merge',
      '--patch',
      label,
    ]);
    expect(patched.flat()).toMatchObject([
      [expect.anything(), { code: 0 }],
      [expect.anything(), { code: 0 }],
    ]);
    const [listed, alsoListed] = await both(
      ['app', 'list', '-l', 'team=web', '-o', 'name'],
      ['app', 'list', '-l', 'team!=web', '-o', 'name', ...ofRepository],
    );
    expect(listed).toEqual(alsoListed);
    const [[[, one]], [[, other]]] = await both([
      ...['app', 'get', NAME, '-o', 'json'],
    ]);
    expect(JSON.parse(one.out).spec).toEqual(JSON.parse(other.out).spec);
  });

  it('says what there is to terminate, and to roll back to', async () => {
    const [said, expected] = await both(
      ['app', 'terminate-op', NAME],
      ['app', 'rollback', NAME, '99'],
    );
    expect(said).toEqual(expected);
  });

  it('shows what applications need', async () => {
    const [said, expected] = await both(
      ['proj', 'get', 'default'],
      ['proj', 'get', 'none'],
    );
    expect(said).toEqual(expected);
    expect((await standIn.run('cluster', 'list')).out).toContain(
      'https://kubernetes.default.svc in-cluster stand-in Successful',
    );
    expect((await standIn.run('proj', 'list')).out).toContain('default');
    expect(await standIn.run('repo', 'list')).toMatchObject({ code: 0 });
  });

  it('does the same by gRPC-web, and says of what it does not serve that it is a stand-in', async () => {
    expect(await standIn.run('app', 'list', '--grpc-web')).toEqual(
      await standIn.run('app', 'list'),
    );
    expect(await standIn.run('app', 'logs', NAME)).toMatchObject({
      code: 1,
      problem: expect.stringContaining('this is a stand-in for Argo CD'),
    });
  });

  it('takes it away', async () => {
    const [said, expected] = await both(
      ['app', 'delete', NAME, '--yes', '--wait'],
      ['app', 'get', NAME],
      ['app', 'list', '-l', 'team=web'],
    );
    expect(said).toEqual(expected);
  });
});
