import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment } from '../testing/builders';
import { aFailedTeardown, anOrphan } from '../testing/orphanBuilders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

function apiWithOrphans() {
  return new SampleApi({
    environments: [anEnvironment({ state: 'failed' })],
    failedTeardowns: [aFailedTeardown()],
    orphans: [
      anOrphan(),
      anOrphan({
        id: 'orphan-2',
        address: 'aws_s3_bucket.assets',
        state: 'forgotten',
        forgotten: { by: 'user:default/jon', reason: 'Account is closed' },
      }),
    ],
  });
}

describe('the page of orphans', () => {
  it('says what is left, since when, and what is tried next', async () => {
    renderPortal('/environments/orphans', apiWithOrphans());

    const teardowns = await screen.findByRole('region', {
      name: 'Failed teardowns',
    });
    expect(teardowns).toHaveTextContent('shop-demo');
    const orphans = await screen.findByRole('region', { name: 'Orphans' });
    expect(orphans).toHaveTextContent('aws_db_instance.main');
    expect(orphans).toHaveTextContent('Cannot delete protected DB Instance');
    expect(orphans).not.toHaveTextContent('aws_s3_bucket.assets');
    expect(
      screen.getByText('1 teardown did not get through.'),
    ).toBeInTheDocument();
  });

  it('shows who forgot what, and why, when the filter asks for it', async () => {
    renderPortal('/environments/orphans?state=forgotten', apiWithOrphans());

    expect(
      await screen.findByText('Forgotten by jon: Account is closed'),
    ).toBeInTheDocument();
  });

  it('forgets only with a reason, after saying what that means', async () => {
    const api = apiWithOrphans();
    renderPortal('/environments/orphans', api);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Forget shop-demo…' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Forget shop-demo',
    });
    expect(dialog).toHaveTextContent('may still be there, and cost money');
    const act = within(dialog).getByRole('button', {
      name: 'Forget shop-demo',
    });
    expect(act).toBeDisabled();
    await userEvent.type(
      within(dialog).getByLabelText(/Reason/),
      'Removed by hand',
    );
    await userEvent.click(act);

    await waitFor(() =>
      expect(api.done).toEqual([
        { what: 'forget env-1', body: { reason: 'Removed by hand' } },
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('does not say that nothing is left while a teardown is tried again', async () => {
    renderPortal(
      '/environments/orphans',
      new SampleApi({ failedTeardowns: [aFailedTeardown({ orphans: 0 })] }),
    );

    expect(
      await screen.findByText('Nothing counts as left over yet'),
    ).toBeInTheDocument();
  });

  it('says so when nothing is left over', async () => {
    renderPortal('/environments/orphans', new SampleApi());

    expect(await screen.findByText('Nothing is left over')).toBeInTheDocument();
    expect(
      screen.getByText(
        'Every teardown got through; nothing that should be gone is left.',
      ),
    ).toBeInTheDocument();
  });
});
