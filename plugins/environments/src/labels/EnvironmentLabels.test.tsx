import { Environment } from '@greenroom/plugin-environments-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const apiWith = (part: Partial<Environment> = {}) =>
  new SampleApi({
    environments: [
      anEnvironment({ labels: { team: 'checkout', tier: '2' }, ...part }),
      anEnvironment({ id: 'env-2', name: 'load-test' }),
    ],
  });

const page = '/environments/e/shop-demo';

async function openDialog() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Edit labels' }),
  );
  const dialog = within(
    await screen.findByRole('dialog', { name: 'Edit labels of shop-demo' }),
  );
  return {
    dialog,
    field: dialog.getByRole('textbox', { name: /^Label/ }),
    save: dialog.getByRole('button', { name: 'Save labels' }),
  };
}

describe('the labels of an environment', () => {
  it('lead to all environments that have them, where they can be taken off again', async () => {
    renderPortal(page, apiWith());
    const list = await screen.findByRole('list', {
      name: 'Labels of shop-demo',
    });
    expect(
      within(list)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual(['team=checkout', 'tier=2']);

    await userEvent.click(
      within(list).getByRole('link', { name: 'team=checkout' }),
    );
    const tags = await screen.findByRole('grid', { name: 'Labels' });
    await screen.findByRole('link', { name: 'shop-demo' });
    expect(screen.queryByRole('link', { name: 'load-test' })).toBeNull();

    await userEvent.click(within(tags).getByRole('button'));
    expect(
      await screen.findByRole('link', { name: 'load-test' }),
    ).toBeInTheDocument();
  });

  it('are changed where they differ, with what is typed and not yet added', async () => {
    const api = apiWith();
    renderPortal(page, api);
    const { dialog, field, save } = await openDialog();
    expect(save).toBeDisabled();

    await userEvent.type(field, 'team=payments{Enter}');
    expect(field).toHaveValue('');
    const tier = dialog.getByRole('row', { name: 'tier=2' });
    await userEvent.click(within(tier).getByRole('button'));
    await userEvent.type(field, 'fresh');
    await userEvent.click(save);

    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.done).toEqual([
      {
        what: 'label env-1',
        body: { team: 'payments', tier: null, fresh: '' },
      },
    ]);
    expect(
      await screen.findByRole('link', { name: 'fresh' }),
    ).toBeInTheDocument();
  });

  it('are not saved while one is wrong', async () => {
    renderPortal(page, apiWith());
    const { dialog, field, save } = await openDialog();
    await userEvent.type(field, 'fresh{Enter}');
    expect(save).toBeEnabled();
    await userEvent.type(field, 'my team{Enter}');
    expect(
      dialog.getByText(/"my team" is not a fit key of a label/),
    ).toBeInTheDocument();
    expect(field).toHaveAttribute('aria-invalid', 'true');
    expect(save).toBeDisabled();
  });

  it('stay in the dialog when the server refuses them', async () => {
    const api = apiWith();
    jest
      .spyOn(api, 'changeLabels')
      .mockRejectedValue(
        await refusal(409, [
          { code: 'environment.destroyed', message: 'It is destroyed.' },
        ]),
      );
    renderPortal(page, api);
    const { dialog, field, save } = await openDialog();
    await userEvent.type(field, 'fresh');
    await userEvent.click(save);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'The labels were not changed: it is destroyed.',
    );
    expect(field).toHaveValue('fresh');
  });

  it('are asked for where there are none', async () => {
    renderPortal(page, apiWith({ labels: {} }));
    expect(
      await screen.findByRole('button', { name: 'Add labels' }),
    ).toBeInTheDocument();
  });

  it('stay to be seen once it is destroyed', async () => {
    renderPortal(page, apiWith({ state: 'destroyed' }));
    await screen.findByRole('link', { name: 'tier=2' });
    expect(screen.queryByRole('button', { name: 'Edit labels' })).toBeNull();
  });
});
