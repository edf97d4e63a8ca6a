import { screen } from '@testing-library/react';
import { aFailedTeardown } from '../testing/orphanBuilders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

// A file of its own, since answers about permissions are kept.
it('says that only operators may forget', async () => {
  renderPortal(
    '/environments/orphans',
    new SampleApi({ failedTeardowns: [aFailedTeardown()] }),
    { allowed: false },
  );

  expect(
    await screen.findByText(
      'Only operators may forget what could not be proven gone.',
    ),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('button', { name: 'Forget shop-demo…' }),
  ).toBeDisabled();
});
