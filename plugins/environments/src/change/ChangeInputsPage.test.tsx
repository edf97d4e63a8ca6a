import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aBlueprint,
  aBlueprintVersion,
  anEnvironment,
  anOperation,
} from '../testing/builders';
import {
  aComponentPlan,
  aPlan,
  aResourceChange,
} from '../testing/planBuilders';
import { renderPortal } from '../testing/renderPortal';
import { refusal, SampleApi } from '../testing/SampleApi';

const present = aBlueprintVersion();
const newer = aBlueprintVersion({
  version: '1.3.0',
  inputs: {
    type: 'object',
    required: ['title', 'region'],
    properties: {
      title: { type: 'string', title: 'Title' },
      region: { type: 'string', title: 'Region' },
    },
  },
});

function api(recommendedVersion = '1.3.0') {
  return new SampleApi({
    blueprints: [aBlueprint({ recommendedVersion })],
    versions: [present, newer],
    environments: [anEnvironment({ inputs: { title: 'Shop demo' } })],
    operations: [
      anOperation(),
      anOperation({ id: 'op-2', number: 2, dryRun: true, kind: 'update' }),
    ],
    plans: {
      'op-2': aPlan([
        aComponentPlan({
          summary: { add: 0, change: 1, remove: 0 },
          changes: [aResourceChange()],
        }),
      ]),
    },
  });
}

describe('an update', () => {
  it('begins with the present inputs, and sends all of them', async () => {
    const sample = api();
    renderPortal('/environments/e/shop-demo/update', sample);
    const title = await screen.findByRole('textbox', { name: /^Title/ });
    expect(title).toHaveValue('Shop demo');

    await userEvent.type(title, ' two');
    await userEvent.click(
      screen.getByRole('checkbox', {
        name: 'Wait for my word before applying',
      }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Update shop-demo' }),
    );

    await waitFor(() =>
      expect(sample.submitted).toEqual([
        {
          id: 'env-1',
          kind: 'update',
          confirm: true,
          inputs: {
            title: 'Shop demo two',
            colour: 'green',
            pages: 3,
            indexed: false,
          },
        },
      ]),
    );
  });

  it('leaves a secret as it is until another one is typed', async () => {
    const sample = new SampleApi({
      blueprints: [aBlueprint()],
      versions: [
        aBlueprintVersion({
          inputs: {
            type: 'object',
            required: ['title', 'key'],
            properties: {
              title: { type: 'string', title: 'Title' },
              key: { type: 'string', title: 'Key', 'ui:field': 'Secret' },
            },
          },
        }),
      ],
      environments: [
        anEnvironment({ inputs: { title: 'Shop' }, secretInputs: ['key'] }),
      ],
      operations: [
        anOperation(),
        anOperation({ id: 'op-2', number: 2, dryRun: true, kind: 'update' }),
      ],
      plans: { 'op-2': aPlan([]) },
    });
    renderPortal('/environments/e/shop-demo/update', sample);
    const key = await screen.findByLabelText('Key');
    expect(key).toHaveAttribute('type', 'password');
    expect(key).toHaveValue('');
    expect(key).toHaveAccessibleDescription(/Stays as it is/);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the plan' }),
    );
    await waitFor(() => expect(sample.submitted).toHaveLength(1));
    await userEvent.type(key, 'battery-staple');
    await userEvent.click(
      screen.getByRole('button', { name: 'Update shop-demo' }),
    );
    await waitFor(() =>
      expect(sample.submitted).toMatchObject([
        { dryRun: true, inputs: { title: 'Shop' } },
        { inputs: { title: 'Shop', key: 'battery-staple' } },
      ]),
    );
    expect(sample.submitted[0].inputs).not.toHaveProperty('key');
  });

  it('shows its plan beside the form, and changes nothing', async () => {
    const sample = api();
    renderPortal('/environments/e/shop-demo/update', sample);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the plan' }),
    );

    expect(
      await screen.findByText('changed in place, 1 attribute'),
    ).toBeInTheDocument();
    expect(sample.submitted).toEqual([
      expect.objectContaining({ kind: 'update', dryRun: true }),
    ]);
  });

  it('shows beside its field what the server has against it', async () => {
    const sample = api();
    jest
      .spyOn(sample, 'submitOperation')
      .mockRejectedValue(
        await refusal(400, [
          { code: 'x', message: 'Not a good title.', field: '/inputs/title' },
        ]),
      );
    renderPortal('/environments/e/shop-demo/update', sample);
    const title = await screen.findByRole('textbox', { name: /^Title/ });
    await userEvent.click(
      screen.getByRole('button', { name: 'Update shop-demo' }),
    );

    await waitFor(() =>
      expect(title).toHaveAccessibleDescription(/Not a good title\./),
    );
  });
});

describe('an upgrade', () => {
  it('says what the new version needs, and waits until that is given', async () => {
    const sample = api();
    renderPortal('/environments/e/shop-demo/upgrade', sample);
    expect(
      await screen.findByText('1.3.0 newly needs Region.'),
    ).toBeInTheDocument();
    const button = screen.getByRole('button', {
      name: 'Upgrade shop-demo to 1.3.0',
    });

    await userEvent.click(button);
    expect(sample.submitted).toEqual([]);
    await userEvent.type(
      screen.getByRole('textbox', { name: /^Region/ }),
      'eu-1',
    );
    await userEvent.click(button);

    await waitFor(() =>
      expect(sample.submitted).toEqual([
        {
          id: 'env-1',
          kind: 'upgrade',
          version: '1.3.0',
          inputs: expect.objectContaining({ region: 'eu-1' }),
        },
      ]),
    );
  });

  it('shows what differs, and leaves out inputs that there are no more', async () => {
    const sample = api();
    const told = await sample.getUpgrade('env-1', {});
    jest.spyOn(sample, 'getUpgrade').mockResolvedValue({
      ...told,
      drops: ['mood'],
      problems: [{ code: 'x', message: 'The output "url" would be gone.' }],
      warnings: [{ code: 'y', message: '1.3.0 is deprecated.' }],
    });
    renderPortal('/environments/e/shop-demo/upgrade', sample);

    const report = await screen.findByRole('region', {
      name: 'From 1.2.0 to 1.3.0',
    });
    expect(report).toHaveTextContent('1.3.0 is deprecated.');
    expect(report).toHaveTextContent('The output "url" would be gone.');
    expect(report).toHaveTextContent('Left out: mood.');
    expect(report).toHaveTextContent('“region” is new and must be given.');
  });

  it('goes to the version that its address names', async () => {
    const sample = api('1.2.0');
    renderPortal('/environments/e/shop-demo/upgrade?version=1.3.0', sample);

    expect(
      await screen.findByRole('button', { name: 'Upgrade shop-demo to 1.3.0' }),
    ).toBeInTheDocument();
  });

  it('says so when there is nothing newer', async () => {
    renderPortal('/environments/e/shop-demo/upgrade', api('1.2.0'));

    expect(
      await screen.findByText(
        'shop-demo is on the recommended version already',
      ),
    ).toBeInTheDocument();
  });
});
