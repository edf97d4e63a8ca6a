import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EnvironmentLease } from '@greenroom/plugin-environments-common';
import { anEnvironment, DAY, HOUR, iso } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const NOW = Date.now();
const EVERY_RIGHT = { extend: true, override: true, hold: true, protect: true };
const HOLD = {
  until: iso(NOW, 3 * DAY),
  since: iso(NOW, -HOUR),
  by: 'user:default/mira',
  reason: 'Incident 4711',
};
const PROTECTION = {
  since: iso(NOW, -HOUR),
  by: 'user:default/mira',
  reason: 'Shown to customers',
};

/** Ends in six hours, if nobody says otherwise. */
function apiWith(lease: Partial<EnvironmentLease> = {}) {
  const { expiresAt = iso(NOW, 6 * HOUR), hold, protection } = lease;
  const environment = anEnvironment({
    lease: {
      grantedAt: iso(NOW, -DAY),
      maxExpiresAt: iso(NOW, DAY),
      onExpiry: 'destroy',
      reason: '30 h, the usual',
      expiresAt,
      hold,
      protection,
    },
  });
  return new SampleApi({
    environments: [environment],
    leases: { 'env-1': { rights: EVERY_RIGHT, ...lease } },
  });
}

async function openMenu() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'More for shop-demo' }),
  );
  return screen.findByRole('menu');
}

async function choose(label: string) {
  const menu = await openMenu();
  await userEvent.click(
    await within(menu).findByRole('menuitem', { name: label }),
  );
  return screen.findByRole('dialog');
}

const press = (dialog: HTMLElement, name: RegExp | string) =>
  userEvent.click(within(dialog).getByRole('button', { name }));

describe('the menu of an environment', () => {
  it('holds it for an incident, by what the button says', async () => {
    const api = apiWith();
    renderPortal('/environments/e/shop-demo', api);
    const dialog = await choose('Hold shop-demo…');
    expect(dialog).toHaveTextContent('7 d at most (lease.hold.max)');
    const act = within(dialog).getByRole('button', {
      name: /^Hold shop-demo until/,
    });
    expect(act).toBeDisabled();

    await userEvent.click(
      within(dialog).getByRole('button', { name: /^8 h For/ }),
    );
    await userEvent.click(await screen.findByRole('option', { name: '1 h' }));
    expect(dialog).toHaveTextContent('this hold would change nothing');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Incident 42',
    );
    await press(dialog, /^Hold shop-demo until (today|tomorrow)/);
    await waitFor(() =>
      expect(api.done).toEqual([
        {
          what: 'hold env-1',
          body: {
            until: expect.stringMatching(/Z$/),
            reason: 'Incident 42',
            revision: 1,
          },
        },
      ]),
    );
  });

  it('extends it beyond its limits, and says what that moves', async () => {
    const api = apiWith({
      extension: {
        problem: {
          code: 'lease.maximum.reached',
          message: 'Its maximum is near.',
        },
      },
    });
    renderPortal('/environments/e/shop-demo', api);
    const dialog = await choose('Extend shop-demo beyond its limits…');
    expect(dialog).toHaveTextContent('its maximum moves there from');
    expect(dialog).toHaveTextContent('Its maximum is near.');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'the fair was moved',
    );
    await press(dialog, 'Extend shop-demo by 1 d');
    await waitFor(() =>
      expect(api.done).toEqual([
        {
          what: 'extend env-1',
          body: {
            until: iso(NOW, 30 * HOUR),
            override: true,
            reason: 'the fair was moved',
            revision: 1,
          },
        },
      ]),
    );
  });

  it('shortens its lease, without a reason if one likes', async () => {
    const api = apiWith();
    renderPortal('/environments/e/shop-demo', api);
    const dialog = await choose('Shorten the lease of shop-demo…');
    await press(dialog, /^Let shop-demo end (today|tomorrow)/);
    await waitFor(() =>
      expect(api.done).toMatchObject([{ what: 'shorten env-1' }]),
    );
  });

  it('protects it, with a reason', async () => {
    const api = apiWith();
    renderPortal('/environments/e/shop-demo', api);
    const dialog = await choose('Protect shop-demo…');
    expect(dialog).toHaveTextContent('Nobody destroys it');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'shown to customers',
    );
    await press(dialog, 'Protect shop-demo');
    await waitFor(() =>
      expect(api.done).toMatchObject([
        { what: 'protect env-1', body: { reason: 'shown to customers' } },
      ]),
    );
  });

  it('lifts a hold, and says that it is destroyed by that', async () => {
    const api = apiWith({ expiresAt: iso(NOW, -HOUR), hold: HOLD });
    renderPortal('/environments/e/shop-demo', api);
    expect(await screen.findByText(/Incident 4711/)).toBeInTheDocument();
    const dialog = await choose('Release the hold of shop-demo…');
    expect(dialog).toHaveTextContent(/Its time was up .* destroyed at once/);
    await press(dialog, 'Release the hold of shop-demo');
    await waitFor(() =>
      expect(api.done).toMatchObject([{ what: 'release env-1' }]),
    );
  });

  it('lifts a protection, and says what still keeps it', async () => {
    const api = apiWith({
      expiresAt: iso(NOW, -HOUR),
      hold: HOLD,
      protection: PROTECTION,
    });
    renderPortal('/environments/e/shop-demo', api);
    const dialog = await choose('Lift the protection of shop-demo…');
    expect(dialog).toHaveTextContent('It is still held: Incident 4711');
    expect(dialog).not.toHaveTextContent('at once');
    await press(dialog, 'Lift the protection of shop-demo');
    await waitFor(() =>
      expect(api.done).toMatchObject([{ what: 'unprotect env-1' }]),
    );
  });

  it('keeps what one may not do in its place, with the reason', async () => {
    const rights = {
      extend: true,
      override: false,
      hold: false,
      protect: false,
    };
    renderPortal('/environments/e/shop-demo', apiWith({ rights }));
    const menu = await openMenu();
    for (const [label, why] of [
      [
        'Extend shop-demo beyond its limits…',
        'You may not go beyond its limits.',
      ],
      ['Hold shop-demo…', 'You may not hold environments.'],
      ['Protect shop-demo…', 'You may not protect environments.'],
    ]) {
      const item = within(menu).getByRole('menuitem', { name: label + why });
      expect(item).toHaveAttribute('aria-disabled', 'true');
    }
  });
});
