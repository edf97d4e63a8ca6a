import { CustomErrorBase } from '@backstage/errors';
import { TerraformDiagnostic } from './events';

/** The tool cannot be used as it is: not there, not startable, too old. */
export class TerraformToolError extends CustomErrorBase {
  name = 'TerraformToolError' as const;

  constructor(
    readonly code: 'terraform.tool.missing' | 'terraform.tool.unfit',
    message: string,
    readonly remedy: string,
    cause?: Error,
  ) {
    super(`${message}. ${remedy}`, cause);
  }
}

/** A command ran and failed, or was killed by somebody else. */
export class TerraformCommandError extends CustomErrorBase {
  name = 'TerraformCommandError' as const;

  /** `init`, `plan`, `apply`, … */
  readonly command: string;
  readonly exitCode?: number;
  /** The signal that ended the tool, when one did that was not sent by this runner. */
  readonly killedBy?: NodeJS.Signals;
  /** Errors that the tool reported, in its order. */
  readonly diagnostics: TerraformDiagnostic[];
  /** The end of what it said outside of its JSON. */
  readonly text: string;

  constructor(failure: {
    command: string;
    exitCode?: number;
    killedBy?: NodeJS.Signals;
    diagnostics: TerraformDiagnostic[];
    text: string;
  }) {
    const end = failure.killedBy
      ? `was killed by ${failure.killedBy}`
      : `failed with exit code ${failure.exitCode}`;
    const why = failure.diagnostics[0]?.summary ?? failure.text;
    super(`terraform ${failure.command} ${end}${why && `: ${why}`}`);
    this.command = failure.command;
    this.exitCode = failure.exitCode;
    this.killedBy = failure.killedBy;
    this.diagnostics = failure.diagnostics;
    this.text = failure.text;
  }
}

/** A command was ended because its signal was aborted. */
export class TerraformAbortedError extends CustomErrorBase {
  name = 'TerraformAbortedError' as const;
}
