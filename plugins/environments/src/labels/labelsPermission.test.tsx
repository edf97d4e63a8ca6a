import { screen } from '@testing-library/react';
import { anEnvironment } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

// In a file of its own: what may be done is remembered for a while, across tests too.
it('the labels of an environment can’t be changed without permission, and it says so', async () => {
  renderPortal(
    '/environments/e/shop-demo',
    new SampleApi({
      environments: [anEnvironment({ labels: { team: 'checkout' } })],
    }),
    { allowed: false },
  );
  expect(
    await screen.findByText('You may not update this environment.'),
  ).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Edit labels' })).toBeDisabled();
  expect(
    screen.getByRole('link', { name: 'team=checkout' }),
  ).toBeInTheDocument();
});
