import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  EnvironmentLease,
  LeaseLedgerEntry,
} from '@greenroom/plugin-environments-common';
import { anEnvironment } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const EXPIRES = '2040-11-20T18:00:00.000Z';

function apiWith(
  lease: Partial<EnvironmentLease> = {},
  ledger: LeaseLedgerEntry[] = [],
) {
  const environment = anEnvironment({
    lease: {
      grantedAt: '2026-11-20T18:00:00.000Z',
      expiresAt: EXPIRES,
      onExpiry: 'destroy',
      reason: '48 h, the usual',
    },
  });
  return new SampleApi({
    environments: [environment],
    leases: {
      'env-1': {
        extension: { usualSeconds: 86_400, until: '2040-11-23T18:00:00.000Z' },
        ...lease,
      },
    },
    ledgers: { 'env-1': ledger },
  });
}

const extend = () =>
  screen.findByRole('button', { name: /^Extend( 1 d, to .*)?$/ });

describe('the lease of an environment', () => {
  it('is extended by two presses, by what the button says', async () => {
    const api = apiWith({
      extensionsUsed: 1,
      rules: {
        holdMax: { value: 1, rule: 'lease.hold.max' },
        extensions: { value: 3, rule: 'ttl.extensions.max' },
      },
    });
    renderPortal('/environments/e/shop-demo', api);

    expect(await screen.findByText('1 of 3 used')).toBeInTheDocument();
    expect(await extend()).toHaveTextContent(/^Extend 1 d, to 21 Nov 2040/);
    await userEvent.click(await extend());
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Extend shop-demo by 1 d' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.done).toEqual([
      {
        what: 'extend env-1',
        body: { until: '2040-11-21T18:00:00.000Z', revision: 1 },
      },
    ]);
  });

  it('says why it can not be extended', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        extension: {
          problem: {
            code: 'lease.extension.limit',
            message: 'It was extended 3 times, as often as its rules let it.',
            remedy: 'Ask the admins.',
          },
        },
      }),
    );
    expect(await extend()).toBeDisabled();
    expect(
      screen.getByText(/^It was extended 3 times, as often/),
    ).toBeInTheDocument();
  });

  it('says that somebody may not extend it', async () => {
    renderPortal(
      '/environments/e/shop-demo',
      apiWith({
        rights: { extend: false, override: false, hold: false, protect: false },
      }),
    );
    expect(await extend()).toBeDisabled();
    expect(screen.getByText('You may not extend it.')).toBeInTheDocument();
  });

  it('keeps the dialog open and says why when the extension is refused', async () => {
    const api = apiWith();
    jest.spyOn(api, 'extendLease').mockRejectedValue(
      await refusal(409, [
        {
          code: 'lease.changed',
          message: 'The lease was changed meanwhile.',
          remedy: 'Look at it again.',
        },
      ]),
    );
    renderPortal('/environments/e/shop-demo', api);
    await userEvent.click(await extend());
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Extend shop-demo by 1 d' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'shop-demo was not extended: the lease was changed meanwhile.',
    );
  });

  it('tells all that has happened to it, and its limits', async () => {
    renderPortal(
      '/environments/e/shop-demo?tab=lease',
      apiWith(
        {
          rules: {
            holdMax: { value: 1, rule: 'lease.hold.max' },
            max: { value: 14 * 86_400, rule: 'config.leases.rules[0].max' },
          },
        },
        [
          {
            id: '2',
            kind: 'extend',
            at: '2026-11-21T08:00:00.000Z',
            actor: 'user:default/mira',
            reason: 'A demo on Friday',
            rule: 'ttl.extensions.by',
            expiresBefore: '2040-11-19T18:00:00.000Z',
            expiresAfter: EXPIRES,
            detail: {},
          },
          {
            id: '1',
            kind: 'grant',
            at: '2026-11-20T18:00:00.000Z',
            actor: 'system:lease',
            reason: '48 h, the usual',
            rule: 'ttl.default',
            expiresAfter: '2040-11-19T18:00:00.000Z',
            detail: {},
          },
        ],
      ),
    );
    const ledger = await screen.findByRole('region', {
      name: 'Ledger of the lease',
    });
    const rows = within(ledger).getAllByRole('row').slice(1);
    expect(rows[0]).toHaveTextContent(/Extended.*mira.*A demo on Friday/);
    expect(rows[1]).toHaveTextContent(/Granted.*Greenroom.*ttl\.default/);
    expect(screen.getByText('14 d')).toHaveAttribute(
      'title',
      'config.leases.rules[0].max',
    );
  });
});
