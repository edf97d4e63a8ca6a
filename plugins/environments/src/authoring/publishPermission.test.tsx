import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

// A file of its own, since answers about permissions are kept.
it('lets everybody write, and says that they may not publish, nor plan', async () => {
  renderPortal('/environments/blueprints/new', new SampleApi(), {
    allowed: false,
  });

  expect(
    await screen.findByText(/You may not publish blueprints/),
  ).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Publish 0.1.0' })).toBeDisabled();
  expect(
    screen.getByRole('button', { name: 'Keep 0.1.0 as a draft' }),
  ).toBeDisabled();

  await userEvent.click(screen.getByRole('radio', { name: 'Examples' }));
  const plan = screen.getByRole('button', { name: 'Plan usual' });
  expect(plan).toBeDisabled();
  expect(plan).toHaveAccessibleDescription(
    /kept as a draft, and you may not publish blueprints/,
  );
});
