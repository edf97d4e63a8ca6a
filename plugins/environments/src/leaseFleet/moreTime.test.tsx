import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { WaitingMoreTime } from '@greenroom/plugin-environments-common';
import { anEnvironment, DAY, HOUR, iso } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const NOW = Date.now();

function aRequest(number: number): WaitingMoreTime {
  return {
    id: `request-${number}`,
    environmentId: `env-${number}`,
    environmentName: `demo-${number}`,
    owner: 'group:default/checkout',
    askedBy: 'user:default/jon',
    askedAt: iso(NOW, -number * HOUR),
    until: iso(NOW, 9 * DAY),
    expiresAt: iso(NOW, number * HOUR),
    reason: `The demo ${number} has moved`,
    limit: { code: 'lease.extension.limit', message: 'It has no more.' },
    state: 'waiting',
    rights: { answer: number % 2 === 1, withdraw: false },
  };
}

const page = '/environments/leases/more-time';
const table = () =>
  screen.findByRole('region', { name: 'Waiting for an answer' });

describe('who asks for more time over the fleet', () => {
  it('is counted and listed with why, until when and what comes of silence', async () => {
    const moreTime = [aRequest(1), aRequest(2)];
    renderPortal(page, new SampleApi({ moreTime }));
    const [, first, second] = within(await table()).getAllByRole('row');
    expect(first).toHaveTextContent('demo-1');
    expect(first).toHaveTextContent('The demo 1 has moved');
    expect(first).toHaveTextContent('It has no more.');
    expect(second).toHaveTextContent('Whoever may go beyond its limits');
    expect(
      await screen.findByRole('link', { name: '2 ask for more time' }),
    ).toHaveAttribute('href', page);
    expect(
      await screen.findByRole('link', { name: /^More time\s*2$/ }),
    ).toBeVisible();
  });

  it('is answered there', async () => {
    const api = new SampleApi({ moreTime: [aRequest(1)] });
    jest.spyOn(api.moreTime, 'decline').mockResolvedValue({} as never);
    renderPortal(page, api);
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Decline more time for demo-1…',
      }),
    );
    const name = 'Decline more time for demo-1';
    const dialog = await screen.findByRole('dialog', { name });
    await userEvent.type(
      within(dialog).getByLabelText(/^Reason/),
      'a smaller one',
    );
    await userEvent.click(within(dialog).getByRole('button', { name }));
    await waitFor(() =>
      expect(api.moreTime.decline).toHaveBeenCalledWith(
        'env-1',
        { request: 'request-1', reason: 'a smaller one' },
        { idempotencyKey: expect.any(String) },
      ),
    );
  });

  it('is whoever asks where the list says that a limit is reached', async () => {
    const message = 'It has no more.';
    const problem = { code: 'lease.extension.limit', message };
    const lease = {
      grantedAt: iso(NOW, -DAY),
      expiresAt: iso(NOW, 6 * HOUR),
      onExpiry: 'destroy' as const,
      reason: '30 h, the usual',
    };
    const api = new SampleApi({
      environments: [anEnvironment({ lease })],
      leases: { 'env-1': { extension: { problem } } },
    });
    renderPortal('/environments/leases', api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Extend shop-demo…' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for more time…' }),
    );
    expect(
      await screen.findByRole('dialog', {
        name: 'Ask for more time for shop-demo',
      }),
    ).toHaveTextContent(message);
  });

  it('is nobody of those that are shown, and of all how many', async () => {
    const api = new SampleApi({ moreTime: [aRequest(1)] });
    renderPortal(`${page}?q=another`, api);
    await userEvent.click(
      await screen.findByRole('link', { name: '1 waits for an answer' }),
    );
    expect(await table()).toHaveTextContent('demo-1');
  });

  it('is nobody, or is not known, and says so', async () => {
    const { unmount } = renderPortal(page, new SampleApi());
    expect(
      await screen.findByText(/^Nobody asks for more time than the limits/),
    ).toBeInTheDocument();
    unmount();
    const api = new SampleApi();
    jest.spyOn(api.moreTime, 'list').mockRejectedValue(await refusal(503, []));
    renderPortal(page, api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The requests for more time could not be read',
    );
  });
});
