import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { useTestDatabases } from '../testing/database';
import { CatalogDoor } from './catalogDoor';
import { blueprintText, furnish } from './__testUtils__/room';

const databases = useTestDatabases();
const someone = mockCredentials.user();
const never = new AbortController().signal;

function entity(name: string, location: string, etag = 'one'): Entity {
  return {
    apiVersion: 'greenroom.dev/v1',
    kind: 'EnvironmentBlueprint',
    metadata: {
      name,
      title: 'As the catalog says',
      etag,
      annotations: { 'backstage.io/managed-by-location': location },
    },
    spec: {
      type: 'sandbox',
      owner: 'group:default/platform',
      version: '1.0.0',
    },
  };
}

/** Answers from memory what a Git host would. */
function hosted(files: Record<string, string>): UrlReaderService {
  return mockServices.urlReader.mock({
    readUrl: async url => {
      if (!(url in files)) throw new NotFoundError(`${url} is not there`);
      return { buffer: async () => Buffer.from(files[url]) };
    },
    readTree: async url => {
      const below = Object.keys(files).filter(each =>
        each.startsWith(`${url}/`),
      );
      if (below.length === 0) throw new NotFoundError(`${url} is not there`);
      return {
        etag: '',
        archive: async () => Promise.reject(new Error('not asked for')),
        dir: async () => Promise.reject(new Error('not asked for')),
        files: async () =>
          below.map(each => ({
            path: each.slice(url.length + 1),
            content: async () => Buffer.from(files[each]),
          })),
      };
    },
  });
}

describe('the catalog door', () => {
  let room: ReturnType<typeof furnish>;
  let folder: string;
  let file: string;

  beforeEach(async () => {
    room = furnish(await databases.create());
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'greenroom-door-')));
    file = join(folder, 'shop/blueprint.yaml');
    mkdirSync(join(folder, 'shop/web'), { recursive: true });
    writeFileSync(join(folder, 'shop/web/main.tf'), 'resource {}');
    writeFileSync(file, blueprintText());
  });

  function door(entities: Entity[], urlReader = hosted({})) {
    return new CatalogDoor({
      ...room,
      auth: mockServices.auth(),
      catalog: catalogServiceMock({ entities }),
      location: {
        fileRoots: [folder],
        urlReader,
        integrations: ScmIntegrations.fromConfig(
          mockServices.rootConfig({
            data: { integrations: { github: [{ host: 'github.com' }] } },
          }),
        ),
      },
    });
  }

  async function summaryOf(name: string) {
    const all = await room.service.list({}, someone);
    return all.find(each => each.name === name);
  }

  it('publishes a blueprint that the catalog found in a file', async () => {
    expect(await door([entity('shop', `file:${file}`)]).sync(never)).toBe(1);
    await room.check();

    expect(await room.service.getForRequest({ name: 'shop' })).toMatchObject({
      version: '1.0.0',
    });
    const [{ published_by: by }] = await room.knex('blueprint_versions');
    expect(by).toBe('environmentblueprint:default/shop');
    expect(await summaryOf('shop')).toMatchObject({
      title: 'Shop',
      problems: [],
    });
  });

  it('takes the document of the same name out of a file of several', async () => {
    writeFileSync(
      file,
      `${blueprintText({ name: 'other' })}---\n${blueprintText()}`,
    );
    await door([entity('shop', `file:${file}`)]).sync(never);
    await room.check();
    expect(await room.service.getForRequest({ name: 'shop' })).toBeDefined();
    expect(await summaryOf('other')).toBeUndefined();
  });

  it('shows what is wrong with a document of which nothing was ever published', async () => {
    writeFileSync(file, blueprintText().replace('size: {', 'size {'));
    await door([entity('shop', `file:${file}`)]).sync(never);

    expect(await summaryOf('shop')).toMatchObject({
      title: 'As the catalog says',
      owner: 'group:default/platform',
      versions: 0,
      problems: [
        { code: 'blueprint.yaml', place: { file: 'blueprint.yaml', line: 10 } },
      ],
    });
  });

  it('takes a document in once what was wrong beside it is mended', async () => {
    const shop = entity('shop', `file:${file}`);
    room.driver.script('web', {
      problems: [{ code: 'terraform.syntax', message: 'Broken.' }],
    });
    await door([shop]).sync(never);
    await room.check();
    const rings = room.rings();
    await door([shop]).sync(never);
    expect(room.rings()).toBe(rings);
    expect(await summaryOf('shop')).toMatchObject({
      problems: [{ code: 'terraform.syntax' }],
    });

    room.driver.script('web', {});
    writeFileSync(join(folder, 'shop/web/main.tf'), 'resource { mended }');
    await door([shop]).sync(never);
    await room.check();
    expect(await summaryOf('shop')).toMatchObject({
      recommendedVersion: '1.0.0',
      problems: [],
    });
  });

  it('tells when files change under a published version', async () => {
    const shop = entity('shop', `file:${file}`);
    await door([shop]).sync(never);
    await room.check();
    writeFileSync(join(folder, 'shop/web/main.tf'), 'resource { changed }');
    await door([shop]).sync(never);
    expect(await summaryOf('shop')).toMatchObject({
      recommendedVersion: '1.0.0',
      problems: [{ code: 'blueprint.version.immutable' }],
    });
  });

  it('reads no file outside of the configured folders, by a link neither', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'greenroom-outside-'));
    writeFileSync(join(outside, 'blueprint.yaml'), blueprintText());
    symlinkSync(join(outside, 'blueprint.yaml'), join(folder, 'linked.yaml'));
    await door([
      entity('one', `file:${outside}/blueprint.yaml`),
      entity('two', `file:${folder}/linked.yaml`),
      entity('three', `file:${folder}/../${outside}/blueprint.yaml`),
    ]).sync(never);
    for (const name of ['one', 'two']) {
      expect(await summaryOf(name)).toMatchObject({
        problems: [{ code: 'blueprint.location.forbidden' }],
      });
    }
    expect(await summaryOf('three')).toMatchObject({
      problems: [{ code: expect.stringMatching(/forbidden|unreadable/) }],
    });
  });

  it('refuses links among the sources', async () => {
    symlinkSync('/etc/hostname', join(folder, 'shop/web/secret'));
    await door([entity('shop', `file:${file}`)]).sync(never);
    expect(await summaryOf('shop')).toMatchObject({
      problems: [
        { code: 'blueprint.file.link', place: { file: 'web/secret' } },
      ],
    });
  });

  it('forgets the problems of an entity that left the catalog, and no version', async () => {
    await door([entity('shop', `file:${file}`)]).sync(never);
    await room.check();
    await door([entity('broken', `file:${folder}/nothing.yaml`)]).sync(never);
    expect(await summaryOf('broken')).toBeDefined();
    await door([]).sync(never);
    expect(await summaryOf('broken')).toBeUndefined();
    expect(await room.service.getForRequest({ name: 'shop' })).toBeDefined();
  });

  describe('with a document at a Git host', () => {
    const base = 'https://github.com/acme/blueprints/blob/main/shop';
    const tree = 'https://github.com/acme/blueprints/tree/main/shop';
    const shop = entity('shop', `url:${base}/blueprint.yaml`);

    it('reads document and sources through the integrations', async () => {
      const host = hosted({
        [`${base}/blueprint.yaml`]: blueprintText(),
        [`${tree}/web/main.tf`]: 'resource {}',
        [`${tree}/web/.terraform/x`]: 'no',
      });
      await door([shop], host).sync(never);
      expect((await summaryOf('shop'))?.problems).toEqual([]);
      await room.check();
      const { snapshotDigest } = await room.service.getForRequest({
        name: 'shop',
      });
      expect([
        ...(await room.snapshots.listing(room.knex, snapshotDigest)).keys(),
      ]).toEqual(['web/main.tf']);
    });

    it('asks again after some minutes about what could not be read', async () => {
      await door([shop]).sync(never);
      expect(await summaryOf('shop')).toMatchObject({
        problems: [{ code: 'blueprint.location.unreadable' }],
      });
      const host = hosted({
        [`${base}/blueprint.yaml`]: blueprintText(),
        [`${tree}/web/main.tf`]: 'resource {}',
      });
      await door([shop], host).sync(never);
      expect((await summaryOf('shop'))?.problems).toHaveLength(1);

      room.clock.time = new Date(room.clock.time.getTime() + 6 * 60_000);
      await door([shop], host).sync(never);
      expect((await summaryOf('shop'))?.problems).toEqual([]);
    });

    it('names a source that is not there', async () => {
      const host = hosted({ [`${base}/blueprint.yaml`]: blueprintText() });
      await door([shop], host).sync(never);
      expect(await summaryOf('shop')).toMatchObject({
        problems: [{ code: 'blueprint.source.missing', place: { line: 14 } }],
      });
    });
  });
});
