import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  DriverError,
  DriverPackage,
  DriverPackageAddress,
  DriverSourceFile,
} from '@greenroom/plugin-environments-node';
import { moduleOf } from '../testing/modules';
import { keepPins, pinModules, prepareModules } from './modules';

const PRODUCT = 'Terraform';
const call = (name: string, source: string) =>
  `module "${name}" {\n  source = "${source}"\n}\n`;

describe('the modules of a source', () => {
  let root: string;
  let folder: string;
  let fetched: DriverPackageAddress[];
  let kept: Map<string, Buffer>;
  /** What lies elsewhere, by repository or module. */
  let packages: Record<string, Record<string, string>>;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'modules-'));
    folder = join(root, 'stack/site');
    await mkdir(folder, { recursive: true });
    fetched = [];
    kept = new Map();
    packages = {};
  });
  afterEach(() => rm(root, { recursive: true }));

  async function fetch(address: DriverPackageAddress): Promise<DriverPackage> {
    fetched.push(address);
    const at = address.kind === 'git' ? address.repository : address.module;
    if (!packages[at]) {
      throw new DriverError({ code: 'blueprint.source.missing', message: at });
    }
    return {
      resolved: address.kind === 'git' ? 'c0ffee' : '1.2.3',
      files: Object.entries(packages[at]).map(([path, text]) => ({
        path,
        content: Buffer.from(text),
      })),
    };
  }

  const component = () => ({ id: 'site', with: {}, folder });
  const context = () => ({
    component: component(),
    secrets: [],
    sourcePath: 'stack/site',
    fetch,
    keep: ({ path, content }: DriverSourceFile) => {
      kept.set(path, content);
    },
    signal: new AbortController().signal,
  });

  async function write(files: Record<string, string>, at = folder) {
    for (const path of Object.keys(files))
      await mkdir(dirname(join(at, path)), { recursive: true });
    await moduleOf(files)(at);
  }

  async function problemsOf(files: Record<string, string>) {
    await write(files);
    return (await pinModules(context(), PRODUCT)).problems;
  }

  const listed = async (at = folder) =>
    JSON.parse(
      await readFile(join(at, '.terraform/modules/modules.json'), 'utf8'),
    ).Modules.map(({ Key, Source, Version }: Record<string, string>) =>
      [Key, Source, Version].filter(Boolean).join(' '),
    );

  it('are fetched with all that they call, each package once, and listed for the tool', async () => {
    packages = {
      'https://git.example.com/acme/net.git': {
        'a/main.tf': call('b', '../b') + call('dns', 'acme/dns/aws'),
        'b/main.tf': '',
      },
      'acme/dns/aws': { 'main.tf': '' },
    };
    const git = 'git::https://git.example.com/acme/net.git';
    expect(
      await problemsOf({
        'main.tf':
          call('near', './near') +
          call('net', `${git}//a?ref=v1`) +
          call('again', `${git}//b?ref=v1`),
        'near/main.tf': '',
      }),
    ).toEqual([]);
    expect(fetched).toHaveLength(2);
    expect(await listed()).toEqual([
      '',
      'near ./near',
      `net ${git}//a?ref=v1`,
      'net.b ../b',
      'net.dns registry.terraform.io/acme/dns/aws 1.2.3',
      `again ${git}//b?ref=v1`,
    ]);
  });

  it('are found again without anybody to ask, wherever they were published from', async () => {
    packages = { 'acme/dns/aws': { 'main.tf': '' } };
    const source = { 'main.tf': call('dns', 'acme/dns/aws') };
    await write(source);
    const pinned = await pinModules(context(), PRODUCT);
    await keepPins(context(), pinned.packages);

    const copy = join(root, 'copy');
    await write(source, copy);
    await write(
      Object.fromEntries(
        [...kept].map(([path, content]) => [path, content.toString()]),
      ),
      copy,
    );
    await prepareModules(
      { id: 'site', folder: copy, sourcePath: 'stack/site' },
      PRODUCT,
    );
    expect(fetched).toHaveLength(1);
    expect(await listed(copy)).toEqual(await listed());
  });

  it('are refused at work when they were not published', async () => {
    await write({ 'main.tf': call('dns', 'acme/dns/aws') });
    await expect(
      prepareModules({ ...component(), sourcePath: 'stack/site' }, PRODUCT),
    ).rejects.toMatchObject({
      problem: {
        code: 'terraform.module.unpinned',
        place: { file: 'stack/site/main.tf', line: 1 },
      },
    });
  });

  it('leave out the tests of a module, which may call others', async () => {
    const test = 'run "a" {\n  module {\n    source = "acme/a/b"\n  }\n}\n';
    await problemsOf({
      'main.tf': '',
      'a.tftest.hcl': test,
      'tests/b.tftest.hcl': test,
    });
    for (const path of ['a.tftest.hcl', 'tests/b.tftest.hcl'])
      await expect(readFile(join(folder, path))).rejects.toThrow('ENOENT');
    expect(fetched).toEqual([]);
  });

  it.each([
    'git::ssh://git@git.example.com/acme/net.git?ref=v1',
    'file:///etc',
    '/etc',
    'http://169.254.169.254/latest',
    's3::https://s3.amazonaws.com/bucket/net.zip',
  ])('are refused from %s, which nobody asks for', async source => {
    expect(await problemsOf({ 'main.tf': `\n${call('a', source)}` })).toEqual([
      {
        code: 'terraform.module.refused',
        component: 'site',
        message: expect.stringContaining(source),
        place: { file: 'stack/site/main.tf', line: 2 },
        remedy: expect.any(String),
      },
    ]);
    expect(fetched).toEqual([]);
  });

  it('are refused deep in what was fetched, too', async () => {
    packages = { 'acme/dns/aws': { 'main.tf': call('b', 'file:///etc') } };
    expect(
      await problemsOf({ 'main.tf': call('a', 'acme/dns/aws') }),
    ).toMatchObject([
      {
        code: 'terraform.module.refused',
        place: {
          file: expect.stringMatching(
            /^stack\/site\/\.greenroom-modules\/[0-9a-f]{16}\/main\.tf$/,
          ),
        },
      },
    ]);
  });

  it.each([
    ['../../etc', 'terraform.module.outside'],
    ['../../stack-b', 'terraform.module.outside'],
    ['../nowhere', 'terraform.module.missing'],
    ['./${path.module}', 'terraform.module.source'],
  ])('are refused at %s by %s', async (source, code) => {
    await write({ 'main.tf': '' }, join(root, 'stack-b'));
    expect(await problemsOf({ 'main.tf': call('a', source) })).toMatchObject([
      { code, place: { file: 'stack/site/main.tf', line: 1 } },
    ]);
  });

  it('may not leave their package', async () => {
    packages = { 'acme/dns/aws': { 'main.tf': call('b', '../') } };
    expect(
      await problemsOf({ 'main.tf': call('a', 'acme/dns/aws') }),
    ).toMatchObject([{ code: 'terraform.module.outside' }]);
  });

  it('say why a package is not to be had, at the call', async () => {
    expect(
      await problemsOf({ 'main.tf': call('a', 'acme/dns/aws') }),
    ).toMatchObject([
      {
        code: 'blueprint.source.missing',
        place: { file: 'stack/site/main.tf', line: 1 },
      },
    ]);
  });

  it('may not call themselves, directly or by way of others', async () => {
    packages = {
      'acme/a/b': { 'main.tf': call('b', 'acme/c/d') },
      'acme/c/d': { 'main.tf': call('a', 'acme/a/b') },
    };
    expect(
      await problemsOf({
        'main.tf': call('loop', './loop') + call('a', 'acme/a/b'),
        'loop/main.tf': call('again', '../loop'),
      }),
    ).toMatchObject([
      { code: 'terraform.module.cycle' },
      { code: 'terraform.module.cycle' },
    ]);
  });

  it('are so many and no more', async () => {
    const levels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const files = Object.fromEntries(
      levels.map(level => [
        `l${level}/main.tf`,
        level < 9
          ? call('a', `../l${level + 1}`) + call('b', `../l${level + 1}`)
          : '',
      ]),
    );
    expect(
      await problemsOf({ 'main.tf': call('a', './l0'), ...files }),
    ).toMatchObject([{ code: 'terraform.module.too-many' }]);
    const many = Array.from({ length: 51 }, (_, n) => `acme/n${n}/aws`);
    packages = Object.fromEntries(many.map(name => [name, { 'main.tf': '' }]));
    expect(
      await problemsOf({
        'main.tf': many.map((name, n) => call(`n${n}`, name)).join(''),
      }),
    ).toMatchObject([{ code: 'terraform.module.too-many' }]);
  });
});
