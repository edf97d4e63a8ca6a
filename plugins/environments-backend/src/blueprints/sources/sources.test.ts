import { randomBytes } from 'node:crypto';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import JSZip from 'jszip';
import {
  Problem,
  SNAPSHOT_LIMITS,
} from '@greenroom/plugin-environments-common';
import { useTestDatabases } from '../../testing/database';
import { GitHost } from '../../testing/hosts/gitHost';
import { ModuleRegistry } from '../../testing/hosts/moduleRegistry';
import { problemsOf } from '../../errors';
import { blueprintText, furnish } from '../__testUtils__/room';

const TOKEN = 'a-token-of-the-registry';

const databases = useTestDatabases();

describe('sources from elsewhere', () => {
  let git: GitHost;
  let registry: ModuleRegistry;
  /** Another host, which may be read and is no registry of this portal. */
  let store: ModuleRegistry;
  let room: ReturnType<typeof furnish>;

  beforeEach(async () => {
    git = await GitHost.start();
    registry = await ModuleRegistry.start();
    store = await ModuleRegistry.start();
    const config = {
      integrations: { gitea: [git.integration] },
      backend: { reading: { allow: [{ host: store.server.host }] } },
      environments: {
        blueprints: { registries: [{ url: registry.url, token: TOKEN }] },
      },
    };
    room = furnish(await databases.create(), {
      config,
      urlReader: UrlReaders.default({
        config: mockServices.rootConfig({ data: config }),
        logger: mockServices.logger.mock(),
      }),
    });
  });
  afterEach(async () => {
    await git.stop();
    await registry.server.stop();
    await store.server.stop();
  });

  const documentOf = (source: string, version?: string) =>
    blueprintText({ version }).replace('./web', `"${source}"`);
  const publish = (source: string, version?: string) =>
    room.publish(documentOf(source, version), {});

  async function refusal(source: string): Promise<Problem> {
    const error = await publish(source).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const problems = problemsOf(error);
    if (!problems) throw error ?? new Error('It was published');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      component: 'web',
      place: { file: 'blueprint.yaml', line: 14, column: 15 },
      message: expect.stringMatching(/\.$/),
      remedy: expect.stringMatching(/\.$/),
    });
    return problems[0];
  }

  async function filesOf(version: { snapshotDigest: string }) {
    const { knex, snapshots } = room;
    const listing = await snapshots.listing(knex, version.snapshotDigest);
    return [...listing.keys()].map(path =>
      path.replace(/^\.greenroom-sources\/[0-9a-f]{16}\//, ''),
    );
  }

  describe('in Git', () => {
    it('are kept whole, with the commit that the ref was', async () => {
      const sha = git.commit('modules', {
        'net/main.tf': 'one',
        'net/sub/more.tf': 'two',
        'other/main.tf': 'three',
        'net/.terraform/plugin': 'never',
        'net/.greenroom/run.json': 'never',
      });
      git.tag('modules', 'v1');
      const version = await publish(git.url('modules', 'v1', 'net'));
      expect(version.resolved).toEqual({ web: sha });
      expect(await filesOf(version)).toEqual(['main.tf', 'sub/more.tf']);
    });

    it('are not among the files that an author gets back', async () => {
      git.commit('modules', { 'main.tf': 'one' });
      git.tag('modules', 'v1');
      await publish(git.url('modules', 'v1'));
      const source = await room.service.getSource(
        'shop',
        '1.0.0',
        mockCredentials.user(),
      );
      expect(source.files).toEqual({});
    });

    it('hold what lies beside a folder that is named behind //', async () => {
      git.commit('modules', { 'net/main.tf': '', 'shared/main.tf': '' });
      const source = `${git.url('modules', 'main')}//net`;
      const version = await publish(source);
      await room.check();
      expect(await filesOf(version)).toEqual(['net/main.tf', 'shared/main.tf']);
      expect(
        (await room.service.getForRequest({ name: 'shop' })).versionId,
      ).toBe(version.id);
    });

    it('are not fetched again while the ref means the same commit', async () => {
      git.commit('modules', { 'main.tf': '' });
      const source = git.url('modules', 'main');
      const { id } = await publish(source);
      git.server.asked.length = 0;
      expect((await publish(source)).id).toBe(id);
      expect(git.server.asked).toEqual([
        '/api/v1/repos/acme/modules/git/commits/main',
      ]);
    });

    it('are asked for every five minutes at most by whoever only looks', async () => {
      git.commit('modules', { 'main.tf': '' });
      const source = git.url('modules', 'main');
      await publish(source);
      git.server.asked.length = 0;
      const look = () =>
        room.publisher.publish({
          text: documentOf(source),
          readFiles: async () => [],
          publishedBy: 'environmentblueprint:default/shop',
          recheck: false,
        });
      await look();
      expect(git.server.asked).toEqual([]);
      room.clock.time = new Date(room.clock.time.getTime() + 5 * 60_000);
      await look();
      await look();
      expect(git.server.asked).toHaveLength(1);
    });

    it('are other content once a branch has moved, and the same when only the commit is another', async () => {
      git.commit('modules', { 'net/main.tf': 'one' });
      const source = git.url('modules', 'main', 'net');
      const { id } = await publish(source);
      await room.check();

      git.commit('modules', { 'net/main.tf': 'one', 'beside.tf': '' });
      expect((await publish(source)).id).toBe(id);

      git.commit('modules', { 'net/main.tf': 'two' });
      await expect(publish(source)).rejects.toMatchObject({
        problems: [
          {
            code: 'blueprint.version.immutable',
            message: expect.stringContaining(`main.tf of ${source}`),
          },
        ],
      });
      await publish(source, '1.0.1');
    });

    it.each([
      ['a ref', 'modules', 'v9', ''],
      ['a repository', 'others', 'main', ''],
      ['a folder', 'modules', 'main', 'nowhere'],
    ])(
      'are refused where there is no such %s',
      async (_what, name, ref, at) => {
        git.commit('modules', { 'main.tf': '' });
        expect(await refusal(git.url(name, ref, at))).toMatchObject({
          code: 'blueprint.source.missing',
        });
      },
    );

    it('are refused where the folder behind // is not in them', async () => {
      git.commit('modules', { 'main.tf': '' });
      expect(
        await refusal(`${git.url('modules', 'main')}//nowhere`),
      ).toMatchObject({
        code: 'blueprint.source.missing',
        message: expect.stringContaining('//'),
      });
    });

    it.each(['http://127.0.0.1:1/acme/modules', 'https://inside.example/x'])(
      'are refused from %s, which no integration names',
      async url => {
        expect(await refusal(url)).toMatchObject({
          code: 'blueprint.source.refused',
          remedy: expect.stringContaining('integration'),
        });
      },
    );

    it('are refused with a link in them, and kept without one that leads out', async () => {
      git.commit('modules', { 'main.tf': '', 'link.tf': '-> main.tf' });
      expect(await refusal(git.url('modules', 'main'))).toMatchObject({
        code: 'blueprint.file.link',
        message: expect.stringContaining('link.tf'),
      });
      git.commit('others', { 'main.tf': '', 'passwd.tf': '-> /etc/passwd' });
      expect(await filesOf(await publish(git.url('others', 'main')))).toEqual([
        'main.tf',
      ]);
    });

    it('are refused when they are larger than what is kept', async () => {
      // Compressed by less than the ratio that is refused, and yet quickly.
      const block = randomBytes(4096).toString('hex');
      const large = block.repeat(SNAPSHOT_LIMITS.fileBytes / block.length);
      git.commit(
        'modules',
        Object.fromEntries([1, 2, 3, 4, 5].map(n => [`${n}.tf`, large])),
      );
      expect(await refusal(git.url('modules', 'main'))).toMatchObject({
        code: 'blueprint.files.too-large',
      });
    });

    it('say that their host is gone', async () => {
      const url = git.url('modules', 'main');
      await git.server.stop();
      expect(await refusal(url)).toMatchObject({
        code: 'blueprint.source.unreadable',
      });
      git = await GitHost.start();
    });
  });

  describe('in a registry', () => {
    const source = (version = '1.2.0', folder = '') =>
      `${registry.server.host}/acme/site/aws${folder}?version=${version}`;

    it('are fetched once from an archive, at the version that is named', async () => {
      registry.publish('acme/site/aws', '1.2.0', { 'net/main.tf': 'x' });
      registry.publish('acme/site/aws', '1.3.0', { 'main.tf': 'y' });
      const version = await publish(source('1.2.0', '//net'));
      expect(version.resolved).toEqual({ web: '1.2.0' });
      expect(await filesOf(version)).toEqual(['net/main.tf']);
      registry.server.asked.length = 0;
      await publish(source('1.2.0', '//net'));
      expect(registry.server.asked).toEqual([]);
    });

    it('are fetched from Git where the registry says so, by the same rules', async () => {
      git.commit('modules', { 'net/main.tf': 'x', 'other.tf': '' });
      const at = `git::${git.url('modules')}.git//net?ref=main`;
      registry.refer('acme/site/aws', '1.2.0', at);
      expect(await filesOf(await publish(source()))).toEqual(['main.tf']);
      registry.refer('acme/site/aws', '1.3.0', at.replace(/:\d+/, ':1'));
      expect(await refusal(source('1.3.0'))).toMatchObject({
        code: 'blueprint.source.refused',
        message: expect.stringContaining('no integration'),
      });
    });

    it('are refused where there is no such version or module', async () => {
      registry.publish('acme/site/aws', '1.2.0', { 'main.tf': '' });
      expect(await refusal(source('1.2.1'))).toMatchObject({
        code: 'blueprint.source.missing',
        remedy: 'It has 1.2.0.',
      });
      expect(
        await refusal(`${registry.server.host}/acme/other/aws?version=1.2.0`),
      ).toMatchObject({ code: 'blueprint.source.missing' });
    });

    it.each([
      'registry.example.com/acme/site/aws?version=1.2.0',
      'acme/site/aws?version=1.2.0',
    ])('are refused from %s, which is not configured', async other => {
      expect(await refusal(other)).toMatchObject({
        code: 'blueprint.source.refused',
        remedy: expect.stringContaining('environments.blueprints.registries'),
      });
      expect(registry.server.asked).toEqual([]);
    });

    it('are refused from a registry that leads to another host', async () => {
      registry.modules = `http://${git.server.host}/v1/modules/`;
      expect(await refusal(source())).toMatchObject({
        code: 'blueprint.source.refused',
      });
      expect(git.server.asked).toEqual([]);
    });

    it('are fetched from a zip archive too', async () => {
      const zip = new JSZip().file('net/main.tf', 'x').file('other.tf', '');
      const archive = await zip.generateAsync({ type: 'nodebuffer' });
      const path = registry.publishArchive(
        'acme/site/aws',
        '1.2.0',
        archive,
        'zip',
      );
      registry.refer('acme/site/aws', '1.2.0', `${registry.url}${path}//net`);
      expect(await filesOf(await publish(source()))).toEqual(['main.tf']);
    });

    it('are fetched with the token of the registry, which goes there alone', async () => {
      registry.token = TOKEN;
      registry.publish('acme/site/aws', '1.2.0', { 'main.tf': 'x' });
      expect(await filesOf(await publish(source()))).toEqual(['main.tf']);
      expect(new Set(registry.server.authorizations)).toEqual(
        new Set([`Bearer ${TOKEN}`]),
      );

      const path = store.publish('acme/site/aws', '1.2.0', { 'a.tf': '' });
      registry.refer('acme/site/aws', '1.3.0', `${store.url}${path}`);
      expect(await filesOf(await publish(source('1.3.0'), '1.0.1'))).toEqual([
        'a.tf',
      ]);
      expect(store.server.authorizations).toEqual(['-']);
    });

    it('are refused, without the token being told, by a registry that does not take it', async () => {
      registry.token = 'another';
      const problem = await refusal(source());
      expect(problem).toMatchObject({
        code: 'blueprint.source.refused',
        message: expect.stringContaining('(401)'),
        remedy: expect.stringContaining('token'),
      });
      expect(JSON.stringify(problem)).not.toContain(TOKEN);
    });

    it('are refused when the registry redirects, and the other host is not asked', async () => {
      registry.publish('acme/site/aws', '1.2.0', { 'main.tf': '' });
      registry.elsewhere = `${store.url}/v1/modules/acme/site/aws/versions`;
      const problem = await refusal(source());
      expect(problem).toMatchObject({ code: 'blueprint.source.unreadable' });
      expect(JSON.stringify(problem)).not.toContain(TOKEN);
      expect(store.server.asked).toEqual([]);
    });

    it.each([
      `http://127.0.0.1:1/site.zip?token=${TOKEN}`,
      `https://mira:${TOKEN}@inside.example/site.tar.gz`,
      `git::https://mira:${TOKEN}@git.example.com/acme/site.git`,
      `git::https://mira:${TOKEN}@git.example.com/acme/site.git?ref=v1`,
      `/nowhere.zip?token=${TOKEN}`,
      `/site.rar?token=${TOKEN}`,
    ])('do not tell what stands in the address %s', async location => {
      registry.refer('acme/site/aws', '1.2.0', location);
      expect(JSON.stringify(await refusal(source()))).not.toContain(TOKEN);
    });

    it('do not tell a password that the registry gives with its own address', async () => {
      const at = `http://mira:${TOKEN}@${registry.server.host}/site.zip`;
      registry.refer('acme/site/aws', '1.2.0', at);
      const problem = await refusal(source());
      expect(problem).toMatchObject({ code: 'blueprint.source.refused' });
      expect(JSON.stringify(problem)).not.toContain(TOKEN);
    });

    it('do not tell the signature of an archive that another host does not give', async () => {
      const at = `${store.url}/gone.zip?signature=${TOKEN}`;
      registry.refer('acme/site/aws', '1.2.0', at);
      const problem = await refusal(source());
      expect(problem).toMatchObject({ code: 'blueprint.source.unreadable' });
      expect(JSON.stringify(problem)).not.toContain(TOKEN);
    });

    it.each([
      'file:///etc',
      '/etc/passwd',
      'git::ssh://git@git.example.com/acme/site.git?ref=v1',
      'git::file:///etc?ref=v1',
      'git::https://git.example.com/acme/site.git',
      's3::https://s3.amazonaws.com/bucket/site.tar.gz',
      'http://127.0.0.1:1/site.tar.gz',
      'https://inside.example/site.zip',
    ])('are refused when the registry gives %s', async location => {
      registry.refer('acme/site/aws', '1.2.0', location);
      expect(await refusal(source())).toMatchObject({
        code: 'blueprint.source.refused',
      });
    });
  });
});
