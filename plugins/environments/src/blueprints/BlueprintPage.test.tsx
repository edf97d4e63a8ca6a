import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aBlueprint,
  aBlueprintVersion,
  anEnvironment,
} from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const PAGE = '/environments/blueprints/site-sandbox';

const problem = {
  code: 'terraform.validate.failed',
  message: 'An argument named "colur" is not expected here.',
  place: { file: 'site/main.tf', line: 14 },
  remedy: 'Did you mean "colour"?',
};

function onVersion(version: string, id: string) {
  const { blueprint } = anEnvironment();
  return anEnvironment({ id, name: id, blueprint: { ...blueprint, version } });
}

function sampleApi() {
  return new SampleApi({
    blueprints: [aBlueprint()],
    versions: [
      aBlueprintVersion({ version: '1.3.0', status: 'draft' }),
      aBlueprintVersion({
        components: [
          { id: 'data', driver: 'terraform', source: './data', uses: [] },
          {
            id: 'site',
            driver: 'terraform',
            source: './site',
            uses: [{ component: 'data', outputs: ['url'] }],
          },
        ],
      }),
      aBlueprintVersion({
        version: '1.1.0',
        status: 'deprecated',
        notice: { message: 'It is slow.', replacement: '1.2.0' },
      }),
    ],
    environments: [onVersion('1.2.0', 'new'), onVersion('1.1.0', 'old')],
  });
}

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

  it('say what becomes of its environments by themselves', async () => {
    const version = aBlueprintVersion({
      ttl: { warnBeforeSeconds: [], onExpiry: 'pause', graceSeconds: 43_200 },
      schedule: { sleep: '0 19 * * 1-5', timeZone: 'Europe/Berlin' },
      idle: { afterSeconds: 14_400, then: 'pause', probes: [] },
    });
    renderPortal(
      PAGE,
      new SampleApi({ blueprints: [aBlueprint()], versions: [version] }),
    );
    expect(
      await screen.findByText('paused, and destroyed 12 h later'),
    ).toBeInTheDocument();
    expect(screen.getByText('Sleeps').nextSibling).toHaveTextContent(
      'at 0 19 * * 1-5, until somebody wakes it (Europe/Berlin)',
    );
    expect(
      screen.getByText('paused after 4 h without use'),
    ).toBeInTheDocument();
  });

  it('narrow the cards by what the address says, and show all again', async () => {
    renderPortal(
      '/environments/blueprints?type=preview',
      new SampleApi({ blueprints: [aBlueprint()] }),
    );

    expect(await screen.findByText('No blueprint matches')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all blueprints' }),
    );
    expect(
      await screen.findByRole('link', { name: 'Create from Site sandbox' }),
    ).toBeInTheDocument();
  });

  it('say where and why publishing failed', async () => {
    renderPortal(
      PAGE,
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

  it('show the recommended version: its inputs, its form, its components', async () => {
    renderPortal(PAGE, sampleApi());

    expect(
      await screen.findByRole('row', { name: /pages.*integer, 1 to 20/ }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Form' }));
    expect(
      await screen.findByRole('textbox', { name: /pages/i }),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByRole('radio', { name: 'List' }));
    await userEvent.click(screen.getByRole('button', { name: /^site/ }));
    expect(screen.getByRole('region', { name: 'site' })).toHaveTextContent(
      'Waits fordata url',
    );
  });

  it('say of a version that is not offered what to use in its place', async () => {
    renderPortal(`${PAGE}?version=1.1.0`, sampleApi());

    expect(await screen.findByText('It is slow.')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Use 1.2.0 in its place' }),
    ).toHaveAttribute('href', `${PAGE}?version=1.2.0`);
  });

  it('list versions with their state, who published them, and who is on them', async () => {
    renderPortal(`${PAGE}?tab=versions`, sampleApi());

    const row = await screen.findByRole('row', { name: /^1\.1\.0/ });
    expect(row).toHaveTextContent('Deprecated');
    expect(row).toHaveTextContent('It is slow. Use 1.2.0.');
    expect(row).toHaveTextContent('amir');
    expect(
      within(row).getByRole('link', { name: '1 on 1.1.0' }),
    ).toHaveAttribute('href', `${PAGE}?tab=environments&version=1.1.0`);
  });

  it('list the environments on one version', async () => {
    renderPortal(`${PAGE}?tab=environments&version=1.1.0`, sampleApi());

    expect(await screen.findByRole('link', { name: 'old' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'new' })).toBeNull();
    expect(screen.getByText('1–1 of 1')).toBeInTheDocument();
  });
});
