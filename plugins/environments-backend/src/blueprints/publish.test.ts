import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DriverError } from '@greenroom/plugin-environments-node';
import { problemsOf } from '../errors';
import { useTestDatabases } from '../testing/database';
import { blueprintText, furnish } from './__testUtils__/room';

const databases = useTestDatabases();
const someone = mockCredentials.user();
const WEB = { 'web/main.tf': 'resource {}' };

async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { name: error?.name, problems: problemsOf(error) };
}

describe('publishing a blueprint', () => {
  let room: ReturnType<typeof furnish>;
  beforeEach(async () => {
    room = furnish(await databases.create());
  });

  it('keeps a version that nobody can use until its sources are checked', async () => {
    const version = await room.publish(blueprintText(), WEB);

    expect(version.status).toBe('validating');
    expect(room.rings()).toBe(1);
    const early = await refusal(
      room.service.getForRequest({ name: 'shop', version: '1.0.0' }),
    );
    expect(early).toMatchObject({
      name: 'NotFoundError',
      problems: [{ code: 'blueprint.version.validating' }],
    });

    await room.check();
    const published = await room.service.getForRequest({ name: 'shop' });
    expect(published).toMatchObject({
      versionId: version.id,
      name: 'shop',
      title: 'Shop',
      version: '1.0.0',
      entityRef: 'environmentblueprint:default/shop',
      owner: 'group:default/platform',
      type: 'sandbox',
    });
    expect(await room.service.getById(version.id)).toEqual(published);
  });

  it('keeps the order in which an author lists inputs', async () => {
    const text = blueprintText().replace(
      '    properties:\n',
      '    properties:\n      zebra_of_a_long_name: {type: string}\n      b: {type: string}\n',
    );
    const { id } = await room.publish(text, WEB);
    const { document } = await room.service.getById(id);
    expect(Object.keys(document.spec.inputs.properties!)).toEqual([
      'zebra_of_a_long_name',
      'b',
      'size',
    ]);
  });

  it('gives back what a version was published with, and takes that as the same again', async () => {
    const files = { 'web/main.tf': 'resource {}', 'web/über.html': 'ü' };
    const { id } = await room.publish(blueprintText(), files);
    await room.check();

    const source = await room.service.getSource('shop', '1.0.0', someone);
    expect(source.files).toEqual({
      'web/main.tf': Buffer.from('resource {}').toString('base64'),
      'web/über.html': Buffer.from('ü').toString('base64'),
    });
    expect(source.document).toContain('name: shop');
    const again = await room.service.publish(source, someone);
    expect(again).toMatchObject({ version: '1.0.0', status: 'published' });
    expect((await room.service.getById(id)).version).toBe('1.0.0');
    expect(
      await refusal(room.service.getSource('shop', '2.0.0', someone)),
    ).toMatchObject({ name: 'NotFoundError' });
  });

  it('writes the snapshot back as it was, without what tools leave behind', async () => {
    const { snapshotDigest } = await room.publish(blueprintText(), {
      'web/main.tf': 'resource {}',
      'web/pages/über uns.html': '<p>ü</p>',
      'web/.terraform/providers/x': 'no',
      'web/terraform.tfstate': 'no',
      'web/terraform.tfstate.1700.backup': 'no',
      'README.md': 'not part of any component',
    });
    const folder = join(room.workDirectory, 'again');
    await room.service.materialise({ snapshotDigest, folder });
    await room.service.materialise({ snapshotDigest, folder });

    expect(readdirSync(folder)).toEqual(['web']);
    expect(readdirSync(join(folder, 'web')).sort()).toEqual([
      'main.tf',
      'pages',
    ]);
    expect(readFileSync(join(folder, 'web/pages/über uns.html'), 'utf8')).toBe(
      '<p>ü</p>',
    );
  });

  it('stops writing a snapshot when told to', async () => {
    const { snapshotDigest } = await room.publish(blueprintText(), WEB);
    const folder = join(room.workDirectory, 'stopped');
    await expect(
      room.service.materialise({
        snapshotDigest,
        folder,
        signal: AbortSignal.abort(),
      }),
    ).rejects.toThrow(/abort/i);
    expect(existsSync(join(folder, 'web'))).toBe(false);
  });

  it('answers the same version to the same content, whatever the words around it', async () => {
    const first = await room.publish(blueprintText(), WEB);
    await room.check();
    const again = await room.publish(blueprintText({ title: 'Store' }), WEB);

    expect(again).toMatchObject({ id: first.id, status: 'published' });
    expect(room.rings()).toBe(1);
    expect((await room.service.get('shop', someone)).title).toBe('Store');
  });

  it('refuses other content while that of before is being checked, and waits for nobody', async () => {
    const { id } = await room.publish(blueprintText(), WEB);
    const other = () =>
      room.publish(blueprintText().replace('default: 2h', 'default: 1h'), WEB);
    // As whoever checks it holds it, and then wants the blueprint.
    await room.knex.transaction(async tx => {
      expect(await room.versions.lock(tx, id)).toBeDefined();
      const { problems } = await refusal(other());
      expect(problems).toMatchObject([{ code: 'blueprint.version.busy' }]);
      await room.blueprints.lock(tx, 'shop');
    });
    expect(await other()).toMatchObject({ id, status: 'validating' });
  });

  it('refuses other content under a published version and says what differs', async () => {
    await room.publish(blueprintText(), WEB);
    await room.check();

    const { name, problems } = await refusal(
      room.publish(blueprintText().replace('default: 2h', 'default: 1h'), {
        'web/main.tf': 'resource { changed }',
      }),
    );
    expect(name).toBe('ConflictError');
    expect(problems).toMatchObject([
      {
        code: 'blueprint.version.immutable',
        message: expect.stringContaining('spec.ttl, web/main.tf'),
        remedy: expect.stringContaining('Raise spec.version'),
      },
    ]);
    const [kept] = (await room.service.list({}, someone)).slice(0, 1);
    expect(kept).toMatchObject({ recommendedVersion: '1.0.0', problems: [] });
  });

  it('recommends the highest version that is no prerelease', async () => {
    for (const version of ['1.10.0', '1.9.0', '2.0.0-rc.1']) {
      await room.publish(blueprintText({ version }), WEB);
      await room.check();
    }
    expect(await room.service.getForRequest({ name: 'shop' })).toMatchObject({
      version: '1.10.0',
    });
    const { versionList } = await room.service.get('shop', someone);
    expect(versionList.map(({ version }) => version)).toEqual([
      '2.0.0-rc.1',
      '1.10.0',
      '1.9.0',
    ]);
  });

  it('names a missing source at its line and leaves nothing behind', async () => {
    const { name, problems } = await refusal(
      room.publish(blueprintText(), { 'elsewhere/main.tf': '' }),
    );
    expect(name).toBe('InputError');
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'blueprint.source.missing',
        component: 'web',
        place: { file: 'blueprint.yaml', line: 14, column: 15 },
        remedy: expect.stringContaining('web beside the blueprint'),
      }),
    ]);
    for (const table of ['blueprints', 'blueprint_versions', 'snapshots']) {
      expect(await room.knex(table)).toEqual([]);
    }
  });

  it('names an unknown driver at its line', async () => {
    const { problems } = await refusal(
      room.publish(
        blueprintText().replace('driver: fault', 'driver: terrafrom'),
        WEB,
      ),
    );
    expect(problems).toMatchObject([
      {
        code: 'blueprint.driver.unknown',
        place: { line: 13, column: 15 },
      },
    ]);
  });

  it('refuses files that would be written elsewhere', async () => {
    const { problems } = await refusal(
      room.publish(blueprintText(), {
        ...WEB,
        'web/../../etc/passwd': 'x',
        'web/a\0b': 'x',
        'web//c': 'x',
      }),
    );
    expect(problems?.map(({ code }) => code)).toEqual([
      'blueprint.file.path',
      'blueprint.file.path',
      'blueprint.file.path',
    ]);
    expect(await room.knex('blobs')).toEqual([]);
  });

  it('tells files in another encoding than base64', async () => {
    const { problems } = await refusal(
      room.service.publish(
        { document: blueprintText(), files: { 'web/main.tf': 'ä' } },
        someone,
      ),
    );
    expect(problems).toMatchObject([{ code: 'blueprint.file.encoding' }]);
  });
});

describe('checking the sources of a version', () => {
  let room: ReturnType<typeof furnish>;
  beforeEach(async () => {
    room = furnish(await databases.create());
  });

  const broken = {
    code: 'terraform.syntax',
    message: 'An argument is expected here.',
    place: { file: 'web/main.tf', line: 3, column: 1 },
  };

  it('rejects what draws on outputs that a source does not give', async () => {
    room.driver.script('web', { declares: ['urls', 'id'] });
    await room.publish(blueprintText(), WEB);
    await room.check();
    expect((await room.service.list({}, someone))[0].problems).toMatchObject([
      {
        code: 'blueprint.output.unknown',
        component: 'web',
        message: expect.stringContaining('outputs.url.value draws on'),
        remedy: 'Did you mean "urls"?',
      },
    ]);
    room.driver.script('web', { declares: ['url'] });
    await room.publish(blueprintText(), WEB);
    await room.check();
    expect((await room.service.list({}, someone))[0]).toMatchObject({
      recommendedVersion: '1.0.0',
    });
  });

  it('rejects what the driver finds wrong, with its place, and lets it be mended', async () => {
    room.driver.script('web', { problems: [broken] });
    const { id } = await room.publish(blueprintText(), WEB);
    await room.check();

    const [summary] = await room.service.list({}, someone);
    expect(summary).toMatchObject({
      recommendedVersion: undefined,
      versions: 1,
      problems: [{ ...broken, component: 'web' }],
    });
    expect(
      await refusal(room.service.getForRequest({ name: 'shop' })),
    ).toMatchObject({
      problems: [{ code: 'blueprint.version.not-found' }],
    });
    expect(
      await refusal(
        room.service.getForRequest({ name: 'shop', version: '1.0.0' }),
      ),
    ).toMatchObject({ problems: [{ code: 'blueprint.version.rejected' }] });

    room.driver.script('web', {});
    const mended = await room.publish(blueprintText(), {
      'web/main.tf': 'resource { mended }',
    });
    expect(mended).toMatchObject({ id, status: 'validating', problems: [] });
    await room.check();
    expect(await room.service.getForRequest({ name: 'shop' })).toMatchObject({
      versionId: id,
      snapshotDigest: mended.snapshotDigest,
    });
  });

  it('checks a version once, however often it is asked', async () => {
    const { id } = await room.publish(blueprintText(), WEB);
    const signal = new AbortController().signal;
    let checks = 0;
    jest.spyOn(room.driver, 'validate').mockImplementation(async () => {
      checks++;
      return [];
    });
    await Promise.all([
      room.validator.validateVersion(id, signal),
      room.validator.validateVersion(id, signal),
      room.validator.validateVersion(id, signal),
    ]);
    await room.check();
    expect(checks).toBe(1);
    expect(await room.validator.listUnvalidated()).toEqual([]);
  });

  it('leaves a version waiting when the process stops midway, and nothing on disk', async () => {
    const { id } = await room.publish(blueprintText(), WEB);
    const stopping = new AbortController();
    jest.spyOn(room.driver, 'validate').mockImplementationOnce(async () => {
      stopping.abort();
      throw new Error('interrupted');
    });
    await room.validator.validateVersion(id, stopping.signal);

    expect(await room.validator.listUnvalidated()).toEqual([id]);
    expect(readdirSync(room.workDirectory)).toEqual([]);
    await room.check();
    expect(await room.service.getForRequest({ name: 'shop' })).toMatchObject({
      versionId: id,
    });
  });

  it('rejects a version whose check breaks off, so that it does not break off for ever', async () => {
    await room.publish(blueprintText(), WEB);
    jest
      .spyOn(room.driver, 'validate')
      .mockRejectedValueOnce(new Error('disk on fire at /secret/place'));
    await room.check();
    const [{ problems }] = await room.service.list({}, someone);
    expect(problems).toMatchObject([
      { code: 'blueprint.check.failed', component: 'web' },
    ]);
    expect(JSON.stringify(problems)).not.toContain('secret');
  });

  it('keeps the reason that a driver gives for breaking off', async () => {
    await room.publish(blueprintText(), WEB);
    jest
      .spyOn(room.driver, 'validate')
      .mockRejectedValueOnce(
        new DriverError({ code: 'terraform.missing', message: 'No binary.' }),
      );
    await room.check();
    const [{ problems }] = await room.service.list({}, someone);
    expect(problems).toMatchObject([{ code: 'terraform.missing' }]);
  });

  it('gives the driver the files of its component alone', async () => {
    await room.publish(blueprintText(), WEB);
    let seen: string[] = [];
    jest
      .spyOn(room.driver, 'validate')
      .mockImplementationOnce(async ({ component, sourcePath }) => {
        seen = [sourcePath, ...readdirSync(component.folder)];
        return [];
      });
    await room.check();
    expect(seen).toEqual(['web', 'main.tf']);
  });
});
