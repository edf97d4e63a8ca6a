import { Command } from 'commander';
import { onPortal, Terminal } from '../portal/command';
import { environmentId } from '../portal/environment';
import { describeOperation } from '../records/operationText';

interface Options {
  reason?: string;
  queue?: boolean;
  dryRun?: boolean;
}

/** `./greenroom pause …` and `./greenroom wake …`: what schedules do, on demand. */
export function addSleepCommands(program: Command, terminal: Terminal): void {
  sleep('pause', 'pause', 'scale down what its blueprint can pause');
  sleep('wake', 'resume', 'start again what sleeps or was paused');

  function sleep(name: string, kind: 'pause' | 'resume', description: string) {
    onPortal<Options>(
      program
        .command(`${name} <environment>`)
        .description(description)
        .option('--queue', 'behind what is under way, instead of refusing')
        .option('--dry-run', 'end after its plan')
        .option('--reason <text>', 'for the record'),
      terminal,
      async ({ client, options, answer }, environment) => {
        const { reason, queue, dryRun } = options;
        const id = await environmentId(client, environment);
        const whenBusy = queue ? 'queue' : undefined;
        const request = { kind, reason, dryRun, whenBusy } as const;
        const operation = await client.submitOperation(id, request);
        answer(operation, () => describeOperation(operation));
      },
    );
  }
}
