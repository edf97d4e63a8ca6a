import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { StateVersionSummary } from '@greenroom/plugin-environments-common';
import { onPortal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { table } from '../portal/table';
import { rekey } from './rekey';

/** A state may hold passwords: nobody else on this machine reads the file. */
const PRIVATE = 0o600;

/** `./greenroom state …` */
export function addStateCommands(program: Command, terminal: Terminal): void {
  const state = program
    .command('state')
    .description('the Terraform states that the portal keeps');

  onPortal<{ component?: string; limit: number; cursor?: string }>(
    state
      .command('list <environment>')
      .description('versions of its states, newest first')
      .option('--component <id>', 'of this component alone')
      .option('--limit <count>', 'at most so many, 1 to 100', Number, 50)
      .option('--cursor <text>', 'the next page, as the last answer said'),
    terminal,
    async ({ client, options, answer }, environment) => {
      const { component, limit, cursor } = options;
      const page = await client.listStateVersions(
        await environmentId(client, environment),
        { component, limit, cursor },
      );
      answer(page, () => describeVersions(page));
    },
  );

  onPortal<{ output?: string }>(
    state
      .command('download <version>')
      .description('the file of one version; it may hold passwords')
      .option('-o, --output <file>', 'instead of standard output'),
    terminal,
    async ({ client, options }, version) => {
      const content = await client.downloadState(version);
      if (!options.output) {
        terminal.write(Buffer.from(content));
        return;
      }
      await writeFile(options.output, content, { mode: PRIVATE });
      terminal.remark(`Version ${version} is in ${options.output}.`);
    },
  );

  onPortal<{ reason: string }>(
    state
      .command('restore <version>')
      .description('put an older version in front, as a new one')
      .requiredOption('--reason <text>', 'for the record'),
    terminal,
    async ({ client, options: { reason }, answer }, version) => {
      const restored = await client.restoreState(version, { reason });
      answer(
        restored,
        () =>
          `Version ${version} is in front again, as version ${restored.id} with serial ${restored.serial}. The next operation plans ${restored.component} anew.`,
      );
    },
  );

  onPortal<{ dryRun?: boolean }>(
    state
      .command('rekey')
      .description(
        'seal everything again by the first key, so that older ones may go',
      )
      .option('--dry-run', 'only say by which keys things are sealed'),
    terminal,
    rekey,
  );
}

function describeVersions(page: {
  items: StateVersionSummary[];
  total: number;
  nextCursor?: string;
}): string {
  const rows = page.items.map(item => [
    item.id,
    item.component,
    String(item.serial),
    String(item.resources),
    String(item.size),
    item.createdAt,
    item.restored
      ? `restored from ${item.restored.from} by ${item.restored.by}: ${item.restored.reason}`
      : `operation ${item.operationId}`,
    item.current ? 'current' : '',
  ]);
  return [
    table(
      [
        'VERSION',
        'COMPONENT',
        'SERIAL',
        'RESOURCES',
        'BYTES',
        'WRITTEN',
        'BY',
        '',
      ],
      rows,
    ),
    `${page.items.length} of ${page.total}.`,
    ...(page.nextCursor ? [`More: --cursor ${page.nextCursor}`] : []),
  ].join('\n');
}
