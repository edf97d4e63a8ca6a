import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aBlueprint,
  aBlueprintVersion,
  anEnvironment,
} from '../../testing/builders';
import { renderPortal } from '../../testing/renderPortal';
import { SampleApi } from '../../testing/SampleApi';

const PAGE = '/environments/blueprints/site-sandbox?tab=compare';

function sampleApi() {
  return new SampleApi({
    blueprints: [aBlueprint()],
    versions: [aBlueprintVersion(), aBlueprintVersion({ version: '1.1.0' })],
    environments: [anEnvironment(), anEnvironment({ id: 'env-2' })],
    comparison: {
      changes: [
        {
          kind: 'component.added',
          path: '/spec/components/cache',
          after: { driver: 'terraform' },
          breaking: false,
        },
        {
          kind: 'input.added',
          path: '/spec/inputs/properties/region',
          after: { type: 'string' },
          breaking: true,
        },
      ],
      files: [
        {
          path: 'site/main.tf',
          change: 'changed',
          diff: '--- site/main.tf\n+++ site/main.tf\n@@ -9,2 +9,2 @@\n same\n-old\n+new\n',
        },
        { path: 'site/logo.png', change: 'added', omitted: 'binary' },
      ],
    },
    affected: [
      {
        id: 'env-1',
        name: 'shop-demo',
        owner: 'group:default/checkout',
        version: '1.1.0',
        problems: [
          { code: 'input.required', message: 'The input "region" is needed.' },
        ],
      },
    ],
  });
}

describe('comparing two versions', () => {
  it('tells what breaks first, by word, and what it means for what runs', async () => {
    renderPortal(`${PAGE}&from=1.1.0&to=1.2.0`, sampleApi());

    expect(
      await screen.findByText(
        '2 changes, 2 files differ. 1 may break what runs on 1.1.0.',
      ),
    ).toBeInTheDocument();
    expect(
      screen
        .getAllByRole('row', { name: /(Breaks|Fits)/ })
        .map(row => within(row).getAllByRole('cell')[0].textContent),
    ).toEqual([
      'The input “region” is new and must be given',
      'The component “cache” is new',
    ]);
    expect(
      await screen.findByText(
        '1 of 2 could not be upgraded to 1.2.0 as it is.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'shop-demo' })).toHaveAttribute(
      'href',
      '/environments/e/shop-demo?id=env-1',
    );
  });

  it('shows files side by side, unchanged lines folded', async () => {
    renderPortal(`${PAGE}&from=1.1.0&to=1.2.0`, sampleApi());

    const file = await screen.findByRole('region', {
      name: 'What differs in site/main.tf',
    });
    expect(file).toHaveTextContent('⋯ 8 lines unchanged');
    expect(
      within(file).getByRole('row', { name: /10 −old 10 \+new/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'It holds no text, so there is nothing to show side by side.',
      ),
    ).toBeInTheDocument();
  });

  it('begins with the recommended version and the one before, and swaps them', async () => {
    renderPortal(PAGE, sampleApi());

    await userEvent.click(
      await screen.findByRole('button', { name: 'Swap the versions' }),
    );
    expect(
      await screen.findByText(/1 may break what runs on 1\.2\.0\./),
    ).toBeInTheDocument();
  });
});
