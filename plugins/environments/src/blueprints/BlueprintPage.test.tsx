import { screen } from '@testing-library/react';
import { aBlueprint, aBlueprintVersion } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const problem = {
  code: 'terraform.validate.failed',
  message: 'An argument named "colur" is not expected here.',
  place: { file: 'site/main.tf', line: 14 },
  remedy: 'Did you mean "colour"?',
};

describe('the pages of blueprints', () => {
  it('show what one gives, who keeps it and how long it takes', async () => {
    renderPortal(
      '/environments/blueprints',
      new SampleApi({ blueprints: [aBlueprint()] }),
    );

    expect(
      await screen.findByRole('link', { name: 'Create from Site sandbox' }),
    ).toHaveAttribute('href', '/environments/create/site-sandbox');
    expect(screen.getByText('about 42 s')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: '4 environments' }),
    ).toHaveAttribute('href', '/environments?scope=all&blueprint=site-sandbox');
  });

  it('say where and why publishing failed', async () => {
    renderPortal(
      '/environments/blueprints/site-sandbox',
      new SampleApi({
        blueprints: [
          aBlueprint({ recommendedVersion: undefined, problems: [problem] }),
        ],
        versions: [
          aBlueprintVersion({ status: 'rejected', problems: [problem] }),
        ],
      }),
    );

    expect(
      await screen.findByRole('region', {
        name: 'The newest attempt to publish failed',
      }),
    ).toHaveTextContent(
      'site/main.tf, line 14: An argument named "colur" is not expected here. Did you mean "colour"?',
    );
    expect(screen.queryByRole('link', { name: /^Create from/ })).toBeNull();
  });

  it('list the inputs of the recommended version', async () => {
    renderPortal(
      '/environments/blueprints/site-sandbox',
      new SampleApi({
        blueprints: [aBlueprint()],
        versions: [aBlueprintVersion()],
      }),
    );

    expect(
      await screen.findByRole('row', { name: /pages.*integer, 1 to 20/ }),
    ).toBeInTheDocument();
  });
});
