import { posix } from 'node:path';
import { Problem } from '@greenroom/plugin-environments-common';
import {
  DriverAbortedError,
  DriverError,
} from '@greenroom/plugin-environments-node';
import {
  TerraformAbortedError,
  TerraformCommandError,
  TerraformDiagnostic,
  TerraformToolError,
} from '@greenroom/plugin-terraform-node';

const DIFFERS =
  'Offer the very provider that the lock file of the version names, by the same tool and for the same platform, or publish a new version of the blueprint';

/** Failures whose remedy is known, by the words that both tools use for them. */
const KNOWN: {
  words: RegExp;
  /** What the words behind the first ones must say too. */
  more?: RegExp;
  code: string;
  remedy: string;
}[] = [
  {
    words: /instance cannot be destroyed/i,
    code: 'terraform.protected',
    remedy:
      'Upgrade the environment to a version of the blueprint without that prevent_destroy; then it can be destroyed',
  },
  {
    words: /provider dependency changes detected/i,
    code: 'terraform.provider.differs',
    remedy: DIFFERS,
  },
  {
    words: /failed to install provider/i,
    more: /match any of the checksums/,
    code: 'terraform.provider.differs',
    remedy: DIFFERS,
  },
  {
    words: /acquiring the state lock/,
    code: 'terraform.state.locked',
    remedy:
      'Another run holds the state. Try again when it has ended; the lock of a dead run is freed by itself',
  },
  {
    words: /(failed to (save|persist)|error saving) .*state/i,
    code: 'terraform.state.unsaved',
    remedy:
      'Try again: the next attempt on this worker finds the unsaved state in the work folder and saves it first',
  },
  {
    words: /(query available|resolve|install|download) provider/i,
    code: 'terraform.provider.unavailable',
    remedy:
      'Check that the registry can be reached and has that version, or put the provider into the folder of environments.terraform.providerMirror',
  },
  {
    words: /no value for required variable/i,
    code: 'terraform.variable.missing',
    remedy:
      "Give the variable a value in the component's `with`, or a default in the module",
  },
  {
    words: /invalid value for (root )?(input )?variable/i,
    code: 'terraform.variable.invalid',
    remedy:
      "Change the value in the component's `with`, or the input that it comes from",
  },
];

/** What a problem is about. */
export interface ProblemSubject {
  component: string;
  /** Path of its source inside the snapshot, which places are relative to. */
  sourcePath: string;
}

export function diagnosticProblem(
  diagnostic: TerraformDiagnostic,
  about: ProblemSubject,
): Problem {
  const { summary, detail, range, address } = diagnostic;
  const known = KNOWN.find(
    ({ words, more }) =>
      words.test(summary) && (!more || more.test(detail ?? '')),
  );
  const firstParagraph = detail?.split('\n\n')[0].replace(/\s+/g, ' ').trim();
  const at = address ? ` (${address})` : '';
  return {
    code: known?.code ?? 'terraform.diagnostic',
    message: firstParagraph
      ? `${summary}${at}: ${firstParagraph}`
      : `${summary}${at}`,
    component: about.component,
    ...(range &&
      isOfModule(range.filename) && {
        place: {
          file: placeIn(about.sourcePath, range.filename),
          line: range.start.line,
          column: range.start.column,
        },
      }),
    ...(known && { remedy: known.remedy }),
    ...(detail && { detail: `${summary}\n\n${detail}` }),
  };
}

/** Terraform says an invalid value stands in the file of values that this driver wrote. */
export function isOfModule(file: string): boolean {
  return !posix.isAbsolute(file) && !file.startsWith('.greenroom/');
}

/** A file of the module as a path of the snapshot. */
export function placeIn(sourcePath: string, file: string): string {
  return posix.normalize(posix.join(sourcePath, file));
}

/** The problem of a failed command: its first error, with all of them in the detail. */
export function commandProblem(
  error: TerraformCommandError,
  about: ProblemSubject,
): Problem {
  const { component } = about;
  const { command, killedBy, diagnostics, text } = error;
  if (killedBy) {
    return {
      code: 'terraform.killed',
      message: `terraform ${command} of component "${component}" was killed by ${killedBy}`,
      component,
      remedy:
        'Try again: what it had made by then is on record. If it happens again, look for a lack of memory on the worker',
      ...(text && { detail: text }),
    };
  }
  if (diagnostics.length === 0) {
    return {
      code: 'terraform.failed',
      message: error.message,
      component,
      remedy: 'The log of the operation says more',
      ...(text && { detail: text }),
    };
  }
  const problem = diagnosticProblem(diagnostics[0], about);
  return {
    ...problem,
    detail: diagnostics
      .map(({ summary, detail }) =>
        [summary, detail].filter(Boolean).join('\n\n'),
      )
      .join('\n\n—\n\n'),
  };
}

/** What a driver throws for what the runner throws; everything else stays as it is. */
export function driverFailure(error: unknown, about: ProblemSubject): unknown {
  if (error instanceof TerraformAbortedError)
    return new DriverAbortedError(error.message, error);
  if (error instanceof TerraformCommandError)
    return new DriverError(commandProblem(error, about), { cause: error });
  if (error instanceof TerraformToolError) {
    const { code, remedy, message } = error;
    return new DriverError(
      { code, message, remedy, component: about.component },
      { cause: error },
    );
  }
  return error;
}
