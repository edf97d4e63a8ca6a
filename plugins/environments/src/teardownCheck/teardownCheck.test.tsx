import { TeardownCheck } from '@greenroom/plugin-environments-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment, anOperation } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const FINE: TeardownCheck = {
  checkedAt: '2026-11-20T18:00:00.000Z',
  operationId: 'op-2',
  operationNumber: 2,
  problems: [],
  cautions: [],
  removes: 3,
};
const FAILING: TeardownCheck = {
  ...FINE,
  failingSince: '2026-11-20T18:00:00.000Z',
  toldAt: '2026-11-20T18:00:05.000Z',
  problems: [
    {
      code: 'terraform.prevent-destroy',
      component: 'database',
      message: 'aws_db_instance.main is protected against destroy.',
      place: { file: 'database/main.tf', line: 14 },
      remedy: 'Publish a version without that',
    },
  ],
};
const SAID =
  'database: aws_db_instance.main is protected against destroy (database/main.tf, line 14). Publish a version without that.';

function apiWith(teardownCheck?: TeardownCheck) {
  return new SampleApi({
    environments: [anEnvironment({ teardownCheck })],
    operations: [anOperation({ id: 'op-3', dryRun: true, kind: 'destroy' })],
    failingChecks: teardownCheck?.failingSince
      ? [
          {
            ...teardownCheck,
            environmentId: 'env-1',
            environmentName: 'shop-demo',
            owner: 'group:default/checkout',
            dueAt: '2040-11-20T18:00:00.000Z',
          },
        ]
      : [],
  });
}

describe('whether the teardown of an environment would get through', () => {
  it('stands on its page when it would fail: what, where, what to do, and who knows', async () => {
    const api = apiWith(FAILING);
    renderPortal('/environments/e/shop-demo', api);
    expect(
      await screen.findByText('Its teardown would fail'),
    ).toBeInTheDocument();
    expect(screen.getByText(SAID)).toBeInTheDocument();
    expect(screen.getByText(/the owner was told/)).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Check the teardown' }),
    );
    await waitFor(() =>
      expect(api.done).toEqual([{ what: 'check the teardown of env-1' }]),
    );
  });

  it('is said and asked for in the tab of its lease', async () => {
    const api = apiWith(FINE);
    renderPortal('/environments/e/shop-demo?tab=lease', api);
    expect(
      await screen.findByText(/would get through: 3 resources would go/),
    ).toBeInTheDocument();
    expect(screen.queryByText('Its teardown would fail')).toBeNull();
    expect(
      await screen.findByRole('button', { name: 'Check the teardown' }),
    ).toBeEnabled();
  });

  it('says that nobody has looked yet', async () => {
    renderPortal('/environments/e/shop-demo?tab=lease', apiWith());
    expect(
      await screen.findByText(/has not been checked yet/),
    ).toBeInTheDocument();
  });

  it('is listed with its owner among the failed teardowns', async () => {
    renderPortal('/environments/orphans', apiWith(FAILING));
    const region = await screen.findByRole('region', {
      name: 'Teardowns that would fail',
    });
    expect(region).toHaveTextContent('shop-demo');
    expect(region).toHaveTextContent('checkout');
    expect(region).toHaveTextContent(SAID);
  });
});
