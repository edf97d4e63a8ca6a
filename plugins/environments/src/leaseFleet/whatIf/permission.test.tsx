import { screen } from '@testing-library/react';
import { renderPortal } from '../../testing/renderPortal';
import { SampleApi } from '../../testing/SampleApi';

// In a file of its own, since decisions are remembered from one test to the next.
describe('trying other rules', () => {
  it('says who may to those who may not', async () => {
    renderPortal('/environments/leases/what-if', new SampleApi(), {
      allowed: false,
    });
    expect(
      await screen.findByText(/permission environments.lease.simulate/),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'See what would be' }),
    ).not.toBeInTheDocument();
  });
});
