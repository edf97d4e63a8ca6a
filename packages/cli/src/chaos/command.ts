import { Command, InvalidArgumentError } from 'commander';
import { runChaos } from './chaos';

interface Options {
  operations: number;
  terraform: number;
  workers: number;
  seed: number;
}

export function addChaosCommand(program: Command): void {
  program
    .command('chaos')
    .description(
      'kill, stop and cut off workers under load, crash their PostgreSQL, then look for anything lost, doubled or left behind',
    )
    .option(
      '--operations <count>',
      'at least so many with the scripted driver',
      wholeNumber,
      1000,
    )
    .option(
      '--terraform <count>',
      'at least so many with real Terraform',
      wholeNumber,
      50,
    )
    .option('--workers <count>', 'processes', wholeNumber, 3)
    .option(
      '--seed <number>',
      'decides what is asked for and done',
      wholeNumber,
      1,
    )
    .action(async (options: Options) => {
      // The launcher says where the checkout is; the caller may be anywhere.
      const repository = process.env.GREENROOM_ROOT!;
      const { report, findings } = await runChaos({
        ...options,
        repository,
        crashes: true,
      });
      console.log(report);
      if (findings.length > 0) process.exitCode = 1;
    });
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}
