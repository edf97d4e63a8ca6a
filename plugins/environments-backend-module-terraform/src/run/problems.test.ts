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
import { diagnosticProblem, driverFailure } from './problems';

const about = { component: 'site', sourcePath: 'site' };
const diagnostic = (
  given: Partial<TerraformDiagnostic>,
): TerraformDiagnostic => ({
  severity: 'error',
  summary: 'Unsupported argument',
  detail: '',
  ...given,
});

describe('diagnosticProblem', () => {
  it('says what and where, with the first paragraph in the message and all in the detail', () => {
    expect(
      diagnosticProblem(
        diagnostic({
          detail: 'An argument named\n"x" is not expected here.\n\nLook it up.',
          address: 'local_file.note',
          range: { filename: 'main.tf', start: { line: 3, column: 5 } },
        }),
        about,
      ),
    ).toEqual({
      code: 'terraform.diagnostic',
      message:
        'Unsupported argument (local_file.note): An argument named "x" is not expected here.',
      component: 'site',
      place: { file: 'site/main.tf', line: 3, column: 5 },
      detail:
        'Unsupported argument\n\nAn argument named\n"x" is not expected here.\n\nLook it up.',
    });
  });

  it('follows a module that lies beside the source', () => {
    const range = {
      filename: '../shared/main.tf',
      start: { line: 1, column: 1 },
    };
    expect(diagnosticProblem(diagnostic({ range }), about).place).toMatchObject(
      {
        file: 'shared/main.tf',
      },
    );
  });

  it.each([
    [
      'Instance cannot be destroyed',
      'Resource aws_db_instance.main has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.',
    ],
    [
      'Resource instance cannot be destroyed',
      'Resource instance aws_db_instance.main has prevent_destroy set, but the plan calls for it to be destroyed.',
    ],
  ])('knows what is protected by its module: %s', (summary, detail) => {
    expect(
      diagnosticProblem(diagnostic({ summary, detail }), about),
    ).toMatchObject({
      code: 'terraform.protected',
      message: `${summary}: ${detail}`,
      remedy: expect.stringContaining('without that prevent_destroy'),
    });
  });

  it('gives no place in the files that this driver writes', () => {
    for (const filename of [
      '/srv/x/.greenroom/variables.tfvars.json',
      '.greenroom/variables.tfvars.json',
    ]) {
      const range = { filename, start: { line: 1, column: 1 } };
      expect(
        diagnosticProblem(diagnostic({ range }), about),
      ).not.toHaveProperty('place');
    }
  });

  // The summaries of Terraform 1.11.4 and OpenTofu 1.12.6.
  it.each([
    ['Error acquiring the state lock', 'terraform.state.locked'],
    ['Failed to save state', 'terraform.state.unsaved'],
    ['Error saving current state', 'terraform.state.unsaved'],
    ['Failed to persist state to backend', 'terraform.state.unsaved'],
    [
      'Failed to query available provider packages',
      'terraform.provider.unavailable',
    ],
    ['Failed to resolve provider packages', 'terraform.provider.unavailable'],
    ['Failed to install provider', 'terraform.provider.unavailable'],
    ['Could not download provider', 'terraform.provider.unavailable'],
    ['No value for required variable', 'terraform.variable.missing'],
    ['Invalid value for variable', 'terraform.variable.invalid'],
    ['Invalid value for input variable', 'terraform.variable.invalid'],
  ])('knows a remedy for "%s"', (summary, code) => {
    expect(diagnosticProblem(diagnostic({ summary }), about)).toMatchObject({
      code,
      remedy: expect.any(String),
    });
  });
});

describe('driverFailure', () => {
  it('keeps the first error as the problem and all of them in the detail', () => {
    const failure = driverFailure(
      new TerraformCommandError({
        command: 'plan',
        exitCode: 1,
        text: '',
        diagnostics: [
          diagnostic({
            summary: 'First',
            detail: 'a',
            range: { filename: 'main.tf', start: { line: 3, column: 5 } },
          }),
          diagnostic({ summary: 'Second', detail: 'b' }),
        ],
      }),
      about,
    );
    expect(failure).toBeInstanceOf(DriverError);
    expect(failure).toMatchObject({
      problem: {
        message: 'First: a',
        detail: 'First\n\na\n\n—\n\nSecond\n\nb',
        component: 'site',
        place: { file: 'site/main.tf', line: 3, column: 5 },
      },
    });
  });

  it('tells a kill from a failure, and a failure without diagnostics by its text', () => {
    expect(
      driverFailure(
        new TerraformCommandError({
          command: 'apply',
          killedBy: 'SIGKILL',
          text: '',
          diagnostics: [],
        }),
        about,
      ),
    ).toMatchObject({ problem: { code: 'terraform.killed' } });
    expect(
      driverFailure(
        new TerraformCommandError({
          command: 'state push',
          exitCode: 1,
          text: 'cannot import state',
          diagnostics: [],
        }),
        about,
      ),
    ).toMatchObject({
      problem: {
        code: 'terraform.failed',
        message: expect.stringContaining('cannot import state'),
      },
    });
  });

  it('turns aborts and unfit tools into the words of the contract, and leaves the rest alone', () => {
    expect(driverFailure(new TerraformAbortedError('x'), about)).toBeInstanceOf(
      DriverAbortedError,
    );
    expect(
      driverFailure(
        new TerraformToolError(
          'terraform.tool.missing',
          'No tool',
          'Install one',
        ),
        about,
      ),
    ).toMatchObject({
      problem: { code: 'terraform.tool.missing', remedy: 'Install one' },
    });
    const bug = new TypeError('x');
    expect(driverFailure(bug, about)).toBe(bug);
  });
});
