import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment, DAY, iso } from '../../testing/builders';
import { renderPortal } from '../../testing/renderPortal';
import { refusal, SampleApi, SampleData } from '../../testing/SampleApi';

const NIGHTLY = {
  sleep: '0 19 * * *',
  wake: '0 8 * * *',
  timeZone: 'Europe/Berlin',
  rule: 'blueprint',
};

function apiWithSleeps(data: Partial<SampleData> = {}) {
  const now = Date.now();
  const sleeping = (name: string, state: 'running' | 'paused') =>
    anEnvironment(
      {
        id: name,
        name,
        state,
        schedule: NIGHTLY,
        lease: {
          ...anEnvironment({}, now).lease,
          expiresAt: iso(now, 40 * DAY),
        },
      },
      now,
    );
  return new SampleApi({
    environments: [sleeping('awake', 'running'), sleeping('asleep', 'paused')],
    ...data,
  });
}

const row = async (name: string) =>
  (await screen.findByRole('rowheader', { name: new RegExp(`^${name}`) }))
    .parentElement!;

describe('the calendar of sleeps', () => {
  it('says of each environment and day when it sleeps, in words too, and what comes next', async () => {
    renderPortal('/environments/leases/sleeps', apiWithSleeps());

    const awake = await row('awake');
    expect(awake).toHaveTextContent('Europe/Berlin, by its blueprint');
    const days = within(awake).getAllByRole('cell').slice(0, 7);
    days
      .slice(1)
      .forEach(day =>
        expect(day).toHaveTextContent(/^asleep \d\d:\d\d–\d\d:\d\d/),
      );
    expect(awake).toHaveTextContent(/Sleeps (today|tomorrow) \d\d:\d\d/);
    expect(await row('asleep')).toHaveTextContent(
      /Wakes (today|tomorrow) \d\d:\d\d/,
    );
    expect(
      within(await row('awake')).queryByRole('button'),
    ).not.toBeInTheDocument();
  });

  it('goes on to later weeks, as far as anybody knows', async () => {
    renderPortal('/environments/leases/sleeps', apiWithSleeps());
    await row('awake');
    expect(screen.getByRole('button', { name: 'Week before' })).toBeDisabled();
    const after = screen.getByRole('button', { name: 'Week after' });
    for (let week = 0; week < 3; week++) await userEvent.click(after);
    expect(after).toBeDisabled();
    expect(screen.queryByText('Today')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Week before' }));
    expect(after).toBeEnabled();
  });

  it('marks holidays, and what its schedule leaves paused', async () => {
    const now = Date.now();
    const holiday = new Date(now + DAY).toISOString().slice(0, 10);
    renderPortal(
      '/environments/leases/sleeps',
      apiWithSleeps({
        sleeping: {
          awake: {
            holidays: [holiday],
            schedule: { ...NIGHTLY, holidays: 'berlin' },
          },
          asleep: { standing: 'paused', sleeps: [], next: undefined },
        },
      }),
    );
    expect(await row('awake')).toHaveTextContent('a holiday of berlin');
    expect(await row('asleep')).toHaveTextContent(
      'Paused; its schedule leaves it so',
    );
  });

  it('wakes what sleeps, after saying what comes of it', async () => {
    const api = apiWithSleeps();
    renderPortal('/environments/leases/sleeps', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Wake asleep…' }),
    );
    const dialog = await screen.findByRole('dialog', { name: 'Wake asleep' });
    expect(dialog).toHaveTextContent(/Its schedule would wake it/);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Wake asleep' }),
    );
    await waitFor(() =>
      expect(api.submitted).toMatchObject([{ id: 'asleep', kind: 'resume' }]),
    );
  });

  it('lets nobody wake what is not theirs', async () => {
    renderPortal(
      '/environments/leases/sleeps',
      apiWithSleeps({ sleeping: { asleep: { rights: { wake: false } } } }),
    );
    const button = await screen.findByRole('button', { name: 'Wake asleep…' });
    expect(button).toBeDisabled();
    expect(
      screen.getByTitle('You may not wake asleep; it belongs to checkout.'),
    ).toBeInTheDocument();
  });

  it('says so when nothing sleeps, and when the sleeps can’t be read', async () => {
    const api = new SampleApi();
    const { unmount } = renderPortal('/environments/leases/sleeps', api);
    expect(
      await screen.findByText(
        'None of these environments sleeps by a schedule',
      ),
    ).toBeInTheDocument();
    unmount();
    api.leases.sleeps = async () => {
      throw await refusal(503, []);
    };
    renderPortal('/environments/leases/sleeps', api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The sleeps could not be read',
    );
  });
});
