import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import JSZip from 'jszip';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ProblemError } from '../errors';
import { useTestDatabases } from '../testing/database';
import { MIRA, startTestEngine, TestEngine } from '../testing/engine';

async function unpacked(archive: Readable): Promise<Record<string, string>> {
  const { files } = await JSZip.loadAsync(await buffer(archive));
  const texts: Record<string, string> = {};
  for (const [path, entry] of Object.entries(files)) {
    texts[path] = await entry.async('string');
  }
  return texts;
}

describe('taking an environment out', () => {
  let engine: TestEngine;

  // Stopped before the databases go, whose hook comes next.
  afterAll(() => engine.stop());
  const databases = useTestDatabases();

  beforeAll(async () => {
    engine = await startTestEngine(await databases.create());
  });
  afterEach(() => {
    engine.policy.byPermission = {};
  });

  const made = async () => {
    const { environment } = await engine.create();
    await engine.work();
    return environment;
  };

  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'it was given out',
      error => (error as ProblemError).problems[0].code,
    );

  it('gives the files of each component with what it was given, below its own name', async () => {
    const { id, name: of } = await made();
    const { name, archive } = await engine.rooms.eject.eject(id, MIRA);
    expect(name).toBe(of);
    const files = await unpacked(archive);
    expect(Object.keys(files).sort()).toEqual(
      [
        'README.md',
        'app/app/main.tf',
        'app/app/with.json',
        'database/database/main.tf',
        'database/database/with.json',
        'docs/docs/main.tf',
        'docs/docs/with.json',
      ].map(path => `${name}/${path}`),
    );
    expect(JSON.parse(files[`${name}/docs/docs/with.json`])).toEqual({
      pages: 3,
    });
  });

  it('leaves out what came from a sensitive output, and names it', async () => {
    const { id, name } = await made();
    const { archive } = await engine.rooms.eject.eject(id, MIRA);
    const files = await unpacked(archive);
    const given = JSON.parse(files[`${name}/app/app/with.json`]);
    expect(given).toEqual({ name: expect.any(String), url: 'postgres://db' });
    expect(files[`${name}/README.md`]).toContain(
      '- app: `password` (`TF_VAR_password`)',
    );
    expect(JSON.stringify(files)).not.toContain('correct-horse');
  });

  it('says in which order components are made, and what each uses', async () => {
    const { id, name } = await made();
    const { archive } = await engine.rooms.eject.eject(id, MIRA);
    const readme = (await unpacked(archive))[`${name}/README.md`];
    expect(readme).toMatch(
      /\| database \| `database\/database` \| fault \| 1\.0\.0 \| nothing \|\n\| app \| .* \| database \(url, password\) \|/,
    );
  });

  it('is on record', async () => {
    const { id } = await made();
    await engine.rooms.eject.eject(id, MIRA);
    const entry = await engine
      .knex('audit_entries')
      .where({ environment_id: id, action: 'environment.ejected' })
      .first();
    expect(entry).toMatchObject({
      actor: 'user:default/mira',
      details: { components: ['database', 'app', 'docs'] },
    });
  });

  it('names components of which nothing was made', async () => {
    engine.driver.script('docs', {
      plan: () => {
        throw new Error('no luck');
      },
    });
    const { id, name } = await made();
    engine.driver.script('docs', {});
    const { archive } = await engine.rooms.eject.eject(id, MIRA);
    const readme = (await unpacked(archive))[`${name}/README.md`];
    expect(readme).toContain('made of it: docs.');
  });

  it('is refused while nothing was made', async () => {
    const { environment } = await engine.create();
    expect(await codeOf(engine.rooms.eject.eject(environment.id, MIRA))).toBe(
      'environment.eject.nothing',
    );
    await engine.work();
  });

  it('knows nothing of environments that the caller may not read', async () => {
    const { id } = await made();
    engine.policy.byPermission['environments.environment.read'] = {
      result: AuthorizeResult.DENY,
    };
    expect(await codeOf(engine.rooms.eject.eject(id, MIRA))).toBe(
      'environment.not-found',
    );
  });

  it('is for those alone who may see blueprints', async () => {
    const { id } = await made();
    engine.policy.byPermission['environments.blueprint.read'] = {
      result: AuthorizeResult.DENY,
    };
    expect(await codeOf(engine.rooms.eject.eject(id, MIRA))).toBe(
      'request.not-allowed',
    );
  });
});
