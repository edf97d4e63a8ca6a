import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aBlueprint, aBlueprintVersion } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const PAGE = '/environments/create/site-sandbox';

function sampleApi() {
  const notice = { message: 'It is slow.', replacement: '1.2.0' };
  return new SampleApi({
    blueprints: [aBlueprint()],
    versions: [
      aBlueprintVersion({ version: '2.0.0', status: 'draft' }),
      aBlueprintVersion({ version: '1.3.0-rc.1' }),
      aBlueprintVersion(),
      aBlueprintVersion({ version: '1.1.0', status: 'deprecated', notice }),
      aBlueprintVersion({ version: '1.0.0', status: 'retired', notice }),
    ],
  });
}

describe('the version that an environment is made of', () => {
  it('is the recommended one; only published ones are offered beside it', async () => {
    renderPortal(PAGE, sampleApi());

    const select = await screen.findByRole('button', { name: /Version/ });
    expect(select).toHaveTextContent('1.2.0, recommended');
    await userEvent.click(select);
    expect(
      screen.getAllByRole('option').map(({ textContent }) => textContent),
    ).toEqual(['1.3.0-rc.1', '1.2.0, recommended']);
  });

  it('is said to be deprecated to whoever was led to it', async () => {
    const api = sampleApi();
    const create = api.createEnvironment.bind(api);
    api.createEnvironment = async (request, options) => ({
      ...(await create(request, options)),
      warnings: [
        {
          code: 'blueprint.version.deprecated',
          message: 'Version 1.1.0 is deprecated.',
          remedy: 'Use version 1.2.0.',
        },
      ],
    });
    renderPortal(`${PAGE}?version=1.1.0`, api);

    expect(await screen.findByText('It is slow.')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Create from 1.2.0 in its place' }),
    ).toHaveAttribute('href', `${PAGE}?version=1.2.0`);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Title/ }),
      'Shop',
    );
    expect(
      await screen.findByText('Possible, with a warning'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Version 1.1.0 is deprecated. Use version 1.2.0.'),
    ).toBeInTheDocument();
  });

  it.each([
    ['2.0.0', '2.0.0 is a draft'],
    ['1.0.0', '1.0.0 is retired'],
    ['9.9.9', 'There is no version 9.9.9 of site-sandbox'],
  ])('may not be %s, which is explained', async (version, title) => {
    renderPortal(`${PAGE}?version=${version}`, sampleApi());

    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Create from 1.2.0' }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('textbox', { name: 'Name' })).toBeNull();
  });
});
