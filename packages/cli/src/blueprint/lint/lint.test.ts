import '@microsoft/jest-sarif';
import { globSync } from 'node:fs';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Log } from 'sarif';
import { runCommand } from '../../__testUtils__/commands';
import { REPOSITORY, useFolders } from '../__testUtils__/folders';

const shipped = globSync('templates/**/blueprint.yaml', { cwd: REPOSITORY });

describe('blueprint lint', () => {
  const folders = useFolders();
  const lint = (...args: string[]) =>
    runCommand({}, 'blueprint', 'lint', ...args);

  const slip: [string, string, string] = [
    'blueprint.yaml',
    'title: In',
    'tittle: In',
  ];

  it('finds nothing wrong with a right blueprint, and says what nobody looked at', async () => {
    const folder = await folders.starter();
    const { code, out, err } = await lint(folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const file = join(folder, 'blueprint.yaml');
    expect(out).toContain(`${file}: my-blueprint 0.1.0 is right.`);
    expect(out).toContain('add --validate');
  });

  it.each(shipped)('finds nothing wrong with %s', async path => {
    const { code, out } = await lint(join(REPOSITORY, path));
    expect(out).toContain(' is right.');
    expect(code).toBe(0);
  });

  it('tells each problem with its place, code and remedy, and ends with 1', async () => {
    const folder = await folders.starter(slip);
    const file = join(folder, 'blueprint.yaml');
    const { code, out, err } = await lint(file);
    expect(code).toBe(1);
    expect(out).toMatch(
      /blueprint\.yaml:\d+:\d+: blueprint\.inputs\.schema: "tittle" is no/,
    );
    expect(out).toMatch(/\n {2}→ Mend its spelling/);
    expect(out).toContain(`${file}: not checked: The sources`);
    expect(err).toContain('There is 1 problem.');
  });

  it('goes on to other files, and answers for programs', async () => {
    const [wrong, right] = [
      await folders.starter(slip),
      await folders.starter(),
    ];
    const { code, out } = await lint('--format', 'json', wrong, right);
    expect(code).toBe(1);
    expect(JSON.parse(out).files).toMatchObject([
      {
        problems: [
          {
            code: 'blueprint.inputs.schema',
            place: { file: join(wrong, 'blueprint.yaml'), column: 9 },
            remedy: expect.anything(),
          },
        ],
      },
      { blueprint: { name: 'my-blueprint', version: '0.1.0' }, problems: [] },
    ]);
  });

  it('answers in SARIF as its schema says, with places that a code host finds', async () => {
    const folder = await folders.starter(slip);
    const path = relative('.', join(folder, 'blueprint.yaml'));
    const { out } = await lint(
      '--format',
      'sarif',
      path,
      await folders.starter(),
    );
    const log: Log = JSON.parse(out);
    expect(log).toBeValidSarifLog();
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules).toEqual([{ id: 'blueprint.inputs.schema' }]);
    expect(results).toHaveLength(1);
    expect(results![0].locations![0].physicalLocation).toEqual({
      artifactLocation: { uri: path },
      region: { startLine: expect.any(Number), startColumn: 9 },
    });
  });

  it('answers in SARIF when nothing is wrong', async () => {
    const { code, out } = await lint(
      '--format',
      'sarif',
      await folders.starter(),
    );
    expect(JSON.parse(out)).toBeValidSarifLog();
    expect(JSON.parse(out).runs[0].results).toEqual([]);
    expect(code).toBe(0);
  });

  it('tells where inputs of an example are none that a request could make', async () => {
    const { code, out } = await lint(
      await folders.starter(['blueprint.yaml', 'loud: true }', 'loud: 7 }']),
    );
    expect(out).toMatch(/blueprint\.yaml:\d+:\d+: blueprint\.example: /);
    expect(code).toBe(1);
  });

  it('tells of a source that is not there, at the place that names it', async () => {
    const folder = await folders.starter();
    await rm(join(folder, 'module'), { recursive: true });
    const { out } = await lint(folder);
    expect(out).toMatch(/blueprint\.yaml:\d+:15: blueprint\.source\.missing/);
  });

  it('tells of links and of files that are too large, by their own names', async () => {
    const folder = await folders.starter();
    await symlink('main.tf', join(folder, 'module/link.tf'));
    await writeFile(join(folder, 'module/big'), Buffer.alloc(6 * 1024 * 1024));
    const { out } = await lint(folder);
    expect(out).toContain(
      `${join(folder, 'module/link.tf')}: blueprint.file.link`,
    );
    expect(out).toContain(
      `${join(folder, 'module/big')}: blueprint.file.too-large`,
    );
  });

  it('knows without a tool what a module wants and is not given', async () => {
    const { code, out } = await lint(
      await folders.starter(
        ['blueprint.yaml', 'greeting: ${{', 'greting: ${{'],
        [
          'module/main.tf',
          'variable "name" {',
          'variable "portal" {}\nvariable "name" {',
        ],
      ),
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      /blueprint\.yaml:\d+:\d+: terraform\.variable\.unknown: .*"greting"/,
    );
    expect(out).toMatch(
      /module\/main\.tf:\d+: terraform\.variable\.missing: .*"portal"/,
    );
  });

  it('knows without a tool which outputs a module gives', async () => {
    const folder = await folders.starter([
      'blueprint.yaml',
      'message.outputs.message',
      'message.outputs.mesage',
    ]);
    const { code, out } = await lint(join(folder, 'blueprint.yaml'));
    expect(code).toBe(1);
    expect(out).toMatch(
      /blueprint\.yaml:40:\d+: blueprint\.output\.unknown: Component "message" gives no output "mesage"/,
    );
    expect(out).toContain('Did you mean "message"?');
  });

  it('takes for given what the portal gives', async () => {
    const folder = await folders.starter([
      'module/main.tf',
      'variable "name" {',
      'variable "portal" {}\nvariable "name" {',
    ]);
    const { code } = await lint(folder, '--platform-variable', 'portal');
    expect(code).toBe(0);
  });

  it('says of drivers that only a portal knows that it has not looked', async () => {
    const { code, out } = await lint(
      await folders.starter([
        'blueprint.yaml',
        'driver: terraform',
        'driver: argocd',
      ]),
    );
    expect(out).toContain(
      'not checked: Component message: only a portal with the driver "argocd"',
    );
    expect(code).toBe(0);
  });

  it.each([
    ['a file that is not there', ['nowhere.yaml']],
    ['a folder without a blueprint', [__dirname]],
    ['no file at all', []],
    ['a format that nobody knows', ['--format', 'xml', REPOSITORY]],
  ])('ends with 2 over %s', async (_what, args) => {
    const { code, err } = await lint(...args);
    expect(code).toBe(2);
    expect(err).not.toBe('');
  });

  it('ends with 2 when the tool that it is to use is not there', async () => {
    const env = { GREENROOM_TERRAFORM: '/nowhere/tofu' };
    const folder = await folders.starter();
    const ran = await runCommand(
      env,
      'blueprint',
      'lint',
      '--validate',
      folder,
    );
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('/nowhere/tofu');
  });
});
