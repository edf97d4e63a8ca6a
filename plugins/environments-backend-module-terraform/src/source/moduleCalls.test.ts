import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moduleOf } from '../testing/modules';
import { hclModuleCalls, readModuleCalls } from './moduleCalls';

describe('the calls of a module', () => {
  it.each([
    ['module "a" {\n  source = "./a"\n}', './a'],
    ['module a {source="./a"}', './a'],
    [
      '# module "b" {}\nmodule "a" { /* source = "./b" */ source = "./a" }',
      './a',
    ],
    [
      'module "a" {\n  x = { source = "./b" }\n  source = "./a" # "./c"\n}',
      './a',
    ],
    [
      'module "a" {\n  source = "git\\u003a:https://h/r"\n}',
      'git::https://h/r',
    ],
    ['module "a" {\n  source = "./${var.a}"\n}', undefined],
    ['module "a" {\n  source = var.a\n}', undefined],
    ['module "a" { source = "./a" == "" ? "./b" : "./c" }', undefined],
    ['module "a" {\n  source = format("./a")\n}', undefined],
    ['module "a" {\n  source = <<E\n./a\nE\n}', undefined],
    ['module "a" {\n}', undefined],
  ])('are read in %s', (text, source) => {
    expect(hclModuleCalls('main.tf', text)).toMatchObject([
      { name: 'a', file: 'main.tf' },
    ]);
    expect(hclModuleCalls('main.tf', text)[0].source).toBe(source);
  });

  it.each([
    'resource module "a" {\n  source = "./a"\n}',
    'resource "module" "a" {\n  source = "./a"\n}',
    'locals {\n  x = "module \\"a\\" { source = 1 }"\n  module = "./a"\n}',
    'output "x" {\n  value = <<E\nmodule "a" {\n  source = "./a"\n}\nE\n}',
  ])('are not seen in %s', text => {
    expect(hclModuleCalls('main.tf', text)).toEqual([]);
  });

  describe('in a folder', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'module-calls-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('are those of all files, with what overrides say in their place', async () => {
      await moduleOf({
        'a_override.tf': 'module "one" { source = "./other" }',
        'main.tf':
          'module "one" {\n  source = "acme/a/b"\n  version = "~> 1.0"\n}',
        'two.tf.json': JSON.stringify({ module: { two: { source: './two' } } }),
        'broken.tf.json': '{',
        'read.me': 'module "three" { source = "./three" }',
        '.hidden.tf': 'module "four" { source = "./four" }',
      })(folder);
      expect(await readModuleCalls(folder, 'Terraform')).toEqual([
        {
          name: 'one',
          source: './other',
          version: '~> 1.0',
          file: 'main.tf',
          line: 1,
        },
        { name: 'two', source: './two', file: 'two.tf.json' },
      ]);
    });

    it('come from .tofu files with OpenTofu alone', async () => {
      await moduleOf({
        'main.tf': 'module "one" { source = "./one" }',
        'main.tofu': 'module "two" { source = "./two" }',
        'more.tofu': 'module "three" { source = "./three" }',
      })(folder);
      const names = async (product: 'OpenTofu' | 'Terraform') =>
        (await readModuleCalls(folder, product)).map(({ name }) => name);
      expect(await names('OpenTofu')).toEqual(['two', 'three']);
      expect(await names('Terraform')).toEqual(['one']);
    });
  });
});
