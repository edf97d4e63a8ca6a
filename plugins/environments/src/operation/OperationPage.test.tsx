import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Operation } from '@greenroom/plugin-environments-common';
import {
  aLogLine,
  anEnvironment,
  anOperation,
  aStep,
} from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

function apiWith(part: Partial<Operation> = {}) {
  const operation = anOperation(part);
  return new SampleApi({
    environments: [anEnvironment({ latestOperation: operation })],
    operations: [operation],
    logs: {
      'op-1': [
        aLogLine({ id: '1', action: 'plan', text: 'Plan: 5 to add' }),
        aLogLine({
          id: '2',
          text: 'local_file.page: \u001b[32mCreating\u001b[0m',
        }),
      ],
    },
  });
}

const PATH = '/environments/e/shop-demo/operations/1';

const problem = {
  code: 'terraform.apply.failed',
  message: 'The folder could not be written.',
  component: 'site',
  place: { file: 'site/main.tf', line: 14 },
  remedy: 'Give the worker the right to write there.',
};

describe('the page of an operation', () => {
  it('says which step runs, and shows the log without control characters', async () => {
    renderPortal(
      PATH,
      apiWith({
        state: 'running',
        finishedAt: undefined,
        steps: [
          aStep({ id: 'p', state: 'succeeded' }),
          aStep({ id: 'a', action: 'apply', state: 'running', after: ['p'] }),
        ],
      }),
    );

    expect(
      await screen.findByText('Applying site, step 2 of 2.'),
    ).toBeInTheDocument();
    const log = screen.getByRole('log');
    expect(await within(log).findByText('Creating')).toBeInTheDocument();
    expect(log.textContent).not.toContain('\u001b');
  });

  it('shows one step’s part of the log', async () => {
    renderPortal(PATH, apiWith());
    const log = await screen.findByRole('log');
    await within(log).findByText('Plan: 5 to add');

    await userEvent.click(screen.getByRole('button', { name: /apply site/ }));

    expect(await within(log).findByText('Creating')).toBeInTheDocument();
    expect(within(log).queryByText('Plan: 5 to add')).toBeNull();
  });

  it('searches the log', async () => {
    renderPortal(PATH, apiWith());
    const log = await screen.findByRole('log');
    await within(log).findByText('Plan: 5 to add');

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search this log' }),
      'creating',
    );

    expect(screen.getByText('all steps, 1 of 2 lines')).toBeInTheDocument();
    expect(within(log).getByText('Creating').tagName).toBe('MARK');
  });

  it('puts the cause of a failure first, with its place and what to do', async () => {
    renderPortal(
      PATH,
      apiWith({
        state: 'failed',
        problem,
        steps: [
          aStep({ id: 'p', state: 'succeeded' }),
          aStep({ id: 'a', action: 'apply', state: 'failed', problem }),
        ],
      }),
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The folder could not be written.Component site, site/main.tf, line 14',
    );
    expect(
      screen.getByText('Give the worker the right to write there.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'What was and was not changed' }),
    ).toHaveTextContent('site was begun');
    expect(
      screen.getByRole('button', { name: 'Destroy shop-demo…' }),
    ).toBeEnabled();
  });

  it('says why the log can’t be read', async () => {
    const api = apiWith();
    jest
      .spyOn(api, 'streamLogs')
      .mockRejectedValue(
        await refusal(403, [{ code: 'forbidden', message: 'No.' }]),
      );
    renderPortal(PATH, api);

    expect(
      await screen.findByText(
        /The log could not be read: you are not permitted/,
      ),
    ).toBeInTheDocument();
  });

  it('says so when there is no operation of that number', async () => {
    renderPortal('/environments/e/shop-demo/operations/7', apiWith());

    expect(
      await screen.findByText('shop-demo has no operation #7'),
    ).toBeInTheDocument();
  });
});
