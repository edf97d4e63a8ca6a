import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blueprintSchema } from '@greenroom/plugin-environments-common';
import { runCommand } from '../__testUtils__/commands';
import { REPOSITORY, useFolders } from './__testUtils__/folders';

describe('blueprint init', () => {
  const folders = useFolders();
  const init = (...args: string[]) =>
    runCommand({ GREENROOM_ROOT: REPOSITORY }, 'blueprint', 'init', ...args);

  it('writes a blueprint that is right, under the name of its folder', async () => {
    const folder = join(await folders.empty(), 'tea-shop');
    const { code, out } = await init(folder);
    expect(code).toBe(0);
    expect(out).toContain(join(folder, 'module/main.tf'));
    expect(readdirSync(folder).sort()).toEqual([
      'README.md',
      'blueprint.yaml',
      'module',
    ]);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(
      /^# tea-shop\n/,
    );
    const lint = await runCommand({}, 'blueprint', 'lint', folder);
    expect(lint.out).toContain('tea-shop 0.1.0 is right.');
  });

  it('takes a name of its own', async () => {
    const folder = await folders.empty();
    expect((await init(folder, '--name', 'coffee')).code).toBe(0);
    const lint = await runCommand({}, 'blueprint', 'lint', folder);
    expect(lint.out).toContain('coffee 0.1.0 is right.');
  });

  it('overwrites nothing, and then writes nothing', async () => {
    const folder = await folders.empty();
    await mkdir(join(folder, 'module'));
    await writeFile(join(folder, 'module/main.tf'), 'mine');
    const { code, err } = await init(folder, '--name', 'tea');
    expect(code).toBe(1);
    expect(err).toContain('holds module/main.tf already.');
    expect(readFileSync(join(folder, 'module/main.tf'), 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['module']);
  });

  it('refuses a name that no blueprint can have', async () => {
    const folder = await folders.empty();
    const { code, err } = await init(folder, '--name', 'Tea Shop');
    expect(code).toBe(2);
    expect(err).toMatch(
      /"Tea Shop" can't be the name.*\n {2}→ Expected: small letters/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('blueprint schema', () => {
  it('prints what editors check by', async () => {
    const { code, out } = await runCommand({}, 'blueprint', 'schema');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(blueprintSchema);
  });
});
