import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { FaultDriver } from '@greenroom/plugin-environments-node/contract-kit';
import { runCommand } from '../__testUtils__/commands';
import { usePortal } from '../__testUtils__/usePortal';
import { useFolders } from './__testUtils__/folders';

jest.setTimeout(120_000);

const OWNER = ['--owner', 'user:default/mock'];

describe('the blueprint commands that call a portal', () => {
  const folders = useFolders();
  const fails = { apply: false, destroy: false };
  const refuseLoud =
    (action: 'apply' | 'destroy') =>
    ({ context }: { context: { component: { with: object } } }) => {
      const { loud } = context.component.with as { loud?: boolean };
      if (fails[action] && loud) throw new Error('too loud');
    };
  const driver = new FaultDriver({
    id: 'terraform',
    scripts: {
      message: {
        apply: refuseLoud('apply'),
        destroy: refuseLoud('destroy'),
        outputs: { message: { value: 'Hello', sensitive: false } },
      },
      broken: {
        problems: [
          {
            code: 'terraform.diagnostic',
            message: 'No such resource.',
            place: { file: 'module/main.tf', line: 3, column: 1 },
          },
        ],
      },
    },
  });
  const portal = usePortal(driver);
  let client: EnvironmentsClient;
  beforeAll(() => {
    ({ client } = portal);
  });
  afterEach(() => Object.assign(fails, { apply: false, destroy: false }));

  const blueprint = (...args: string[]) =>
    portal.greenroom('blueprint', ...args);

  /** The starter under another name, at a version of its own. */
  const written = async (name: string, version = '0.1.0') => {
    const folder = await folders.starter(
      ['blueprint.yaml', 'name: my-blueprint', `name: ${name}`],
      ['blueprint.yaml', 'version: 0.1.0', `version: ${version}`],
    );
    return folder;
  };

  const change = (folder: string, from: string, to: string) => {
    const file = join(folder, 'blueprint.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };

  describe('publish', () => {
    it('sends a blueprint with its sources, and the same again is the same', async () => {
      const folder = await written('shop');
      const first = await blueprint('publish', folder);
      expect(first).toEqual({
        code: 0,
        out: 'shop 0.1.0 is published.\n',
        err: '',
      });
      const again = await blueprint('publish', folder, '--json');
      expect(again.code).toBe(0);
      expect(JSON.parse(again.out)).toMatchObject({ status: 'published' });
      const { files } = await client.getBlueprintSource('shop', '0.1.0');
      expect(Object.keys(files)).toEqual(['module/main.tf']);
    });

    it('tells what keeps it from being read, without sending it', async () => {
      const folder = await written('unread');
      change(folder, 'title: In', 'tittle: In');
      const { code, err } = await blueprint('publish', folder);
      expect(code).toBe(1);
      expect(err).toMatch(
        /blueprint\.yaml:\d+:9: blueprint\.inputs\.schema: .*\n {2}→ /,
      );
      await expect(client.getBlueprint('unread')).rejects.toThrow(
        'no blueprint',
      );
    });

    it('tells what the portal has against it, at the files it was sent from', async () => {
      const folder = await written('unknown');
      change(folder, 'driver: terraform', 'driver: magic');
      const { code, err } = await blueprint('publish', folder);
      expect(code).toBe(1);
      const place = `${join(folder, 'blueprint.yaml')}:`;
      expect(err).toContain(place);
      expect(err).toContain('blueprint.driver.unknown');
    });

    it('tells what the check of its sources finds, at their files', async () => {
      const folder = await written('rejected');
      change(folder, '    message:\n      driver', '    broken:\n      driver');
      change(folder, 'components.message', 'components.broken');
      const { code, err } = await blueprint('publish', folder);
      expect(code).toBe(1);
      expect(err).toContain(
        `${join(folder, 'module/main.tf')}:3:1: terraform.diagnostic: No such resource.`,
      );
      expect(err).toContain('rejected 0.1.0 is rejected.');
    });

    it('says that a published version never changes', async () => {
      const folder = await written('fixed');
      await blueprint('publish', folder);
      change(folder, 'default: Hello', 'default: Bye');
      const { code, err } = await blueprint('publish', folder);
      expect(code).toBe(1);
      expect(err).toMatch(
        /published with other content[\s\S]*→ Raise spec\.version/,
      );
    });
  });

  describe('diff', () => {
    it('compares a file with what is published, and fails on what may break when asked to', async () => {
      const folder = await written('compared');
      await blueprint('publish', folder);
      const same = await blueprint(
        'diff',
        'compared@',
        folder,
        '--fail-on-breaking',
      );
      expect(same.code).toBe(0);
      expect(same.out).toContain('are the same');

      const next = await folders.empty();
      cpSync(folder, next, { recursive: true });
      change(next, 'required: [greeting]', 'required: [greeting, loud]');
      change(next, '        default: false\n', '');
      change(next, 'greeting: Hello }', 'greeting: Hello, loud: false }');
      writeFileSync(join(next, 'module/main.tf'), 'locals {}\n');
      const told = await blueprint('diff', 'compared@0.1.0', next);
      expect(told.code).toBe(0);
      expect(told.out).toMatch(/^! input\.required \/spec\/inputs\/\S*loud/m);
      expect(told.out).toContain('file changed: module/main.tf');
      const failed = await blueprint(
        'diff',
        'compared@',
        next,
        '--fail-on-breaking',
        '--json',
      );
      expect(failed.code).toBe(1);
      expect(JSON.parse(failed.out)).toMatchObject({
        breaking: true,
        files: [{ path: 'module/main.tf', change: 'changed' }],
      });
    });

    it('needs no portal for two files', async () => {
      const [from, to] = [await written('one'), await written('one', '0.2.0')];
      writeFileSync(join(to, 'module/more.tf'), '');
      const { code, out } = await runCommand({}, 'blueprint', 'diff', from, to);
      expect(code).toBe(0);
      expect(out).toContain('file added: module/more.tf');
    });

    it.each([
      ['a version that is not there', ['nothing@1.0.0', 'nothing@2.0.0'], 1],
      ['a file that is not there', ['nowhere', 'nowhere'], 2],
    ])('refuses %s', async (_what, sides, expected) => {
      const { code, err } = await blueprint('diff', ...sides);
      expect(code).toBe(expected);
      expect(err).toContain('→');
    });
  });

  describe('test', () => {
    it('plans each example of a file, of which it makes a draft', async () => {
      const folder = await written('tried');
      const { code, out } = await blueprint('test', folder, ...OWNER);
      expect(out).toMatch(
        /^tried 0\.1\.0 \(draft\)\nok {3}usual: 1 to add, 0 to change, 0 to remove/,
      );
      expect(out).toContain('ok   loud: 1 to add');
      expect(code).toBe(0);
      const { total } = await client.listEnvironments({ search: 'try-' });
      expect(total).toBe(0);
    });

    it('tries one example when told which, and says when there is none', async () => {
      const folder = await written('chosen');
      const one = await blueprint(
        'test',
        folder,
        '--example',
        'loud',
        ...OWNER,
      );
      expect(one.out).not.toContain('usual');
      const none = await blueprint(
        'test',
        folder,
        '--example',
        'quiet',
        ...OWNER,
      );
      expect(none.code).toBe(2);
      expect(none.err).toContain('There are: usual, loud.');
    });

    it('makes no environment of a draft', async () => {
      const folder = await written('drafted');
      const { code, err } = await blueprint(
        'test',
        folder,
        '--apply',
        ...OWNER,
      );
      expect(code).toBe(1);
      expect(err).toContain('no environment is made of it');
    });

    it('makes each example for real and destroys it', async () => {
      const folder = await written('made');
      await blueprint('publish', folder);
      const { code, out } = await blueprint(
        'test',
        'made@',
        '--apply',
        ...OWNER,
      );
      expect(out).toContain('ok   usual: made and destroyed; nothing is left');
      expect(code).toBe(0);
      expect(driver.world.keys()).toEqual([]);
    });

    it('destroys what it could make only in part, and tells why that failed', async () => {
      await blueprint('publish', await written('partly'));
      fails.apply = true;
      const { code, out } = await blueprint(
        'test',
        'partly@',
        '--apply',
        ...OWNER,
      );
      expect(code).toBe(1);
      expect(out).toContain('ok   usual');
      expect(out).toMatch(
        /FAIL loud: the create ended as failed; nothing is left.*\noperation\.unexpected: .*message/,
      );
      expect(driver.world.keys()).toEqual([]);
    });

    it('says what is left when the end failed too', async () => {
      await blueprint('publish', await written('stuck'));
      fails.destroy = true;
      const { code, out } = await blueprint(
        ...['test', 'stuck@', '--apply', '--example', 'loud', ...OWNER],
      );
      expect(code).toBe(1);
      expect(out).toMatch(
        /FAIL loud: try-loud-\S+ could not be destroyed; left: message: /,
      );
    });

    it('goes on to other examples when the portal refuses one', async () => {
      const folder = await written('refused');
      const { code, out } = await blueprint(
        'test',
        folder,
        '--owner',
        'group:default/others',
      );
      expect(code).toBe(1);
      expect(out).toMatch(
        /FAIL usual: was refused\n.*environment\.owner[\s\S]*FAIL loud/,
      );
    });
  });

  describe('eject', () => {
    const running = async (name: string) => {
      await blueprint('publish', await written(name));
      const { operation } = await client.createEnvironment(
        {
          name,
          blueprint: name,
          owner: 'user:default/mock',
          inputs: { greeting: 'Hi' },
        },
        { idempotencyKey: name },
      );
      await client.streamLogs(operation!.id, { onLine: () => {} });
    };

    it('writes an environment into a new folder, and says what to read', async () => {
      await running('leaving');
      const folder = join(await folders.empty(), 'out');
      const { code, out } = await blueprint('eject', 'leaving', '--to', folder);
      expect(code).toBe(0);
      expect(out).toContain(join(folder, 'message/module/main.tf'));
      const given = readFileSync(
        join(folder, 'message/module/with.json'),
        'utf8',
      );
      expect(JSON.parse(given)).toMatchObject({ greeting: 'Hi', loud: false });
      expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(
        /^# leaving, taken out/,
      );
    });

    it('overwrites nothing', async () => {
      const folder = await written('full');
      const { code, err } = await blueprint('eject', 'leaving', '--to', folder);
      expect(code).toBe(2);
      expect(err).toContain('is not empty');
    });

    it('says that there is no such environment, and makes no folder', async () => {
      const folder = join(await folders.empty(), 'out');
      const { code } = await blueprint('eject', 'nobody', '--to', folder);
      expect(code).toBe(1);
      expect(existsSync(folder)).toBe(false);
    });
  });
});
