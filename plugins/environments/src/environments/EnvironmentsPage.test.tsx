import { JsonObject } from '@greenroom/plugin-environments-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment, HOUR, iso } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const now = Date.now();

function lease(left: number) {
  return {
    grantedAt: iso(now, left - 48 * HOUR),
    expiresAt: iso(now, left),
    lastWarningAt: iso(now, left - HOUR),
    onExpiry: 'destroy' as const,
    reason: '48 h of the blueprint',
  };
}

function withEnvironments() {
  return new SampleApi({
    environments: [
      anEnvironment({
        id: 'a',
        name: 'shop-demo',
        labels: { team: 'checkout' },
        lease: lease(6.5 * HOUR),
      }),
      anEnvironment({
        id: 'b',
        name: 'load-test',
        state: 'failed',
        cost: { perDay: 9.3, asleepPerDay: 0, currency: 'EUR' },
        lease: lease(9 * HOUR),
      }),
      anEnvironment({ id: 'c', name: 'cart-rewrite', lease: lease(HOUR / 2) }),
    ],
  });
}

describe('the list of environments', () => {
  it('shows each with its state and its time left, the shortest first', async () => {
    renderPortal('/environments', withEnvironments());

    const table = await screen.findByRole('grid', { name: 'Environments' });
    await within(table).findByRole('link', { name: 'shop-demo' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      expect.stringMatching(/^cart-rewriteExpiring.*(2\d|30) min/),
      expect.stringMatching(/^shop-demoRunning.*6 h.*–$/),
      expect.stringMatching(/^load-testFailed.*[89] h.*€9\.30$/),
    ]);
    expect(within(rows[1]).getByRole('link')).toHaveAttribute(
      'href',
      '/environments/e/shop-demo',
    );
  });

  it('says above what needs a look, with links to it', async () => {
    renderPortal('/environments', withEnvironments());

    expect(
      await screen.findByRole('link', { name: '1 failed' }),
    ).toHaveAttribute('href', '/environments?state=failed');
  });

  it('asks the server for what the address says', async () => {
    const api = withEnvironments();
    const list = jest.spyOn(api, 'listEnvironments');

    renderPortal(
      '/environments?scope=all&q=shop&state=running&blueprint=site-sandbox&label=team%3Dcheckout&sort=name&order=desc',
      api,
    );

    await screen.findByRole('link', { name: 'shop-demo' });
    expect(list.mock.calls[0][0]).toEqual({
      scope: 'all',
      search: 'shop',
      state: ['running'],
      blueprint: ['site-sandbox'],
      owner: [],
      label: ['team=checkout'],
      sort: 'name',
      order: 'desc',
      cursor: undefined,
      limit: 50,
    });
    expect(
      screen.getByRole('searchbox', { name: 'Search environments' }),
    ).toHaveValue('shop');
    expect(screen.getByRole('radio', { name: /^All/ })).toBeChecked();
  });

  it('searches from the slash key on', async () => {
    renderPortal('/environments', withEnvironments());
    await screen.findByRole('link', { name: 'shop-demo' });

    await userEvent.keyboard('/');
    await userEvent.keyboard('load');

    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'shop-demo' }),
      ).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('link', { name: 'load-test' })).toBeInTheDocument();
  });

  it('pages forth and back by cursors', async () => {
    const api = new SampleApi({
      environments: Array.from({ length: 51 }, (_, index) =>
        anEnvironment({
          id: `${index}`,
          name: `pr-${index}`,
          lease: lease((index + 3) * HOUR),
        }),
      ),
    });
    renderPortal('/environments', api);
    expect(await screen.findByText('1–50 of 51')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('51–51 of 51')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'pr-50' })).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Previous page' }),
    );
    expect(await screen.findByText('1–50 of 51')).toBeInTheDocument();
    // Fifty rows are slow to look through by role on a busy machine.
  });

  it('leads to the first environment when there is none', async () => {
    renderPortal('/environments', new SampleApi());

    expect(await screen.findByText('No environments yet')).toBeInTheDocument();
    expect(
      screen
        .getAllByRole('link', { name: 'Create environment' })
        .map(link => link.getAttribute('href')),
    ).toEqual(['/environments/create', '/environments/create']);
  });

  it('offers to clear filters that match nothing', async () => {
    renderPortal('/environments?q=nothing', withEnvironments());
    expect(
      await screen.findByText('No environment matches'),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear search and filters' }),
    );

    expect(
      await screen.findByRole('link', { name: 'shop-demo' }),
    ).toBeInTheDocument();
  });

  it('says what to do when the list can’t be read, and reads it again', async () => {
    const api = withEnvironments();
    jest.spyOn(api, 'listEnvironments').mockRejectedValueOnce(
      await refusal(400, [
        {
          code: 'cursor.invalid',
          message: 'The cursor is too old.',
          remedy: 'Begin at the first page.',
        },
      ]),
    );
    renderPortal('/environments', api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The environments could not be read: the cursor is too old.Begin at the first page.',
    );

    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

    expect(
      await screen.findByRole('link', { name: 'shop-demo' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('reads again at once when the backend says that something changed', async () => {
    const api = withEnvironments();
    const list = jest.spyOn(api, 'listEnvironments');
    let tell = (_: JsonObject) => {};
    renderPortal('/environments', api, {
      signals: {
        subscribe: (channel, onMessage) => {
          if (channel === 'environments') tell = onMessage as typeof tell;
          return { unsubscribe: () => {} };
        },
      },
    });
    await screen.findByRole('link', { name: 'shop-demo' });
    expect(list).toHaveBeenCalledTimes(1);

    act(() => tell({ environmentIds: ['a'] }));

    await waitFor(() => expect(list).toHaveBeenCalledTimes(2));
  });

  it('does not offer to ask again for what one may not see', async () => {
    const api = withEnvironments();
    jest
      .spyOn(api, 'listEnvironments')
      .mockRejectedValue(
        await refusal(403, [{ code: 'forbidden', message: 'No.' }]),
      );
    renderPortal('/environments', api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'you are not permitted to do this',
    );
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });
});
