import { StateVersionSummary } from '@greenroom/plugin-environments-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment, anOperation } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const version = (part: Partial<StateVersionSummary>): StateVersionSummary => ({
  id: 'v1',
  component: 'site',
  serial: 3,
  lineage: '5be0c19a-1111',
  size: 14_541,
  resources: 5,
  createdAt: '2026-11-19T10:00:00.000Z',
  operationId: 'op-1',
  current: false,
  ...part,
});

const PATH = '/environments/e/shop-demo?tab=states';

function apiWithStates() {
  return new SampleApi({
    environments: [anEnvironment()],
    operations: [anOperation()],
    stateVersions: {
      'env-1': [version({ id: 'v2', serial: 4, current: true }), version({})],
    },
  });
}

describe('the state versions of an environment', () => {
  it('say which operation wrote each, and which is the present one', async () => {
    renderPortal(PATH, apiWithStates());

    const table = await screen.findByRole('region', { name: 'State versions' });
    expect(table).toHaveTextContent('serial 4present');
    expect(table).toHaveTextContent('14.2 KiB');
    expect(
      await within(table).findAllByRole('link', { name: 'create #1' }),
    ).toHaveLength(2);
    expect(
      screen.queryByRole('button', { name: 'Restore serial 4 of site…' }),
    ).toBeNull();
  });

  it('are restored with a reason', async () => {
    const api = apiWithStates();
    renderPortal(PATH, api);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Restore serial 3 of site…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText(/Reason/), 'Lost by mistake');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Restore serial 3 of site' }),
    );

    await waitFor(() =>
      expect(api.done).toEqual([
        { what: 'restore v1', body: { reason: 'Lost by mistake' } },
      ]),
    );
  });
});
