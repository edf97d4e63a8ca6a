import { logLines } from './logLines';

describe('logLines', () => {
  it('gives one line for a message, and one for each line of a longer one', () => {
    expect(
      logLines(
        { type: 'text', level: 'info', message: 'one\n\n  two' },
        'stdout',
      ),
    ).toEqual([
      { stream: 'stdout', level: 'info', text: 'one' },
      { stream: 'stdout', level: 'info', text: '  two' },
    ]);
  });

  it('puts the place beside a diagnostic and its detail below', () => {
    expect(
      logLines(
        {
          type: 'diagnostic',
          level: 'error',
          message: 'Error: Unsupported argument',
          diagnostic: {
            severity: 'error',
            summary: 'Unsupported argument',
            detail: 'Not expected here.',
            range: { filename: 'main.tf', start: { line: 3, column: 5 } },
          },
        },
        'stdout',
      ).map(({ level, text }) => [level, text]),
    ).toEqual([
      ['error', 'Error: Unsupported argument (main.tf:3)'],
      ['error', 'Not expected here.'],
    ]);
  });

  it('leaves out what people at a terminal should type next', () => {
    const closing = {
      type: 'init_output',
      level: 'info',
      code: 'output_init_success_cli_message',
      message: 'You may now begin working with Terraform.',
    } as const;
    expect(logLines(closing, 'stdout')).toEqual([]);
  });

  it('takes whatever comes on stderr for a warning', () => {
    expect(
      logLines({ type: 'text', level: 'info', message: 'panic' }, 'stderr'),
    ).toEqual([{ stream: 'stderr', level: 'warning', text: 'panic' }]);
  });
});
