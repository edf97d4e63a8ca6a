import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment, DAY, HOUR, iso } from '../testing/builders';
import { aFailedTeardown } from '../testing/orphanBuilders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi, SampleData } from '../testing/SampleApi';

const ends = (
  id: string,
  left: number,
  part: Partial<SampleEnvironment> = {},
) => {
  const now = Date.now();
  const environment = anEnvironment({ id, name: id, ...part }, now);
  return {
    ...environment,
    lease: { ...environment.lease, expiresAt: iso(now, left) },
  };
};
type SampleEnvironment = ReturnType<typeof anEnvironment>;

function apiWithLeases(data: Partial<SampleData> = {}) {
  const now = Date.now();
  const safeguard = {
    by: 'user:default/jon',
    reason: 'Incident 42',
    since: iso(now, -HOUR),
  };
  return new SampleApi({
    environments: [
      ends('late', 3 * DAY),
      ends('overdue', -HOUR),
      ends('kept', 5 * DAY),
      ends('spared', 6 * DAY),
      ends('far', 40 * DAY),
      ends('theirs', 4 * DAY, { owner: 'group:default/payments' }),
    ],
    leases: {
      kept: {
        hold: { ...safeguard, until: iso(now, 8 * DAY) },
        dueAt: iso(now, 8 * DAY),
      },
      spared: { protection: safeguard },
    },
    failedTeardowns: [aFailedTeardown()],
    ...data,
  });
}

const rowNames = () =>
  within(screen.getByRole('grid', { name: 'Leases' }))
    .getAllByRole('rowheader')
    .map(cell => cell.textContent);

describe('the page of leases', () => {
  it('answers in one line what ends, what is kept and what resists, and each number opens its rows', async () => {
    renderPortal('/environments/leases', apiWithLeases());

    expect(
      await screen.findByRole('link', { name: '1 ends today' }),
    ).toHaveAttribute('href', '/environments/leases?days=1');
    expect(
      screen.getByRole('link', { name: '3 within 7 days' }),
    ).toHaveAttribute('href', '/environments/leases?days=7');
    expect(screen.getByRole('link', { name: '1 held' })).toHaveAttribute(
      'href',
      '/environments/leases/kept',
    );
    expect(
      await screen.findByRole('link', { name: '1 could not be torn down' }),
    ).toHaveAttribute('href', '/environments/orphans');
  });

  it('lists what ends first above, with what happens then and why', async () => {
    renderPortal('/environments/leases', apiWithLeases());

    await screen.findByRole('row', { name: 'kept' });
    expect(rowNames()).toEqual(['overdue', 'late', 'spared', 'kept']);
    const row = screen.getByRole('row', { name: 'kept' });
    expect(row).toHaveTextContent('held: Incident 42');
    expect(screen.getByRole('row', { name: 'spared' })).toHaveTextContent(
      'kept, being protected',
    );
  });

  it('shows a day alone when its bar is chosen, and all days again', async () => {
    renderPortal('/environments/leases', apiWithLeases());
    const days = await screen.findByRole('list', {
      name: 'What ends in the next 14 days',
    });
    await userEvent.click(
      within(days).getByRole('link', { name: /^Today.*1 is destroyed/ }),
    );

    await waitFor(() => expect(rowNames()).toEqual(['overdue']));
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 14 days' }),
    );
    await waitFor(() => expect(rowNames()).toHaveLength(4));
  });

  it('extends from the list, once its limits are read', async () => {
    const api = apiWithLeases();
    renderPortal('/environments/leases', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Extend late…' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Extend late' });
    await userEvent.click(
      await within(dialog).findByRole('button', { name: 'Extend late by 1 d' }),
    );
    await waitFor(() => expect(api.done[0]?.what).toBe('extend late'));
  });

  it('says why a lease can’t be extended', async () => {
    const problem = {
      code: 'lease.maximum.reached',
      message: 'It ends at the latest moment that is allowed.',
    };
    renderPortal(
      '/environments/leases',
      apiWithLeases({ leases: { late: { extension: { problem } } } }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Extend late…' }),
    );
    expect(
      await screen.findByText(/latest moment that is allowed/),
    ).toBeInTheDocument();
  });

  it('shows what is held and protected, until when, by whom and why', async () => {
    renderPortal('/environments/leases/kept', apiWithLeases());

    const held = await screen.findByRole('region', { name: 'Held' });
    expect(held).toHaveTextContent('kept');
    expect(held).toHaveTextContent('jon');
    expect(held).toHaveTextContent('Incident 42');
    const spared = await screen.findByRole('region', { name: 'Protected' });
    expect(spared).toHaveTextContent('spared');
  });

  it('says that ends wait for an operator, and takes the word of who may say one', async () => {
    const since = iso(Date.now(), -HOUR);
    const brake = {
      id: 'brake-1',
      revision: 3,
      since,
      dueAfter: since,
      dueUntil: since,
      falling: 40,
      living: 70,
      waiting: 38,
      owners: [],
      ownersTotal: 0,
    };
    const api = apiWithLeases({ brake });
    renderPortal('/environments/leases', api);
    expect(
      await screen.findByText(/^38 environments wait for the word/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Let them end…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'It was so');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Let 38 environments end' }),
    );
    await waitFor(() =>
      expect(api.done).toEqual([
        {
          what: 'brake released',
          body: { reason: 'It was so', revision: 3 },
        },
      ]),
    );
  });

  it('says so when nothing ends, and how to look further', async () => {
    renderPortal('/environments/leases', new SampleApi());

    expect(
      await screen.findByText('Nothing ends in these days'),
    ).toBeInTheDocument();
    expect(screen.getByText(/^Nothing ends today/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Look at all' }),
    ).toBeInTheDocument();
  });

  it('says what went wrong when the leases can’t be read', async () => {
    const api = apiWithLeases();
    api.leases.list = async () => {
      throw await refusal(503, []);
    };
    renderPortal('/environments/leases', api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The leases could not be read',
    );
  });
});
