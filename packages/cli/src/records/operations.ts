import { Command } from 'commander';
import {
  Operation,
  RepeatOperationRequest,
} from '@greenroom/plugin-environments-common';
import { onPortal, Portal, Terminal } from '../portal/command';
import { listOperations, ListOptions } from './operationList';
import { describeOperation } from './operationText';

/** `./greenroom operations …` */
export function addOperationCommands(
  program: Command,
  terminal: Terminal,
): void {
  const operations = program
    .command('operations')
    .description('changes to environments: look at them, and move them');

  onPortal<ListOptions>(
    operations
      .command('list')
      .description('newest first')
      .option('--environment <name>', 'of this environment, by name or id')
      .option('--scope <scope>', 'mine, teams or all', 'all')
      .option('--kind <kind...>', 'create, update, destroy, …')
      .option('--state <state...>', 'queued, running, failed, …')
      .option('--limit <count>', 'at most so many, 1 to 100', Number, 50)
      .option('--cursor <text>', 'the next page, as the last answer said'),
    terminal,
    listOperations,
  );

  onPortal(
    operations
      .command('show <operation>')
      .description('what it came to, and what can be done about it'),
    terminal,
    async (portal, id) => answer(portal, await portal.client.getOperation(id)),
  );

  onPortal<{ reason?: string }>(
    operations
      .command('cancel <operation>')
      .description('interrupt it, or take it from the queue')
      .option('--reason <text>', 'for the record'),
    terminal,
    async (portal, id) => {
      const { reason } = portal.options;
      answer(portal, await portal.client.cancelOperation(id, { reason }));
    },
  );

  onPortal<{ plan: string }>(
    operations
      .command('confirm <operation>')
      .description('let the plan that it waits with be applied')
      .requiredOption(
        '--plan <hash>',
        'of the plan that was read; `operations show` says it',
      ),
    terminal,
    async (portal, id) => {
      const planHash = portal.options.plan;
      answer(portal, await portal.client.confirmOperation(id, { planHash }));
    },
  );

  repeat('retry', 'do what is left of one that failed', (client, id, request) =>
    client.retryOperation(id, request),
  );
  repeat(
    'rollback',
    'go back to the version and inputs of one that had succeeded',
    (client, id, request) => client.rollBackTo(id, request),
  );

  onPortal<{ reason: string }>(
    operations
      .command('take-over <operation>')
      .description(
        'take it away from a worker that can not be trusted any more',
      )
      .requiredOption('--reason <text>', 'for the record'),
    terminal,
    async (portal, id) => {
      const { reason } = portal.options;
      answer(portal, await portal.client.takeOverOperation(id, { reason }));
    },
  );

  function repeat(
    name: string,
    description: string,
    make: (
      client: Portal<object>['client'],
      id: string,
      request: RepeatOperationRequest,
    ) => Promise<Operation>,
  ): void {
    onPortal<RepeatOperationRequest>(
      operations
        .command(`${name} <operation>`)
        .description(`a new operation: ${description}`)
        .option('--dry-run', 'end after its plan')
        .option('--confirm', 'wait until somebody confirms its plan')
        .option('--reason <text>', 'for the record'),
      terminal,
      async (portal, id) => {
        const { dryRun, confirm, reason } = portal.options;
        const request = { dryRun, confirm, reason };
        answer(portal, await make(portal.client, id, request));
      },
    );
  }
}

function answer(portal: Portal<object>, operation: Operation): void {
  portal.answer(operation, () => describeOperation(operation));
}
