import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aBlueprint, aBlueprintVersion } from '../../testing/builders';
import { renderPortal } from '../../testing/renderPortal';
import { SampleApi } from '../../testing/SampleApi';

// A file of its own, since answers about permissions are kept.
it('says who may move versions to those who may not', async () => {
  renderPortal(
    '/environments/blueprints/site-sandbox?tab=versions',
    new SampleApi({
      blueprints: [aBlueprint()],
      versions: [aBlueprintVersion(), aBlueprintVersion({ version: '1.1.0' })],
    }),
    { allowed: false },
  );

  await userEvent.click(
    await screen.findByRole('button', { name: 'More for 1.1.0' }),
  );
  const recommend = screen.getByRole('menuitem', {
    name: /^Recommend 1\.1\.0…/,
  });
  expect(recommend).toHaveAttribute('aria-disabled', 'true');
  expect(recommend).toHaveTextContent(
    'Only platform and the operators of the portal may.',
  );
  expect(
    screen.getByRole('menuitem', { name: 'Compare 1.1.0 with 1.2.0' }),
  ).not.toHaveAttribute('aria-disabled');
});
