import { ExtendOffer } from '@greenroom/plugin-environments-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anEnvironment } from '../testing/builders';
import { renderPortal } from '../testing/renderPortal';
import { SampleApi } from '../testing/SampleApi';

const environment = anEnvironment();
const OFFER: ExtendOffer = {
  environmentId: environment.id,
  environmentName: environment.name,
  seconds: 86_400,
  reason: "2 d, the blueprint's default",
  onExpiry: 'destroy',
  expiresAt: '2040-11-20T12:00:00.000Z',
  expiresAfter: '2040-11-21T12:00:00.000Z',
  components: [
    { id: 'database', resources: 3 },
    { id: 'site', resources: 1 },
  ],
};

function open(offer: Partial<ExtendOffer> = {}) {
  const api = new SampleApi({
    environments: [environment],
    offers: { abc: { ...OFFER, ...offer } },
  });
  renderPortal('/environments/extend/abc', api);
  return api;
}

describe('the page that the link of a warning leads to', () => {
  it('says what is lost, when it ends as it is and when it would, and changes nothing by itself', async () => {
    const api = open();
    expect(
      await screen.findByText('database: 3 resources, with all data in them'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('site: 1 resource, with all data in it'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/2 d, the blueprint's default/),
    ).toBeInTheDocument();
    expect(screen.getByText(/With 1 d more it ends/)).toBeInTheDocument();
    expect(api.done).toEqual([]);
  });

  it('extends when somebody says so, and says until when', async () => {
    const api = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Extend by 1 d' }),
    );
    expect(
      await screen.findByText(/It is extended by 1 d and ends/),
    ).toBeInTheDocument();
    expect(api.done.map(({ what }) => what)).toEqual([
      `use the link ${environment.id}`,
    ]);
    expect(screen.queryByRole('button', { name: /Extend/ })).toBeNull();
  });

  it('says why the link does not work any more, and leads to the environment', async () => {
    open({
      expiresAfter: undefined,
      problem: {
        code: 'lease.link.used',
        message: 'The link works once, and mira was faster.',
        remedy: 'Go to the page of the environment.',
      },
    });
    expect(
      await screen.findByText('The link works once, and mira was faster.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Extend/ })).toBeNull();
    expect(
      screen.getByRole('link', { name: `Show ${environment.name}` }),
    ).toBeInTheDocument();
  });

  it('says so of a link that is none', async () => {
    renderPortal('/environments/extend/other', new SampleApi({}));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The link does not work',
    );
  });
});
