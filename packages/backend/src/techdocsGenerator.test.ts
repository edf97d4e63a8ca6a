import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { TechdocsGenerator } from '@backstage/plugin-techdocs-node';
import { inWords } from './techdocsGenerator';

describe('the TechDocs generator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenroom-techdocs-'));
  const path = process.env.PATH;
  afterEach(() => {
    process.env.PATH = path;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says in words that MkDocs is missing, and how to get it', async () => {
    process.env.PATH = join(folder, 'nothing-here');
    writeFileSync(join(folder, 'mkdocs.yml'), 'site_name: Test\n');
    const logger = mockServices.logger.mock();
    const generator = inWords(
      TechdocsGenerator.fromConfig(
        mockServices.rootConfig({
          data: { techdocs: { generator: { runIn: 'local' } } },
        }),
        { logger },
      ),
    );
    await expect(
      generator.run({
        inputDir: folder,
        outputDir: join(folder, 'site'),
        logger,
      }),
    ).rejects.toThrow(/^MkDocs is not installed here.*Install Python 3/);
  });

  it('passes other failures on as they are', async () => {
    const failure = new Error('mkdocs.yml, line 3: what is this?');
    const generator = inWords({ run: async () => Promise.reject(failure) });
    await expect(generator.run({} as never)).rejects.toBe(failure);
  });
});
