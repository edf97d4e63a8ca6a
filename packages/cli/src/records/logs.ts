import { Command } from 'commander';
import { LogLine, LogRemoval } from '@greenroom/plugin-environments-common';
import { onPortal, Portal, Terminal } from '../portal/command';
import { CommandError } from '../portal/failures';

const PAGE = 1000;

interface LogsOptions {
  follow?: boolean;
  after?: string;
}

/** `./greenroom logs …` */
export function addLogsCommand(program: Command, terminal: Terminal): void {
  onPortal<LogsOptions>(
    program
      .command('logs <operation>')
      .description('the log of an operation; --json gives a line of JSON each')
      .option('-f, --follow', 'also what comes, to the end of the operation')
      .option('--after <id>', 'only lines behind this one'),
    terminal,
    (portal, operation) =>
      portal.options.follow
        ? follow(portal, operation)
        : readAll(portal, operation),
  );
}

/** @throws CommandError when the operation does not succeed, so that a script can go by it */
async function follow(
  { client, options, terminal }: Portal<LogsOptions>,
  operation: string,
): Promise<void> {
  let ended = '';
  await client.streamLogs(operation, {
    after: options.after,
    onLine: line => terminal.say(write(line, options)),
    onEnd: (state, removed) => {
      ended = state;
      if (removed) terminal.remark(describeRemoval(removed));
    },
  });
  if (ended === 'succeeded') return;
  throw new CommandError(
    `The operation ${ended}.`.replace('cancelled', 'was cancelled'),
    `./greenroom operations show ${operation} says why, and what can be done.`,
  );
}

async function readAll(
  { client, options, terminal }: Portal<LogsOptions>,
  operation: string,
): Promise<void> {
  let { after } = options;
  for (;;) {
    const page = await client.getLogs(operation, { after, limit: PAGE });
    page.items.forEach(line => terminal.say(write(line, options)));
    if (page.removed) terminal.remark(describeRemoval(page.removed));
    if (page.items.length < PAGE) return;
    after = page.items.at(-1)!.id;
  }
}

function write(line: LogLine, { json }: { json?: boolean }): string {
  if (json) return JSON.stringify(line);
  const { time, component, action, text } = line;
  return `${time} ${component} ${action} ${text}`;
}

function describeRemoval({ at, keptFor }: LogRemoval): string {
  return `This log was kept for ${keptFor}, and removed at ${at}.`;
}
