import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { parseBlueprint } from '@greenroom/plugin-environments-common';
import { Terminal } from '../portal/command';
import { CommandError, EXIT } from '../portal/failures';

/** In a checkout: a right blueprint whose name stands for the one that is asked for. */
const STARTER = 'packages/cli/starter';
const STARTER_NAME = 'my-blueprint';

/** `./greenroom blueprint init` */
export function addInitCommand(blueprint: Command, terminal: Terminal): void {
  blueprint
    .command('init [folder]')
    .description('write a blueprint to begin with; overwrites nothing')
    .option('--name <name>', "of the blueprint; the folder's unless given")
    .action(async (folder = '.', options: { name?: string }) => {
      const name = options.name ?? basename(resolve(folder));
      // The launcher says where the checkout is; the caller may be anywhere.
      const files = await starter(
        join(terminal.env.GREENROOM_ROOT!, STARTER),
        name,
      );
      await writeNew(folder, files);
      const written = [...files.keys()].map(path => `  ${join(folder, path)}`);
      terminal.say(
        [
          `Blueprint ${name} is in ${folder}:`,
          ...written,
          `Check it: ./greenroom blueprint lint ${folder}`,
        ].join('\n'),
      );
    });
}

/** @throws CommandError when no blueprint can be called so */
async function starter(
  from: string,
  name: string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const entries = await readdir(from, {
    recursive: true,
    withFileTypes: true,
  });
  for (const entry of entries.filter(each => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    files.set(relative(from, path), text.replaceAll(STARTER_NAME, name));
  }
  const [problem] = parseBlueprint(files.get('blueprint.yaml')!).problems;
  if (problem) {
    throw new CommandError(
      `"${name}" can't be the name of a blueprint.`,
      `${problem.remedy} Give another by --name.`,
      EXIT.usage,
    );
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All of them or none, as far as can be known before. */
async function writeNew(
  folder: string,
  files: Map<string, string>,
): Promise<void> {
  const taken: string[] = await readdir(folder, { recursive: true }).catch(
    () => [],
  );
  const inTheWay = [...files.keys()].filter(path => taken.includes(path));
  if (inTheWay.length > 0) {
    throw new CommandError(
      `${folder} holds ${inTheWay.join(', ')} already.`,
      'Name another folder; nothing was written.',
    );
  }
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
  }
}
