import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Environment } from '@greenroom/plugin-environments-common';
import { anEnvironment, anOperation } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

function apiWith(part: Partial<Environment> = {}) {
  const environment = anEnvironment(part);
  return new SampleApi({
    environments: [environment],
    operations: [
      anOperation({ environmentName: environment.name }),
      anOperation({ id: 'op-2', number: 2, kind: 'destroy', state: 'running' }),
    ],
    resources: {
      'env-1': [
        {
          component: 'site',
          address: 'local_file.page["1"]',
          type: 'local_file',
        },
      ],
    },
  });
}

describe('the page of an environment', () => {
  it('opens outputs that are web addresses, and no others', async () => {
    const output = { title: 'Open', sensitive: false };
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        outputs: [
          { ...output, name: 'url', value: 'https://shop.example' },
          {
            ...output,
            name: 'bad',
            title: 'Trap',
            value: `javascript${':'}alert(1)`,
          },
        ],
      }),
    );

    const open = await screen.findByRole('link', { name: 'Open' });
    expect(open).toHaveAttribute('href', 'https://shop.example/');
    expect(open).toHaveAttribute('rel', expect.stringContaining('noopener'));
    expect(screen.queryByRole('link', { name: 'Trap' })).toBeNull();
  });

  it('never shows what is sensitive', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        outputs: [{ name: 'password', title: 'Password', sensitive: true }],
      }),
    );

    expect(await screen.findByText('Sensitive, not shown')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Copy Password' })).toBeNull();
  });

  it('says what will be lost before it destroys, then shows the operation', async () => {
    const api = apiWith();
    renderPortal('/environments/e/shop-demo', api);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Destroy shop-demo…' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Destroy shop-demo',
    });
    expect(dialog).toHaveTextContent('5 resources will be destroyed');
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'Done with it',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Destroy shop-demo' }),
    );

    expect(
      await screen.findByRole('heading', { name: /of shop-demo$/ }),
    ).toBeInTheDocument();
    expect(api.destroyed).toEqual([{ id: 'env-1', reason: 'Done with it' }]);
  });

  it('keeps the dialog open and says why when the destroy is refused', async () => {
    const api = apiWith();
    jest.spyOn(api, 'destroyEnvironment').mockRejectedValue(
      await refusal(409, [
        {
          code: 'environment.busy',
          message: 'Operation #3 is running.',
          remedy: 'Wait until it has ended.',
        },
      ]),
    );
    renderPortal('/environments/e/shop-demo', api);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Destroy shop-demo…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Destroy shop-demo' }),
    );

    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'shop-demo was not destroyed: operation #3 is running.Wait until it has ended.',
    );
  });

  it('shows the destroy button without the right to it, with the reason', async () => {
    // Answers about permissions are kept, so this one is asked about another environment.
    renderPortal('/environments/e/shop-demo', apiWith({ id: 'env-other' }), {
      allowed: false,
    });

    expect(
      await screen.findByText('You may not destroy this environment.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Destroy shop-demo…' }),
    ).toBeDisabled();
  });

  it('names the operation that must end first', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        state: 'provisioning',
        activeOperation: anOperation({ state: 'running' }),
      }),
    );

    expect(
      await screen.findByText('Possible once create #1 has ended.'),
    ).toBeInTheDocument();
  });

  it('tells of a destroyed environment what it was, and offers nothing to do to it', async () => {
    renderPortal(
      '/environments/e/shop-demo?id=env-1',
      apiWith({
        state: 'destroyed',
        destroyedAt: '2026-11-19T10:00:00.000Z',
      }),
    );

    expect(
      await screen.findByText(/It was taken down .* nothing of it is left/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Destroy/ })).toBeNull();
    expect(
      await screen.findAllByRole('link', { name: 'Create #1' }),
    ).not.toHaveLength(0);
  });

  it('says so when there is no such environment', async () => {
    renderPortal('/environments/e/nobody', apiWith());

    expect(
      await screen.findByText('There is no environment “nobody”'),
    ).toBeInTheDocument();
  });
});
