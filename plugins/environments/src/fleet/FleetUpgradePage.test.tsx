import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetUpgrade } from '@greenroom/plugin-environments-common';
import { aFleetEnvironment, aFleetUpgrade } from '../testing/fleetBuilders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const apiWith = (part: Partial<FleetUpgrade> = {}) =>
  new SampleApi({
    fleet: {
      upgrades: [aFleetUpgrade(part)],
      environments: {
        'fleet-1': [
          aFleetEnvironment(),
          aFleetEnvironment({
            environmentId: 'env-2',
            name: 'pr-318',
            state: 'failed',
            wave: 2,
            problem: { code: 'x', message: 'The apply of site failed.' },
          }),
          aFleetEnvironment({
            environmentId: 'env-3',
            name: 'load-test',
            state: 'set-aside',
            wave: undefined,
            operation: undefined,
            problem: {
              code: 'fleet.environment.paused',
              message: 'load-test is paused.',
              remedy: 'Resume it, and upgrade it then.',
            },
          }),
        ],
      },
    },
  });

describe('the page of a fleet upgrade', () => {
  it('says how far it is and why it does not go on, and resumes it with a reason', async () => {
    const api = apiWith();
    renderPortal('/environments/fleet/fleet-1', api);
    expect(
      await screen.findByRole('heading', {
        name: 'Site sandbox fleet to 1.3.0',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('9 of 30 upgraded, 2 failed, 1 set aside.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/2 upgrades have failed, and 1 may\./),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Resume…' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('It goes on with the 18 that wait');
    expect(dialog).toHaveTextContent('The 2 that failed so far');
    const act = within(dialog).getByRole('button', {
      name: 'Resume this fleet upgrade',
    });
    expect(act).toBeDisabled();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /^Reason/ }),
      'the disk was full',
    );
    await userEvent.click(act);
    await waitFor(() =>
      expect(api.fleet.asked).toEqual([
        { what: 'resume fleet-1', body: { reason: 'the disk was full' } },
      ]),
    );
  });

  it('says whom it was asked for', async () => {
    const selection = {
      blueprint: 'site-sandbox',
      owner: ['group:default/checkout'],
      label: ['ring=1', 'ticket'],
    };
    renderPortal('/environments/fleet/fleet-1', apiWith({ selection }));
    expect(
      await screen.findByText('of checkout, labelled ring=1, ticket'),
    ).toBeInTheDocument();
  });

  it('leads to each operation, and to the upgrade of what is set aside', async () => {
    renderPortal('/environments/fleet/fleet-1', apiWith());
    const table = await screen.findByRole('region', {
      name: 'Environments of this fleet upgrade',
    });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(
      within(rows[0]).getByRole('link', { name: 'Upgrade 3' }),
    ).toHaveAttribute(
      'href',
      '/environments/e/shop-demo/operations/3?id=env-1',
    );
    expect(rows[1]).toHaveTextContent('The apply of site failed.');
    expect(rows[2]).toHaveTextContent('load-test is paused.');
    expect(
      within(rows[2]).getByRole('link', {
        name: 'Upgrade load-test on its own',
      }),
    ).toHaveAttribute(
      'href',
      '/environments/e/load-test/upgrade?version=1.3.0',
    );
  });

  it('shows those of a state that its address names', async () => {
    renderPortal('/environments/fleet/fleet-1?state=failed', apiWith());
    expect(await screen.findByRole('link', { name: 'pr-318' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'shop-demo' })).toBeNull();
  });

  it('says why one may not move it, and offers nothing once it is over', async () => {
    const refused = { allowed: false, reason: 'You may not upgrade fleets.' };
    const { unmount } = renderPortal(
      '/environments/fleet/fleet-1',
      apiWith({
        state: 'running',
        because: undefined,
        moves: [
          { move: 'pause', ...refused },
          { move: 'resume', allowed: false, reason: 'It is running.' },
          { move: 'abort', ...refused },
        ],
      }),
    );
    const pause = await screen.findByRole('button', { name: 'Pause…' });
    expect(pause).toBeDisabled();
    expect(pause).toHaveAccessibleDescription('You may not upgrade fleets.');
    unmount();

    renderPortal(
      '/environments/fleet/fleet-1',
      apiWith({ state: 'completed' }),
    );
    await screen.findByRole('heading', { name: 'Site sandbox fleet to 1.3.0' });
    expect(screen.queryByRole('button', { name: 'Abort…' })).toBeNull();
  });

  it('says that there is no such fleet upgrade', async () => {
    renderPortal('/environments/fleet/other', apiWith());
    expect(
      await screen.findByText('There is no such fleet upgrade'),
    ).toBeInTheDocument();
  });
});

describe('the list of fleet upgrades', () => {
  it('says whether one waits for somebody, and leads to each', async () => {
    renderPortal('/environments/fleet', apiWith());
    expect(
      await screen.findByText(
        '1 is paused or stopped, and waits for somebody.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Site sandbox fleet to 1.3.0' }),
    ).toHaveAttribute('href', '/environments/fleet/fleet-1');
  });

  it('says what it is for when there is none', async () => {
    renderPortal('/environments/fleet', new SampleApi());
    expect(
      await screen.findByText('No fleet was upgraded yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Upgrade a fleet' }),
    ).toHaveAttribute('href', '/environments/fleet/new');
  });
});
