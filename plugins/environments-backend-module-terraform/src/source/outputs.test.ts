import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOutputs } from './outputs';

describe('readOutputs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'greenroom-outputs-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('finds outputs in all files and both syntaxes, and nothing that only looks like one', async () => {
    const files = {
      'main.tf': `output "url" { value = "output \\"no\\" {" }
locals {
  output = { a = 1 }
}
# output "commented" {}
output plain {
  value = { output = "x" }
}`,
      'more.tofu': 'output "extra" { value = 1 }',
      'json.tf.json': '{"output": [{"first": {}}, {"second": {}}]}',
      'broken.tf.json': '{"output": ',
      'readme.md': 'output "no" {}',
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), text);
    }
    expect(await readOutputs(folder)).toEqual([
      'extra',
      'first',
      'plain',
      'second',
      'url',
    ]);
  });
});
