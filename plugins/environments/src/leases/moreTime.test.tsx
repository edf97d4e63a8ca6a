import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  EnvironmentLease,
  MoreTimeRequest,
} from '@greenroom/plugin-environments-common';
import { anEnvironment, DAY, HOUR, iso } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const NOW = Date.now();
const EXPIRES = iso(NOW, 6 * HOUR);
const RIGHTS = { extend: true, override: false, hold: false, protect: false };
const LIMITED = {
  problem: {
    code: 'lease.extension.limit',
    message:
      'It has been extended 3 times, and 3 is what this blueprint allows.',
  },
};

function aRequest(part: Partial<MoreTimeRequest> = {}): MoreTimeRequest {
  return {
    id: 'request-1',
    environmentId: 'env-1',
    environmentName: 'shop-demo',
    owner: 'group:default/checkout',
    askedBy: 'user:default/jon',
    askedAt: iso(NOW, -HOUR),
    until: iso(NOW, 9 * DAY),
    reason: 'The demo has moved',
    limit: LIMITED.problem,
    state: 'waiting',
    rights: { answer: true, withdraw: false },
    ...part,
  };
}

function apiWith(lease: Partial<EnvironmentLease>) {
  return new SampleApi({
    environments: [
      anEnvironment({
        lease: {
          grantedAt: iso(NOW, -DAY),
          expiresAt: EXPIRES,
          onExpiry: 'destroy',
          reason: '30 h, the usual',
        },
      }),
    ],
    leases: { 'env-1': { rights: RIGHTS, ...lease } },
  });
}

const show = (lease: Partial<EnvironmentLease>, tab = 'lease') => {
  const api = apiWith(lease);
  renderPortal(`/environments/e/shop-demo?tab=${tab}`, api);
  return api;
};
const note = () =>
  screen.findByRole('region', { name: 'Waiting for an answer' });
const button = async (name: RegExp | string) =>
  screen.findByRole('button', { name });
const say = async (title: string, reason: string) => {
  const dialog = await screen.findByRole('dialog', { name: title });
  if (reason) {
    await userEvent.type(within(dialog).getByLabelText(/^Reason/), reason);
  }
  return dialog;
};

describe('asking for more time than the limits allow', () => {
  it('stands where the limit is explained, and says that nothing moves by it', async () => {
    const api = show({ extension: LIMITED }, 'graph');
    await userEvent.click(await button('Ask for more time…'));
    const dialog = await say('Ask for more time for shop-demo', 'a demo');
    expect(dialog).toHaveTextContent('It has been extended 3 times');
    expect(dialog).toHaveTextContent(/if nobody does, it ends .* as before/);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Ask for 1 d more' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.done).toEqual([
      {
        what: 'ask env-1',
        body: { until: expect.any(String), reason: 'a demo', revision: 1 },
      },
    ]);
  });

  it('is offered by the dialog that extends, for longer than it may', async () => {
    show(
      {
        extension: { usualSeconds: 3600, until: iso(NOW, 8 * HOUR) },
        rules: {
          holdMax: { value: 1, rule: 'lease.hold.max' },
          extendBy: { value: 7200, rule: 'ttl.extensions.by' },
        },
      },
      'graph',
    );
    await userEvent.click(await button(/^Extend 1 h/));
    await userEvent.click(await button('Ask for more time…'));
    const dialog = await say('Ask for more time for shop-demo', '');
    const ask = within(dialog).getByRole('button', {
      name: 'Ask for 1 d more',
    });
    expect(ask).toBeDisabled();
  });

  it('keeps its dialog open and says why when it is refused', async () => {
    const api = show({ extension: LIMITED }, 'graph');
    jest.spyOn(api.moreTime, 'ask').mockRejectedValue(
      await refusal(409, [
        {
          code: 'lease.more-time.waiting',
          message: 'jon has asked already.',
          remedy: 'Wait for it too.',
        },
      ]),
    );
    await userEvent.click(await button('Ask for more time…'));
    const dialog = await say('Ask for more time for shop-demo', 'a demo');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Ask for 1 d more' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'Nobody was asked for more time for shop-demo: jon has asked already.',
    );
  });

  it('is not offered twice, to nobody who may not extend, and not without limits', async () => {
    for (const lease of [
      { extension: LIMITED, moreTime: aRequest() },
      { extension: LIMITED, rights: { ...RIGHTS, extend: false } },
      { extension: {} },
    ]) {
      const api = apiWith(lease);
      const { unmount } = renderPortal('/environments/e/shop-demo', api);
      await screen.findByRole('button', { name: /^Extend/ });
      expect(
        screen.queryByRole('button', { name: 'Ask for more time…' }),
      ).toBeNull();
      unmount();
    }
  });
});

describe('a request for more time', () => {
  it('says who asks, why, what is in the way and what comes of silence', async () => {
    show({ moreTime: aRequest() });
    const shown = await note();
    expect(shown).toHaveTextContent(/Waiting for an answer\s*More time until/);
    expect(shown).toHaveTextContent('asked for by jon');
    expect(shown).toHaveTextContent('The demo has moved.');
    expect(shown).toHaveTextContent('It has been extended 3 times');
    expect(shown).toHaveTextContent(/If nobody answers, it ends/);
  });

  it('is approved', async () => {
    const api = show({ moreTime: aRequest() });
    await userEvent.click(await button('Approve more time for shop-demo…'));
    const dialog = await say('Approve more time for shop-demo', '');
    expect(dialog).toHaveTextContent(/It ends .* then, instead of/);
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Approve more time for shop-demo',
      }),
    );
    await waitFor(() =>
      expect(api.done).toEqual([
        { what: 'approve env-1', body: { request: 'request-1' } },
      ]),
    );
  });

  it('is declined with words alone', async () => {
    const api = show({ moreTime: aRequest() });
    await userEvent.click(await button('Decline more time for shop-demo…'));
    const name = 'Decline more time for shop-demo';
    const silent = await say(name, '');
    expect(within(silent).getByRole('button', { name })).toBeDisabled();
    const dialog = await say(name, 'too dear');
    await userEvent.click(within(dialog).getByRole('button', { name }));
    await waitFor(() =>
      expect(api.done).toEqual([
        {
          what: 'decline env-1',
          body: { request: 'request-1', reason: 'too dear' },
        },
      ]),
    );
  });

  it('is withdrawn by whoever asked, who does not answer it', async () => {
    const rights = { answer: false, withdraw: true };
    const api = show({ moreTime: aRequest({ rights }) });
    await userEvent.click(await button('Withdraw more time for shop-demo…'));
    expect(screen.queryByRole('button', { name: /^Approve/ })).toBeNull();
    const dialog = await say('Ask for no more time for shop-demo', '');
    await userEvent.click(
      within(dialog).getByRole('button', {
        name: 'Ask for no more time for shop-demo',
      }),
    );
    await waitFor(() =>
      expect(api.done).toEqual([
        { what: 'withdraw env-1', body: { request: 'request-1' } },
      ]),
    );
  });

  it('says who answers, to those who may not', async () => {
    const rights = { answer: false, withdraw: false };
    show({ moreTime: aRequest({ rights }) });
    expect(await button('Approve more time for shop-demo…')).toBeDisabled();
    expect(await button('Decline more time for shop-demo…')).toBeDisabled();
    expect(await note()).toHaveTextContent(
      'Whoever may go beyond its limits answers.',
    );
  });

  it('that was declined says by whom and why, and one that was approved nothing', async () => {
    const answer = {
      by: 'user:default/ada',
      at: iso(NOW, -HOUR),
      reason: 'too dear',
    };
    const moreTime = aRequest({ state: 'declined', answer });
    const declined = apiWith({ moreTime });
    const { unmount } = renderPortal(
      '/environments/e/shop-demo?tab=lease',
      declined,
    );
    expect(await screen.findByText(/too dear\.$/)).toHaveTextContent(
      /^ada declined/,
    );
    unmount();
    show({ moreTime: { ...moreTime, state: 'approved' } });
    // A limit of the lease, so that is there.
    await screen.findByText('One hold');
    expect(screen.queryByText(/too dear/)).toBeNull();
  });
});
