import { Entity } from '@backstage/catalog-model';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  catalogApiMock,
  createTestEntityPage,
} from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { environmentsApiRef } from '../api';
import { rootRouteRef } from '../routes';
import {
  aBlueprint,
  aBlueprintVersion,
  anEnvironment,
} from '../testing/builders';
import { aLiveDetail } from '../testing/liveBuilders';
import { refusal, SampleApi } from '../testing/SampleApi';
import { blueprintCard, environmentCard, liveCard } from './extensions';

const BLUEPRINT: Entity = {
  apiVersion: 'greenroom.dev/v1',
  kind: 'EnvironmentBlueprint',
  metadata: { name: 'site-sandbox' },
};

const ENVIRONMENT: Entity = {
  apiVersion: 'greenroom.dev/v1',
  kind: 'Environment',
  metadata: {
    name: 'shop-demo',
    annotations: { 'greenroom.dev/environment-id': 'env-1' },
  },
};

/** Both cards are there; which of them shows is up to their filters. */
function renderCards(entity: Entity, api: SampleApi) {
  return renderTestApp({
    extensions: [
      createTestEntityPage({ entity }),
      environmentCard,
      liveCard,
      blueprintCard,
    ],
    mountedRoutes: { '/environments': rootRouteRef },
    apis: [
      [environmentsApiRef, api],
      [catalogApiRef, catalogApiMock()],
      [signalApiRef, { subscribe: () => ({ unsubscribe: () => {} }) }],
      mockApis.permission(),
    ],
  });
}

async function findVersions() {
  const list = await screen.findByRole('list', { name: 'Versions' });
  return within(list).getAllByRole('listitem');
}

describe('the card of a blueprint', () => {
  it('shows its versions, which one is recommended and who is on which', async () => {
    renderCards(
      BLUEPRINT,
      new SampleApi({
        blueprints: [aBlueprint()],
        versions: [
          aBlueprintVersion({ version: '1.3.0', status: 'draft' }),
          aBlueprintVersion({ version: '1.2.0' }),
          aBlueprintVersion({ version: '1.1.0', status: 'deprecated' }),
        ],
        environments: [anEnvironment()],
      }),
    );

    const rows = await findVersions();
    expect(rows.map(row => row.textContent)).toEqual([
      '1.3.0Draftno environment',
      '1.2.0 recommendedPublished1 environment',
      '1.1.0Deprecatedno environment',
    ]);
    expect(
      within(rows[1]).getByRole('link', { name: '1 environment' }),
    ).toHaveAttribute(
      'href',
      '/environments/blueprints/site-sandbox?tab=environments&version=1.2.0',
    );
    expect(
      screen.getByRole('link', { name: 'Go to Site sandbox' }),
    ).toHaveAttribute(
      'href',
      '/environments/blueprints/site-sandbox?tab=versions',
    );
    expect(
      screen.getByRole('link', { name: 'Create environment' }),
    ).toHaveAttribute('href', '/environments/create/site-sandbox');
    expect(screen.queryByText('Time left')).not.toBeInTheDocument();
  });

  it('keeps to the newest and the recommended one when there are many', async () => {
    renderCards(
      BLUEPRINT,
      new SampleApi({
        blueprints: [aBlueprint({ recommendedVersion: '1.0.0' })],
        versions: [8, 7, 6, 5, 4, 3, 2, 1, 0].map(minor =>
          aBlueprintVersion({ version: `1.${minor}.0` }),
        ),
      }),
    );

    expect(await findVersions()).toHaveLength(6);
    expect(screen.getByText(/recommended/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All 9 versions of Site sandbox' }),
    ).toBeInTheDocument();
  });

  it('says why nothing can be created', async () => {
    renderCards(
      BLUEPRINT,
      new SampleApi({
        blueprints: [aBlueprint({ recommendedVersion: undefined })],
        versions: [aBlueprintVersion({ status: 'draft' })],
      }),
    );

    expect(
      await screen.findByText(/Nothing can be created before/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Create environment' }),
    ).not.toBeInTheDocument();
  });

  it('says that no version is known yet', async () => {
    renderCards(BLUEPRINT, new SampleApi());

    expect(
      await screen.findByText(/None of its versions is known yet/),
    ).toBeInTheDocument();
  });

  it('says that the versions could not be read, and reads them again', async () => {
    const api = new SampleApi({
      blueprints: [aBlueprint()],
      versions: [aBlueprintVersion()],
    });
    const read = jest.spyOn(api, 'getBlueprint');
    read.mockRejectedValueOnce(await refusal(400, []));
    renderCards(BLUEPRINT, api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The versions could not be read',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect((await findVersions())[0]).toHaveTextContent('1.2.0');
  });
});

describe('the card of an environment', () => {
  it('shows how it is, how long it lives and what it hands out', async () => {
    renderCards(
      ENVIRONMENT,
      new SampleApi({
        blueprints: [aBlueprint()],
        versions: [aBlueprintVersion()],
        environments: [anEnvironment({}, Date.now())],
      }),
    );

    expect(await screen.findByText('Running')).toBeInTheDocument();
    expect(screen.getByText(/6 h left/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /^https:\/\/shop-demo/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Go to shop-demo' }),
    ).toHaveAttribute('href', '/environments/e/shop-demo');
    expect(screen.queryByText('Versions')).not.toBeInTheDocument();
  });

  it('says that it is gone', async () => {
    renderCards(ENVIRONMENT, new SampleApi());

    expect(await screen.findByText(/It is gone/)).toBeInTheDocument();
  });

  it('says that it could not be read', async () => {
    const api = new SampleApi();
    api.getEnvironment = async () => {
      throw await refusal(403, []);
    };
    renderCards(ENVIRONMENT, api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The environment could not be read',
    );
  });
});

describe('the card of what runs', () => {
  const argocd = anEnvironment({
    components: [
      { id: 'app', driver: 'argocd', state: 'ready', resources: 2, uses: [] },
    ],
  });

  it('shows how each component stands, and leads to all that is seen of it', async () => {
    renderCards(
      ENVIRONMENT,
      new SampleApi({
        environments: [argocd],
        live: {
          'env-1': {
            items: [aLiveDetail({ health: 'degraded', sync: 'outOfSync' })],
          },
        },
      }),
    );

    const list = await screen.findByRole('list', { name: 'What runs' });
    expect(list).toHaveTextContent('app 4be19c7Argo CDDegradedOut of sync');
    expect(within(list).getByRole('link', { name: 'app' })).toHaveAttribute(
      'href',
      '/environments/e/shop-demo?tab=live&component=app',
    );
    expect(
      screen.getByRole('link', { name: 'Show what runs of shop-demo' }),
    ).toHaveAttribute('href', '/environments/e/shop-demo?tab=live');
  });

  it('says that nothing runs yet', async () => {
    renderCards(ENVIRONMENT, new SampleApi({ environments: [argocd] }));

    expect(
      await screen.findByText('Nothing of it runs yet.'),
    ).toBeInTheDocument();
  });

  it('says that what runs could not be read', async () => {
    const api = new SampleApi({ environments: [argocd] });
    api.live.list = async () => {
      throw await refusal(403, []);
    };
    renderCards(ENVIRONMENT, api);

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'What runs could not be read',
    );
  });

  it('is not there for what no system looks after', async () => {
    renderCards(
      ENVIRONMENT,
      new SampleApi({ environments: [anEnvironment({}, Date.now())] }),
    );

    await screen.findByText('Running');
    expect(
      screen.queryByRole('link', { name: /Show what runs/ }),
    ).not.toBeInTheDocument();
  });
});
