import { screen } from '@testing-library/react';
import { aBlueprint, aBlueprintVersion } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

// In a file of its own: answers about permissions are kept between tests.
it('says so when one may not create', async () => {
  renderPortal(
    '/environments/create/site-sandbox',
    new SampleApi({
      blueprints: [aBlueprint()],
      versions: [aBlueprintVersion()],
    }),
    { allowed: false },
  );

  expect(
    await screen.findByText(/You may not create environments/),
  ).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /^Create / })).toBeDisabled();
});
