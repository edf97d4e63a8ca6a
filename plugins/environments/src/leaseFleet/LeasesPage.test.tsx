import {
  LeaseBrake,
  WaitingLease,
} from '@greenroom/plugin-environments-common';
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

/** Holds 38, most of them of one owner. */
function aBrake(): LeaseBrake {
  const since = iso(Date.now(), -HOUR);
  return {
    id: 'brake-1',
    revision: 3,
    since,
    dueAfter: since,
    dueUntil: since,
    falling: 40,
    living: 70,
    waiting: 38,
    owners: [{ owner: 'group:default/checkout', waiting: 30 }],
    ownersTotal: 1,
  };
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
    ).toHaveAttribute('href', '/environments/leases/failed');
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
    // Not within a dialog: the one that reads the limits gives way to another.
    await userEvent.click(
      await screen.findByRole('button', { name: 'Extend late by 1 d' }),
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

    const held = await screen.findByRole('grid', { name: 'Held' });
    expect(held).toHaveTextContent('kept');
    expect(held).toHaveTextContent('jon');
    expect(held).toHaveTextContent('Incident 42');
    const spared = await screen.findByRole('grid', { name: 'Protected' });
    expect(spared).toHaveTextContent('spared');
  });

  it('says that ends wait for an operator, and takes the word of who may say one', async () => {
    const api = apiWithLeases({ brake: aBrake() });
    renderPortal('/environments/leases', api);
    expect(
      await screen.findByRole('link', { name: '38 environments wait' }),
    ).toHaveAttribute('href', '/environments/leases/waiting');
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

  it('says so when the brake holds others by then, and lets nothing end', async () => {
    const api = apiWithLeases({ brake: aBrake() });
    api.postponeLeaseBrake = async () => {
      throw await refusal(409, [
        {
          code: 'lease.brake.changed',
          message: 'The brake holds other leases than before.',
          remedy: 'Look at what waits now.',
        },
      ]);
    };
    renderPortal('/environments/leases', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Postpone…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'A test');
    await userEvent.click(
      within(dialog).getByRole('button', { name: /^Give 38 environments/ }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      /were not postponed.*other leases than before.*Look at what waits now/,
    );
  });

  it('lists what the brake holds, from where it can be taken out', async () => {
    const now = Date.now();
    const waitingLeases: WaitingLease[] = ['late', 'overdue'].map(name => ({
      environmentId: name,
      environmentName: name,
      owner: 'group:default/checkout',
      stage: 'running',
      onExpiry: 'pause',
      dueAt: iso(now, -HOUR),
    }));
    const api = apiWithLeases({ waitingLeases });
    renderPortal('/environments/leases/waiting', api);
    const row = await screen.findByRole('row', { name: 'late' });
    expect(row).toHaveTextContent('paused, then destroyed');
    expect(
      within(row).getByRole('button', { name: 'Extend late…' }),
    ).toBeEnabled();
    await userEvent.click(within(row).getByRole('checkbox'));
    const bar = await screen.findByRole('region', {
      name: 'Selected environments',
    });
    await userEvent.click(within(bar).getByRole('button', { name: 'Extend…' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Extend 1 environment' }),
    );
    await waitFor(() =>
      expect(api.done).toMatchObject([
        { what: 'extend many', body: { ids: ['late'] } },
      ]),
    );
  });

  it('lets nobody say a word who may not, and says whose they are', async () => {
    renderPortal(
      '/environments/leases',
      apiWithLeases({ brake: aBrake(), mayDecideBrake: false }),
    );
    expect(
      await screen.findByText(
        /most of them of checkout \(30\).*an operator decides/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Let them end…' }),
    ).not.toBeInTheDocument();
  });

  it('shows the teardowns that failed and those that would, or that none did', async () => {
    const { unmount } = renderPortal(
      '/environments/leases/failed',
      apiWithLeases(),
    );
    expect(
      await screen.findByRole('region', { name: 'Failed teardowns' }),
    ).toHaveTextContent('shop-demo');
    expect(
      screen.getByText('No teardown that was checked would fail.'),
    ).toBeInTheDocument();
    unmount();
    renderPortal('/environments/leases/failed', new SampleApi());
    expect(
      await screen.findByText('Every teardown got through.'),
    ).toBeInTheDocument();
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
