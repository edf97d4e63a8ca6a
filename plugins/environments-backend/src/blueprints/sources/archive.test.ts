import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { create } from 'tar';
import { readArchive } from './archive';

describe('a tar archive', () => {
  let root: string;
  let work: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'archive-'));
    work = join(root, 'work');
    mkdirSync(join(root, 'module'));
    writeFileSync(join(root, 'module/main.tf'), 'x');
    writeFileSync(join(root, 'beside.tf'), 'y');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const read = (archive: Buffer) =>
    readArchive('it', Readable.from([archive]), {
      kind: 'tar',
      workDirectory: work,
    });
  const packed = (...paths: string[]) =>
    create(
      {
        cwd: join(root, 'module'),
        gzip: true,
        sync: true,
        preservePaths: true,
      },
      paths,
    ).read()!;

  it('gives its files, without what tools have left in them', async () => {
    mkdirSync(join(root, 'module/.terraform'));
    writeFileSync(join(root, 'module/.terraform/plugin'), 'never');
    expect(await read(packed('.'))).toEqual([
      { path: 'main.tf', content: Buffer.from('x') },
    ]);
    expect(readdirSync(work)).toEqual([]);
  });

  it('is refused with a path that leads out', async () => {
    await expect(read(packed('../beside.tf'))).rejects.toMatchObject({
      problems: [{ code: 'blueprint.source.unreadable' }],
    });
    await expect(read(packed(join(root, 'beside.tf')))).rejects.toMatchObject({
      problems: [{ code: 'blueprint.source.unreadable' }],
    });
  });

  it('is refused with a link', async () => {
    symlinkSync('/etc/passwd', join(root, 'module/link.tf'));
    await expect(read(packed('.'))).rejects.toMatchObject({
      problems: [
        {
          code: 'blueprint.source.unreadable',
          message: expect.stringContaining('link.tf'),
        },
      ],
    });
    expect(readdirSync(work)).toEqual([]);
  });

  it('is refused when it is none', async () => {
    await expect(read(Buffer.from('no archive'))).rejects.toMatchObject({
      problems: [{ code: 'blueprint.source.unreadable' }],
    });
  });
});
