import { screen, waitFor } from '@testing-library/react';
import { anEnvironment } from '../testing/builders';
import { aLiveDetail } from '../testing/liveBuilders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

// On its own: the permission hook remembers the answers of other tests.
describe('what runs, for somebody who may not update the environment', () => {
  it('is shown, and nothing may be asked of it', async () => {
    renderPortal(
      '/environments/e/shop-demo?tab=live',
      new SampleApi({
        environments: [anEnvironment()],
        live: { 'env-1': { items: [aLiveDetail()] } },
      }),
      { allowed: false },
    );
    const history = await screen.findByRole('region', { name: 'History' });
    await waitFor(() =>
      expect(history).toHaveTextContent(
        'No going back now: You may not update this environment.',
      ),
    );
    const sync = screen.getByRole('button', { name: 'Sync app…' });
    expect(sync).toBeDisabled();
    expect(sync).toHaveAccessibleDescription(
      'You may not update this environment.',
    );
    expect(
      screen.getByRole('button', { name: 'Roll back to 91ab0e2…' }),
    ).toBeDisabled();
  });
});
