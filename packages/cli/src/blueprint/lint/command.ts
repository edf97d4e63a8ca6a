import { Command, Option } from 'commander';
import { Terminal } from '../../portal/command';
import { CommandError } from '../../portal/failures';
import { readBlueprint } from '../readBlueprint';
import { checkFile, LintedFile } from './check';
import { asSarif } from './sarif';
import { asText } from './text';
import { findRunner } from './tool';

const FORMATS = { text: asText, json: asJson, sarif: asSarif } as const;

/** What the portal of `./greenroom start` gives to each module that declares it. */
const USUAL_PLATFORM = ['greenroom_sites_directory', 'greenroom_sites_url'];

interface LintOptions {
  format: keyof typeof FORMATS;
  validate?: boolean;
  platformVariable: string[];
}

class LintProblemsError extends CommandError {
  constructor(count: number) {
    super(
      `There ${count === 1 ? 'is 1 problem' : `are ${count} problems`}.`,
      'Each is told with its remedy; `./greenroom blueprint schema` helps an editor to tell them while one types.',
    );
  }
}

/** `./greenroom blueprint lint` */
export function addLintCommand(blueprint: Command, terminal: Terminal): void {
  blueprint
    .command('lint <files...>')
    .description('everything that can be known to be wrong without a portal')
    .addOption(
      new Option('--format <format>', 'of the answer')
        .choices(Object.keys(FORMATS))
        .default('text'),
    )
    .option('--validate', 'let OpenTofu or Terraform validate the modules too')
    .option(
      '--platform-variable <names...>',
      'variables that the portal gives to modules',
      USUAL_PLATFORM,
    )
    .action(async (paths: string[], options: LintOptions) => {
      const checks = {
        platform: Object.fromEntries(
          options.platformVariable.map(name => [name, '']),
        ),
        runner: options.validate ? await findRunner(terminal.env) : undefined,
      };
      const linted: LintedFile[] = [];
      for (const path of paths) {
        linted.push(await checkFile(await readBlueprint(path), checks));
      }
      terminal.say(FORMATS[options.format](linted));
      const count = linted.flatMap(({ problems }) => problems).length;
      if (count > 0) throw new LintProblemsError(count);
    });
}

function asJson(linted: LintedFile[]): string {
  return JSON.stringify({ files: linted }, null, 2);
}
