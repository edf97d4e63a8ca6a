import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hclVariables, readModule } from './variables';

const namesIn = (text: string) =>
  hclVariables('main.tf', text).map(({ name }) => name);

describe('hclVariables', () => {
  it('finds variables with their line, and whether they must be given', () => {
    expect(
      hclVariables(
        'main.tf',
        `
variable "name" {
  type = string
}

variable size {
  default = "small"
}
`,
      ),
    ).toEqual([
      {
        name: 'name',
        required: true,
        sensitive: false,
        file: 'main.tf',
        line: 2,
      },
      {
        name: 'size',
        required: false,
        sensitive: false,
        file: 'main.tf',
        line: 6,
      },
    ]);
  });

  it('is not misled by comments, strings, templates and heredocs', () => {
    expect(
      namesIn(`
# variable "commented" {}
// variable "commented" {}
/* variable "commented" {
*/
locals {
  text   = "variable \\"quoted\\" {}"
  nested = "\${join(",", [for v in ["variable \\"x\\" {}"] : "}\${v}"])}"
  plain  = "$\${ not a template"
  long   = <<-EOT
    variable "heredoc" {
    }
    "
    EOT
}
variable "real" {}
`),
    ).toEqual(['real']);
  });

  it('takes only a default of the variable itself for one', () => {
    expect(
      hclVariables(
        'main.tf',
        `
variable "a" {
  type = object({ default = string })
  validation {
    condition     = var.a.default == "x"
    error_message = "default = nothing"
  }
}
variable "b" {
  default = {
    default = 1
  }
}
`,
      ).map(({ name, required }) => [name, required]),
    ).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('takes no reference, attribute or inner block for a declaration', () => {
    expect(
      namesIn(`
resource "x" "variable" {
  variable "inner" {}
  variable = var.a
}
output "variable" { value = 1 }
`),
    ).toEqual([]);
  });

  it.each([
    'variable "a',
    'variable "a" {',
    'x = <<EOT\nvariable "a" {}',
    '/*',
  ])('ends with source that is cut off: %j', text => {
    expect(namesIn(text).length).toBeLessThanOrEqual(1);
  });
});

describe('readModule', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-module-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('reads both syntaxes and the files of OpenTofu, and joins overrides', async () => {
    const files = {
      'main.tf': 'variable "a" {}\nvariable "b" {}',
      'main_override.tf': 'variable "b" {\n  default = 1\n}',
      'more.tf.json':
        '{"variable": {"c": {"type": "string"}, "d": [{"default": null}]}}',
      'other.tofu': 'variable "e" {}',
      'broken.tf.json': '{',
      'notes.md': 'variable "f" {}',
      'values.tfvars': 'g = 1',
    };
    for (const [name, text] of Object.entries(files))
      await writeFile(join(folder, name), text);
    const module = await readModule(folder);
    expect(module.files).toEqual([
      'broken.tf.json',
      'main.tf',
      'main_override.tf',
      'more.tf.json',
      'other.tofu',
    ]);
    expect(
      module.variables.map(({ name, required, file }) => [
        name,
        required,
        file,
      ]),
    ).toEqual([
      ['a', true, 'main.tf'],
      ['b', false, 'main.tf'],
      ['c', true, 'more.tf.json'],
      ['d', false, 'more.tf.json'],
      ['e', true, 'other.tofu'],
    ]);
  });
});
