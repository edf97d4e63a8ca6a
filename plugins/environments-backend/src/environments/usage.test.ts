import { useTestDatabases } from '../testing/database';
import { testInputVault } from '../testing/keyring';
import { startTestEngine, TestEngine } from '../testing/engine';
import { EnvironmentUsage } from './usage';

describe('the use of blueprint versions', () => {
  const databases = useTestDatabases();
  let engine: TestEngine;
  const usage = new EnvironmentUsage(testInputVault);

  beforeEach(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => engine.stop());

  const single = () => engine.create({ blueprint: 'single', inputs: {} });
  const versionOf = async (name: string): Promise<string> => {
    const [id] = await engine
      .knex('blueprint_versions')
      .where({ blueprint_name: name })
      .pluck('id');
    return id;
  };

  it('lasts from the request until all that was made by them is gone', async () => {
    const { knex } = engine;
    const version = await versionOf('single');
    expect(await usage.versionsInUse(knex)).toEqual(new Set());
    const { environment } = await single();
    expect(await usage.versionsInUse(knex)).toEqual(new Set([version]));
    await engine.work();
    // An upgrade to another version that came to some of the components only.
    const other = await versionOf('shop');
    await knex('environments').update({ blueprint_version_id: other });
    expect(await usage.versionsInUse(knex)).toEqual(new Set([version, other]));
    await knex('environments').update({ blueprint_version_id: version });

    await engine.submit(environment.id, { kind: 'destroy' });
    await engine.work();
    expect(await usage.versionsInUse(knex)).toEqual(new Set());
  });

  it('keeps the database from deleting a version, its snapshot and the contents of its files', async () => {
    const { knex } = engine;
    await single();
    await engine.work();
    const version = await versionOf('single');
    const [{ snapshot_digest: digest }] = await knex(
      'blueprint_versions',
    ).where({
      id: version,
    });
    for (const [table, row] of [
      ['blueprint_versions', { id: version }],
      ['snapshots', { digest }],
      [
        'blobs',
        {
          digest: knex('snapshot_files')
            .where({ snapshot_digest: digest })
            .select('blob_digest')
            .first(),
        },
      ],
    ] as const) {
      await expect(knex(table).where(row).delete()).rejects.toMatchObject({
        code: '23503',
      });
    }
  });
});
