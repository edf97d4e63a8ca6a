import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SimulatedLease } from '@greenroom/plugin-environments-common';
import { DAY, iso } from '../../testing/builders';
import { renderPortal } from '../../testing/renderPortal';
import { SampleApi, SampleData } from '../../testing/SampleApi';

const PAGE = '/environments/leases/what-if';
const RULE = { match: { type: ['sandbox'] }, max: '7d' };

const simulated = (
  name: string,
  part: Partial<SimulatedLease> = {},
): SimulatedLease => ({
  environmentId: name,
  environmentName: name,
  owner: 'group:default/checkout',
  outcome: 'earlier',
  endsAt: iso(Date.now(), 9 * DAY),
  wouldEndAt: iso(Date.now(), DAY),
  rule: 'config.leases.rules[0].max',
  overMaximum: true,
  losesExtensions: true,
  ...part,
});

function apiWithRules(data: Partial<SampleData> = {}) {
  return new SampleApi({
    rules: [RULE],
    simulated: [
      simulated('load-test'),
      simulated('shop', { outcome: 'needs-end', wouldEndAt: undefined }),
    ],
    ...data,
  });
}
const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('trying other rules', () => {
  it('says what a changed rule would have come to, in counts and one by one', async () => {
    const api = apiWithRules();
    renderPortal(`${PAGE}?owner=group%3Adefault%2Fcheckout`, api);
    expect(await screen.findByText(/Nothing is changed by it/)).toBeVisible();
    await press('Change rule 1…');
    const dialog = await screen.findByRole('dialog', { name: 'Change a rule' });
    const most = within(dialog).getByLabelText('Lives at most');
    await userEvent.clear(most);
    await userEvent.type(most, '2d');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Change the rule' }),
    );
    expect(screen.getByText('changed').parentElement).toHaveTextContent(
      'For type sandbox: at most 2d',
    );
    await press('See what would be');

    const region = await screen.findByRole('region', {
      name: 'Environments that would fare otherwise',
    });
    const [, first, second] = within(region).getAllByRole('row');
    expect(first).toHaveTextContent(
      /load-testends earlier.*beyond the maximum/,
    );
    expect(second).toHaveTextContent('nobody can say');
    expect(screen.getByText('1 would end earlier')).toBeVisible();
    expect(
      screen.getByText(/not to be extended, though their end stays: 2/),
    ).toBeVisible();
    expect(screen.getByText(/The brake has no part/)).toBeVisible();
    expect(api.leases.tried).toMatchObject([
      {
        rules: [{ match: { type: ['sandbox'] }, max: '2d' }],
        owner: ['group:default/checkout'],
      },
    ]);
  });

  it('tries without a rule, takes that back, and says when what is shown is of rules before', async () => {
    const api = apiWithRules();
    renderPortal(PAGE, api);
    await press('Leave out rule 1');
    await press('See what would be');
    await waitFor(() =>
      expect(api.leases.tried).toMatchObject([{ rules: [] }]),
    );
    await press('Take rule 1 as it is configured');
    expect(
      await screen.findByText(/what is below is of those before/),
    ).toBeVisible();
  });

  it('says why rules can’t be meant so', async () => {
    const ruleProblem = {
      code: 'lease.rules.invalid',
      field: '/rules/0/max',
      message: 'rules[0].max is "a week"; write a duration like 24h.',
    };
    renderPortal(PAGE, apiWithRules({ ruleProblem }));
    await press('See what would be');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /rules\[0\]\.max is "a week"/,
    );
  });
});
