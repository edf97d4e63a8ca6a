import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { script } from './testing/script';
import { locateTool } from './tool';

describe('locateTool', () => {
  const scripts: string[] = [];
  const saying = async (...lines: string[]) => {
    const path = await script(...lines.map(line => `echo '${line}'`));
    scripts.push(path);
    return path;
  };

  afterAll(async () => {
    for (const path of scripts) await rm(dirname(path), { recursive: true });
  });

  it('knows both products by what they say, warnings before it or not', async () => {
    const tofu = await saying('Warning: something', '', 'OpenTofu v1.12.6-dev');
    expect(await locateTool(tofu)).toEqual({
      product: 'OpenTofu',
      version: '1.12.6-dev',
      path: tofu,
    });
    const terraform = await saying('Terraform v1.11.4', 'on linux_amd64');
    expect(await locateTool(terraform)).toMatchObject({ product: 'Terraform' });
  });

  it.each(['Terraform v1.9.0', 'OpenTofu v1.8.0'])(
    'takes the oldest release that will do, %s',
    async words => {
      expect(await locateTool(await saying(words))).toMatchObject({
        version: words.split(' v')[1],
      });
    },
  );

  it('asks it without the configuration of the account', async () => {
    const path = await script(
      'test "$TF_CLI_CONFIG_FILE" = /dev/null || exit 1',
      'echo "Terraform v1.11.4"',
    );
    scripts.push(path);
    expect(await locateTool(path)).toMatchObject({ path });
  });

  it('looks for a bare name on the PATH', async () => {
    const path = await saying('Terraform v1.11.4');
    const before = process.env.PATH;
    process.env.PATH = `/nowhere:${dirname(path)}`;
    try {
      expect(await locateTool('tool')).toMatchObject({ path });
      await expect(locateTool('no-such-tool')).rejects.toThrow(
        'There is no program "no-such-tool" on the PATH (looked in 2 folders). Install OpenTofu ≥ 1.8 or Terraform ≥ 1.9',
      );
    } finally {
      process.env.PATH = before;
    }
  });

  it('says where it looked for a path that leads nowhere', async () => {
    await expect(locateTool('/no/such/tool')).rejects.toMatchObject({
      code: 'terraform.tool.missing',
      message: expect.stringContaining('no program at /no/such/tool'),
    });
  });

  it.each([
    ['Terraform v1.8.5', 'is Terraform 1.8.5, older than 1.9.0'],
    ['OpenTofu v1.7.0', 'is OpenTofu 1.7.0, older than 1.8.0'],
    ['Pulumi 3', 'is neither OpenTofu nor Terraform'],
  ])('refuses %s', async (words, message) => {
    await expect(locateTool(await saying(words))).rejects.toMatchObject({
      code: 'terraform.tool.unfit',
      message: expect.stringContaining(message),
      remedy: expect.stringContaining('environments.terraform.binary'),
    });
  });

  it('refuses what cannot run here', async () => {
    const path = join(dirname(await saying('x')), 'broken');
    await writeFile(path, '\x7fELF broken', { mode: 0o755 });
    await expect(locateTool(path)).rejects.toMatchObject({
      code: 'terraform.tool.unfit',
    });
    const failing = await script('echo "bad CPU" >&2', 'exit 3');
    scripts.push(failing);
    await expect(locateTool(failing)).rejects.toThrow(/bad CPU/);
    const verbose = await script('seq 1 20000 >&2', 'exit 3');
    scripts.push(verbose);
    const { message } = await locateTool(verbose).catch(error => error);
    expect(message).toContain('20000');
    expect(message.length).toBeLessThan(10_000);
  });
});
