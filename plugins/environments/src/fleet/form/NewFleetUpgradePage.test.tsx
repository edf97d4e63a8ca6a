import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FleetPreview } from '@greenroom/plugin-environments-common';
import { aBlueprint, aBlueprintVersion } from '../../testing/builders';
import {
  aFleetCandidate,
  aFleetPreview,
  aFleetUpgrade,
} from '../../testing/fleetBuilders';
import { renderPortal } from '../../testing/renderPortal';
import { refusal, SampleApi } from '../../testing/SampleApi';

const apiWith = (preview: Partial<FleetPreview> = {}) =>
  new SampleApi({
    blueprints: [aBlueprint({ recommendedVersion: '1.3.0' })],
    versions: [
      aBlueprintVersion({
        version: '1.3.0',
        inputs: {
          type: 'object',
          required: ['region'],
          properties: { region: { type: 'string', title: 'Region' } },
        },
      }),
    ],
    fleet: {
      preview: aFleetPreview(preview),
      upgrades: [aFleetUpgrade()],
    },
  });

const page = '/environments/fleet/new?blueprint=site-sandbox';
const button = (name: string | RegExp) => screen.findByRole('button', { name });

describe('asking for a fleet upgrade', () => {
  it('shows whom it is about before it can be begun, and then what has begun', async () => {
    const api = apiWith({
      setAside: 1,
      items: [
        aFleetCandidate({ drops: ['mood'] }),
        aFleetCandidate({
          environmentId: 'env-2',
          name: 'load-test',
          wave: undefined,
          problem: { code: 'x', message: 'load-test is paused.' },
        }),
      ],
    });
    renderPortal(page, api);
    expect(await button('Upgrade them')).toBeDisabled();
    expect(screen.getByText('Look at the preview first.')).toBeInTheDocument();

    await userEvent.click(await button('Show the preview'));
    const report = await screen.findByRole('region', {
      name: 'What the upgrade to 1.3.0 would do',
    });
    expect(report).toHaveTextContent('Wave 1: 1 environment');
    expect(report).toHaveTextContent('Left out: mood.');
    expect(
      screen.getByRole('region', { name: '1 set aside' }),
    ).toHaveTextContent('load-test is paused.');
    expect(screen.getByText('Give a reason.')).toBeInTheDocument();

    await userEvent.type(
      screen.getByRole('textbox', { name: /^Reason/ }),
      'it is old',
    );
    await userEvent.click(await button('Upgrade 1 environment'));
    expect(
      await screen.findByRole('heading', {
        name: 'Site sandbox fleet to 1.3.0',
      }),
    ).toBeInTheDocument();
    const request = {
      selection: { blueprint: 'site-sandbox' },
      order: 'name',
      waves: [{ count: 1 }],
      concurrency: 5,
      failureBudget: 0,
    };
    expect(api.fleet.asked).toEqual([
      { what: 'preview', body: expect.objectContaining(request) },
      { what: 'create', body: { ...request, reason: 'it is old' } },
    ]);
  });

  it('wants another preview after any change but that of the reason', async () => {
    renderPortal(page, apiWith());
    await userEvent.click(await button('Show the preview'));
    await screen.findByText('Give a reason.');
    await userEvent.click(await button('Add a window'));
    expect(
      screen.getByText('The preview is of something else: look at it again.'),
    ).toBeInTheDocument();
    await userEvent.click(await button('Remove window 1'));
    await userEvent.click(await button('Remove wave 1'));
    expect(await button('Upgrade 1 environment')).toBeDisabled();
  });

  it('selects by labels', async () => {
    const api = apiWith();
    renderPortal(page, api);
    const labels = await screen.findByRole('textbox', { name: /^Labels/ });
    await userEvent.type(labels, 'team=checkout{Enter}tier');
    await userEvent.click(await button('Show the preview'));
    await screen.findByText('Give a reason.');
    expect(api.fleet.asked).toMatchObject([
      {
        body: {
          selection: {
            blueprint: 'site-sandbox',
            label: ['team=checkout', 'tier'],
          },
        },
      },
    ]);
    await userEvent.type(labels, ' 2');
    expect(
      screen.getByText('Correct the label, or leave it out.'),
    ).toBeInTheDocument();
  });

  it('asks for what environments newly need, and sends it for all', async () => {
    const api = apiWith({
      waves: [],
      setAside: 1,
      items: [
        aFleetCandidate({
          wave: undefined,
          needs: ['region'],
          problem: { code: 'x', message: 'It lacks "region".' },
        }),
      ],
    });
    renderPortal(page, api);
    await userEvent.click(await button('Show the preview'));
    expect(
      await screen.findByText('No environment would be upgraded.', {
        selector: 'span',
      }),
    ).toBeInTheDocument();
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Region/ }),
      'north',
    );
    await userEvent.click(await button('Show the preview'));
    await waitFor(() =>
      expect(api.fleet.asked.at(-1)).toEqual({
        what: 'preview',
        body: expect.objectContaining({ inputs: { region: 'north' } }),
      }),
    );
  });

  it('says what the server has against it', async () => {
    const api = apiWith();
    jest.spyOn(api.fleet, 'preview').mockRejectedValue(
      await refusal(403, [
        {
          code: 'fleet.not-allowed',
          message: 'You may not upgrade them all at once.',
        },
      ]),
    );
    renderPortal(page, api);
    await userEvent.click(await button('Show the preview'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not upgrade them all at once.',
    );
  });
});
