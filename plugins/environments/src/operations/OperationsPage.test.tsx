import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anOperation } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const operations = [
  anOperation({
    id: 'a',
    environmentName: 'shop-demo',
    number: 3,
    kind: 'pause',
  }),
  anOperation({
    id: 'b',
    environmentId: 'env-2',
    environmentName: 'load-test',
    kind: 'update',
    state: 'waiting',
  }),
];

describe('the list of operations', () => {
  it('shows each with its environment, its state and why it is', async () => {
    renderPortal('/environments/operations', new SampleApi({ operations }));

    const table = await screen.findByRole('grid', { name: 'Operations' });
    const link = await within(table).findByRole('link', {
      name: 'Pause #3 of shop-demo',
    });
    expect(link).toHaveAttribute(
      'href',
      '/environments/e/shop-demo/operations/3?id=env-1',
    );
    expect(
      within(table).getByText('Waiting for confirmation'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: '1 plan waits for a word' }),
    ).toHaveAttribute('href', '/environments/operations?state=waiting');
  });

  it('asks the server for what the address says', async () => {
    const api = new SampleApi({ operations });
    const list = jest.spyOn(api, 'listOperations');
    renderPortal(
      '/environments/operations?scope=all&q=load&state=waiting&kind=update',
      api,
    );

    await screen.findByRole('link', { name: 'Update #1 of load-test' });
    expect(list).toHaveBeenCalledWith(
      {
        scope: 'all',
        search: 'load',
        state: ['waiting'],
        kind: ['update'],
        owner: [],
        cursor: undefined,
        limit: 50,
      },
      expect.anything(),
    );
    expect(screen.queryByRole('link', { name: /shop-demo/ })).toBeNull();
  });

  it('offers to clear filters that match nothing', async () => {
    renderPortal(
      '/environments/operations?q=nothing',
      new SampleApi({ operations }),
    );
    expect(await screen.findByText('No operation matches')).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear search and filters' }),
    );

    expect(
      await screen.findByRole('link', { name: 'Pause #3 of shop-demo' }),
    ).toBeInTheDocument();
  });

  it('says what will stand here when there is none', async () => {
    renderPortal('/environments/operations', new SampleApi());
    expect(await screen.findByText('No operations yet')).toBeInTheDocument();
  });

  it('says what to do when the list can’t be read', async () => {
    const api = new SampleApi({ operations });
    jest.spyOn(api, 'listOperations').mockRejectedValue(
      await refusal(400, [
        {
          code: 'x',
          message: 'The cursor is too old.',
          remedy: 'Begin anew.',
        },
      ]),
    );
    renderPortal('/environments/operations', api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The operations could not be read: the cursor is too old.Begin anew.',
    );
  });
});
