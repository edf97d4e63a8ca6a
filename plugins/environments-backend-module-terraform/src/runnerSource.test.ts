import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunnerSource } from './runnerSource';

describe('createRunnerSource', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runner-source-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const saying = async (name: string, words: string) => {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\necho '${words}'\n`);
    await chmod(path, 0o755);
    return path;
  };

  it('takes the first tool that is fit', async () => {
    const old = await saying('tofu', 'OpenTofu v1.6.0');
    const fit = await saying('terraform', 'Terraform v1.11.4');
    const source = createRunnerSource({
      binaries: [old, fit],
      platformVariables: {},
    });
    expect((await source()).tool.path).toBe(fit);
  });

  it('tells of the unfit tool that is there rather than of the one that is not', async () => {
    const old = await saying('tofu', 'OpenTofu v1.6.0');
    const source = createRunnerSource({
      binaries: [old, '/no/such/terraform'],
      platformVariables: {},
    });
    await expect(source()).rejects.toThrow('older than 1.8.0');
  });

  it('finds a tool that was installed since the last look', async () => {
    const path = join(folder, 'tofu');
    const source = createRunnerSource({
      binaries: [path],
      platformVariables: {},
    });
    await expect(source()).rejects.toThrow('There is no program');
    await saying('tofu', 'OpenTofu v1.12.6');
    expect((await source()).tool.version).toBe('1.12.6');
  });
});
