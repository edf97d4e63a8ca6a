import { Command } from 'commander';
import { ProblemsError } from '@greenroom/plugin-environments-common';
import { onPortal, Terminal } from '../../portal/command';
import { CommandError } from '../../portal/failures';
import { problemText } from '../../portal/problemText';
import { applyExample, planExample, requireApplicable, Trial } from './run';
import { chosenExamples, subjectOf } from './subject';

interface TestOptions {
  example?: string;
  apply?: boolean;
  owner?: string;
}

/** `./greenroom blueprint test` */
export function addTestCommand(blueprint: Command, terminal: Terminal): void {
  onPortal<TestOptions>(
    blueprint
      .command('test <blueprint>')
      .description(
        'plan its examples in a portal: of a file, which becomes a draft there, or NAME@VERSION',
      )
      .option('--example <name>', 'only this one')
      .option('--apply', 'make each for real, and destroy it')
      .option(
        '--owner <ref>',
        'of the trial environments; the owner of the blueprint unless given',
      ),
    terminal,
    async ({ client, options, answer }, given) => {
      const subject = await subjectOf(client, given);
      const examples = chosenExamples(subject, options.example);
      if (options.apply) requireApplicable(subject);
      const owner = options.owner ?? subject.document.spec.owner;
      const run = options.apply ? applyExample : planExample;
      const trials: Trial[] = [];
      for (const example of examples) {
        terminal.remark(`${example.name} …`);
        const trial = run({ client, subject, owner }, example);
        trials.push(await trial.catch(error => refused(example.name, error)));
      }
      const { name, version, status } = subject;
      answer({ name, version, status, trials }, () =>
        [`${name} ${version} (${status})`, ...trials.map(asText)].join('\n'),
      );
      const failed = trials.filter(({ ok }) => !ok).length;
      if (failed > 0) {
        throw new CommandError(
          `Of ${trials.length} examples ${failed} failed.`,
          'What the tool said: ./greenroom logs OPERATION.',
        );
      }
    },
  );
}

/** What the portal has against one example is no reason to leave out the others. */
function refused(example: string, error: unknown): Trial {
  if (!(error instanceof ProblemsError) || error.problems.length === 0) {
    throw error;
  }
  const [problem] = error.problems;
  return { example, ok: false, result: 'was refused', problem };
}

function asText({ example, ok, result, problem, operationId }: Trial): string {
  const operation = operationId ? ` (operation ${operationId})` : '';
  const line = `${ok ? 'ok  ' : 'FAIL'} ${example}: ${result}${operation}`;
  return problem ? `${line}\n${problemText(problem)}` : line;
}
