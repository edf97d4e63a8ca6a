import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  Operation,
  OperationPlan,
} from '@greenroom/plugin-environments-common';
import {
  aLogLine,
  anEnvironment,
  anOperation,
  aStep,
} from '../testing/builders';
import {
  aComponentPlan,
  anAttribute,
  aPlan,
  aResourceChange,
} from '../testing/planBuilders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

function apiWith(part: Partial<Operation> = {}, plan?: OperationPlan) {
  const operation = anOperation(part);
  return new SampleApi({
    plans: plan && { 'op-1': plan },
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

/** By its name: what a screen reader is told goes through logs of its own, which stay. */
const findLog = () => screen.findByRole('log', { name: 'Log' });

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
    const log = await findLog();
    expect(await within(log).findByText('Creating')).toBeInTheDocument();
    expect(log.textContent).not.toContain('\u001b');
  });

  it('names what it has read of other environments', async () => {
    const reads = [
      { environmentId: 'env-2', name: 'shop-db', outputs: ['url', 'port'] },
    ];
    renderPortal(PATH, apiWith({ reads }));

    const link = await screen.findByRole('link', { name: 'shop-db' });
    expect(link.parentElement).toHaveTextContent('read url, port of shop-db');
  });

  it('shows one step’s part of the log', async () => {
    renderPortal(PATH, apiWith());
    const log = await findLog();
    await within(log).findByText('Plan: 5 to add');

    await userEvent.click(screen.getByRole('button', { name: /apply site/ }));

    expect(await within(log).findByText('Creating')).toBeInTheDocument();
    expect(within(log).queryByText('Plan: 5 to add')).toBeNull();
  });

  it('searches the log', async () => {
    renderPortal(PATH, apiWith());
    const log = await findLog();
    await within(log).findByText('Plan: 5 to add');

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search this log' }),
      'creating',
    );

    expect(await screen.findByText('1 of 1')).toBeInTheDocument();
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

  it('retries from the failed step after telling what that means', async () => {
    const api = apiWith({
      state: 'failed',
      problem,
      steps: [
        aStep({ id: 'p', state: 'succeeded' }),
        aStep({ id: 'a', action: 'apply', state: 'failed', problem }),
      ],
    });
    renderPortal(PATH, api);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Retry from apply site…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/A new operation does what is left of create #1/),
    ).toBeInTheDocument();
    await userEvent.click(
      dialog.getByRole('button', { name: 'Retry from apply site' }),
    );

    await waitFor(() =>
      expect(api.done).toEqual([{ what: 'retry op-1', body: {} }]),
    );
  });

  it('repeats a move whose answer was lost under the same key, and plans it under another', async () => {
    const api = apiWith({ state: 'failed', problem });
    const retry = jest
      .spyOn(api, 'retryOperation')
      .mockRejectedValue(new TypeError('Failed to fetch'));
    renderPortal(PATH, api);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Retry.*…$/ }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const press = async (name: RegExp) => {
      await userEvent.click(dialog.getByRole('button', { name }));
      await dialog.findByText(/the server could not be reached/);
    };
    await press(/^Retry/);
    await press(/^Retry/);
    await press(/^Show the plan/);

    await waitFor(() => expect(retry).toHaveBeenCalledTimes(3));
    const [first, again, plan] = retry.mock.calls.map(
      ([, , keyed]) => keyed?.idempotencyKey,
    );
    expect(first).toMatch(/^[0-9a-f]{32}-act$/);
    expect(again).toBe(first);
    expect(plan).toBe(first?.replace('act', 'plan'));
  });

  it('shows a move that can’t be made, with its reason', async () => {
    renderPortal(PATH, apiWith({ state: 'failed', problem }));

    const button = await screen.findByRole('button', { name: 'Roll back…' });
    expect(button).toBeDisabled();
    expect(
      screen.getByText(
        'Not possible: There is no earlier success to go back to.',
      ),
    ).toBeInTheDocument();
  });

  it.each([
    ['cancelled', /· cancelled by/],
    ['succeeded', /asked to be cancelled by/],
  ] as const)(
    'says of a cancel of what has %s whether it came in time',
    async (state, words) => {
      renderPortal(
        PATH,
        apiWith({
          state,
          cancel: { by: 'user:default/mira', at: '2026-11-21T10:00:00Z' },
        }),
      );

      expect(await screen.findByText(words)).toBeInTheDocument();
    },
  );

  it('tells before a cancel what was and will not be done', async () => {
    const api = apiWith({
      state: 'running',
      finishedAt: undefined,
      steps: [
        aStep({ id: 'a', action: 'apply', state: 'running' }),
        aStep({ id: 'b', component: 'app', action: 'apply', after: ['a'] }),
      ],
    });
    renderPortal(PATH, api);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel create #1…' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Create is at apply site: it is interrupted',
    );
    expect(dialog).toHaveTextContent('Not begun any more: apply app.');
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Cancel create of shop-demo',
      }),
    );

    await waitFor(() =>
      expect(api.done).toEqual([{ what: 'cancel op-1', body: {} }]),
    );
  });

  it('takes over only with a reason', async () => {
    const operation = anOperation({ state: 'running' });
    const api = apiWith({
      state: 'running',
      finishedAt: undefined,
      moves: operation.moves.map(one =>
        one.move === 'takeOver' ? { move: 'takeOver', allowed: true } : one,
      ),
    });
    renderPortal(PATH, api);

    await userEvent.click(
      await screen.findByRole('button', { name: 'More for create #1' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: /^Take over/ }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const act = dialog.getByRole('button', { name: /^Take over create/ });
    expect(act).toBeDisabled();
    await userEvent.type(dialog.getByLabelText(/Reason/), 'Its host is gone');
    await userEvent.click(act);

    await waitFor(() =>
      expect(api.done).toEqual([
        { what: 'takeOver op-1', body: { reason: 'Its host is gone' } },
      ]),
    );
  });

  describe('that waits for a word', () => {
    const waiting = {
      kind: 'update' as const,
      state: 'waiting' as const,
      finishedAt: undefined,
      plan: { add: 1, change: 0, remove: 1 },
      confirmation: {
        planHash: 'sha256:9f3c71e2',
        until: '2026-11-20T11:18:00.000Z',
      },
    };
    const plan = aPlan([
      aComponentPlan({
        summary: { add: 1, change: 0, remove: 1 },
        changes: [
          aResourceChange({
            action: 'replace',
            attributes: [
              anAttribute({ path: 'engine', forcesReplacement: true }),
              anAttribute({ path: 'password', sensitive: true }),
              anAttribute({ path: 'id', unknown: true, after: undefined }),
            ],
          }),
        ],
      }),
      aComponentPlan({
        stepId: 'plan-app',
        component: 'app',
        deferredBy: ['site'],
      }),
    ]);

    it('shows the plan, and confirms exactly that', async () => {
      const api = apiWith(waiting, plan);
      renderPortal(PATH, api);

      expect(
        await screen.findByText(/1 resource is replaced, its data is lost/),
      ).toBeInTheDocument();
      const table = await screen.findByRole('table', {
        name: 'Attributes of aws_db_instance.main',
      });
      expect(table).toHaveTextContent('engineforces replacement');
      expect(table).toHaveTextContent('•••••••• sensitive');
      expect(table).toHaveTextContent('known after apply');
      expect(
        screen.getByText('can only be planned once site is applied'),
      ).toBeInTheDocument();

      await userEvent.click(
        screen.getByRole('button', { name: 'Apply this plan to shop-demo' }),
      );
      await waitFor(() =>
        expect(api.done).toEqual([
          {
            what: 'confirm op-1',
            body: { planHash: 'sha256:9f3c71e2' },
          },
        ]),
      );
    });

    it('can’t be confirmed while another plan is on the page', async () => {
      renderPortal(PATH, apiWith(waiting, { ...plan, hash: 'sha256:other' }));
      await screen.findByRole('region', { name: 'Plan' });

      expect(
        screen.getByRole('button', { name: 'Apply this plan to shop-demo' }),
      ).toBeDisabled();
    });
  });

  it('links to the operation that it repeats', async () => {
    const first = anOperation({ id: 'op-0', number: 1, state: 'failed' });
    const retry = anOperation({
      number: 2,
      cause: { code: 'retry', message: 'retry of #1', operationId: 'op-0' },
    });
    renderPortal(
      '/environments/e/shop-demo/operations/2',
      new SampleApi({
        environments: [anEnvironment()],
        operations: [first, retry],
      }),
    );

    expect(
      await screen.findByRole('link', { name: 'create #1' }),
    ).toHaveAttribute(
      'href',
      '/environments/e/shop-demo/operations/1?id=env-1',
    );
  });

  it('goes from hit to hit in the log', async () => {
    renderPortal(PATH, apiWith());
    const log = await findLog();
    await within(log).findByText('Plan: 5 to add');
    const box = screen.getByRole('searchbox', { name: 'Search this log' });

    await userEvent.type(box, 'p');
    expect(await screen.findByText('1 of 2')).toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    expect(screen.getByText('2 of 2')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next hit' }));
    expect(screen.getByText('1 of 2')).toBeInTheDocument();
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
