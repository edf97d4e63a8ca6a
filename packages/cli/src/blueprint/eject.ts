import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import JSZip from 'jszip';
import { pathMistake } from '@greenroom/plugin-environments-common';
import { onPortal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { CommandError, EXIT } from '../portal/failures';

/** `./greenroom blueprint eject` */
export function addEjectCommand(blueprint: Command, terminal: Terminal): void {
  onPortal<{ to: string }>(
    blueprint
      .command('eject <environment>')
      .description('write an environment as plain Terraform, to go on without')
      .requiredOption('--to <folder>', 'new, or empty'),
    terminal,
    async ({ client, options: { to }, answer }, environment) => {
      const there = await readdir(to).catch(() => []);
      if (there.length > 0) {
        throw new CommandError(
          `${to} is not empty.`,
          'Name a folder that is, or that is not there yet.',
          EXIT.usage,
        );
      }
      const id = await environmentId(client, environment);
      const response = await client.ejectEnvironment(id);
      const files = await unpack(await response.arrayBuffer(), to);
      answer({ folder: to, files }, () =>
        [
          `${environment} is in ${to}:`,
          ...files.map(path => `  ${join(to, path)}`),
          'README.md says what was left out, and how to take the state over.',
        ].join('\n'),
      );
    },
  );
}

/** Below the one folder that all in the archive lies in. */
async function unpack(bytes: ArrayBuffer, to: string): Promise<string[]> {
  const { files } = await JSZip.loadAsync(bytes);
  const written: string[] = [];
  for (const entry of Object.values(files).filter(({ dir }) => !dir)) {
    const path = entry.name.split('/').slice(1).join('/');
    const mistake = pathMistake(entry.unsafeOriginalName ?? entry.name);
    if (mistake) throw new Error(`A path in the archive ${mistake}.`);
    const file = join(to, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await entry.async('nodebuffer'), { mode: 0o600 });
    written.push(path);
  }
  return written.sort();
}
