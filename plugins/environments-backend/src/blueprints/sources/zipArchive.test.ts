import { Readable } from 'node:stream';
import JSZip, { JSZipFileOptions } from 'jszip';
import { SNAPSHOT_LIMITS } from '@greenroom/plugin-environments-common';
import { readArchive } from './archive';

/** Reading one needs no folder: this one can't be made. */
const NOWHERE = '/proc/nowhere';

const read = (archive: Buffer) =>
  readArchive('it', Readable.from([archive]), {
    kind: 'zip',
    workDirectory: NOWHERE,
  });

async function zipped(
  files: Record<string, string | Buffer>,
  options: JSZipFileOptions = {},
): Promise<Buffer> {
  const zip = new JSZip();
  for (const [path, content] of Object.entries(files)) {
    zip.file(path, content, { createFolders: false, ...options });
  }
  return zip.generateAsync({
    type: 'nodebuffer',
    platform: 'UNIX',
    compression: 'DEFLATE',
  });
}

/** Every place where one name stands, overwritten by another of its length. */
function renamed(archive: Buffer, from: string, to: string): Buffer {
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}

/** With another size in its list of files, and beside the file. */
function sayingSize(archive: Buffer, real: number, said: number): Buffer {
  const [from, to] = [real, said].map(size => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(size);
    return bytes.toString('latin1');
  });
  return renamed(archive, from, to);
}

const unreadable = (what: string) => ({
  problems: [
    {
      code: 'blueprint.source.unreadable',
      message: expect.stringContaining(what),
    },
  ],
});

describe('a zip archive', () => {
  it('gives its files, without what tools have left in them', async () => {
    const archive = await zipped({
      'main.tf': 'x',
      'sub/more.tf': 'y',
      '.terraform/plugin': 'never',
    });
    expect(await read(archive)).toEqual([
      { path: 'main.tf', content: Buffer.from('x') },
      { path: 'sub/more.tf', content: Buffer.from('y') },
    ]);
  });

  it.each([
    ['up/main.tf', '../main.tf', 'relative path'],
    ['aa/main.tf', '//main.tfs', 'absolute path'],
    ['up/main.tf', '..\\main.tf'.slice(0, 10), 'invalid characters'],
  ])('is refused when %s becomes %s', async (from, to, what) => {
    const archive = await zipped({ [from]: 'x' });
    await expect(read(renamed(archive, from, to))).rejects.toMatchObject(
      unreadable(what),
    );
  });

  it('is refused with a link', async () => {
    const archive = await zipped(
      { 'link.tf': '/etc/passwd' },
      { unixPermissions: 0o120777 },
    );
    await expect(read(archive)).rejects.toMatchObject(
      unreadable('the link link.tf'),
    );
  });

  it('gives its files by one path each, however its entries spell it', async () => {
    const archive = await zipped({ 'aa.tf': 'x', 'bbb/x.tf': 'y' });
    const spelled = renamed(archive, 'aa.tf', './a.t');
    expect(await read(renamed(spelled, 'bbb/x.tf', '.git//xy'))).toEqual([
      { path: 'a.t', content: Buffer.from('x') },
    ]);
    const twice = await zipped({ 'a.tf': 'x', '__b.tf': 'y' });
    await expect(
      read(renamed(twice, '__b.tf', './a.tf')),
    ).rejects.toMatchObject(unreadable('a.tf twice'));
  });

  it('is refused with the same path twice', async () => {
    const archive = await zipped({ 'a.tf': 'x', 'b.tf': 'y' });
    await expect(read(renamed(archive, 'b.tf', 'a.tf'))).rejects.toMatchObject(
      unreadable('a.tf twice'),
    );
  });

  it('is refused when it would become larger than what is kept', async () => {
    const zeros = Buffer.alloc(SNAPSHOT_LIMITS.bytes + 1);
    const archive = await zipped({ 'bomb.tf': zeros });
    expect(archive.length).toBeLessThan(100_000);
    await expect(read(archive)).rejects.toMatchObject({
      problems: [{ code: 'blueprint.files.too-large' }],
    });
  });

  it('is refused by what its entries say, before anything is unpacked', async () => {
    const archive = await zipped({ 'bomb.tf': Buffer.alloc(1_000_000) });
    await expect(
      read(sayingSize(archive, 1_000_000, 3_000_000_000)),
    ).rejects.toMatchObject({
      problems: [{ code: 'blueprint.files.too-large' }],
    });
  });

  it('is refused when a file is larger than its entry says', async () => {
    const archive = await zipped({ 'bomb.tf': Buffer.alloc(1_000_000) });
    await expect(
      read(sayingSize(archive, 1_000_000, 10)),
    ).rejects.toMatchObject(unreadable('too many bytes'));
  });

  it('is refused with more files than are kept', async () => {
    const archive = await zipped(
      Object.fromEntries(
        Array.from({ length: SNAPSHOT_LIMITS.files + 1 }, (_, index) => [
          `${index}.tf`,
          '',
        ]),
      ),
    );
    await expect(read(archive)).rejects.toMatchObject({
      problems: [{ code: 'blueprint.files.too-many' }],
    });
  });

  it('is refused when it is too large itself, without reading on', async () => {
    let given = 0;
    const endless = Readable.from(
      (function* chunks() {
        for (;;) yield Buffer.alloc(++given && 1024 * 1024);
      })(),
    );
    await expect(
      readArchive('it', endless, { kind: 'zip', workDirectory: NOWHERE }),
    ).rejects.toMatchObject(unreadable('too large'));
    expect(given).toBeLessThan(40);
  });

  it('is refused when it is none, or is cut off', async () => {
    const archive = await zipped({ 'main.tf': 'x'.repeat(5000) });
    for (const broken of [
      Buffer.from('no archive'),
      archive.subarray(0, archive.length - 30),
    ]) {
      await expect(read(broken)).rejects.toMatchObject({
        problems: [{ code: 'blueprint.source.unreadable' }],
      });
    }
  });
});
