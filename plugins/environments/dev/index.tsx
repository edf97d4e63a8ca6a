import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import environmentsPlugin, { environmentsApiRef } from '../src';
import { refusal, SampleApi } from '../src/testing/SampleApi';
import { createSamples } from './samples';

/**
 * The pages over sample data, in the state that the address asks for:
 * `?sample=empty`, `?sample=loading`, `?sample=error`; without it, with data.
 */
function createSampleApi(): SampleApi {
  const sample = new URLSearchParams(window.location.search).get('sample');
  if (sample === 'empty') return new SampleApi();
  const api = new SampleApi(createSamples());
  if (sample !== 'loading' && sample !== 'error') return api;
  return new Proxy(api, {
    get: () => async () => {
      if (sample === 'error') throw await refusal(503, []);
      return new Promise(() => {});
    },
  });
}

const samples = createFrontendModule({
  pluginId: 'environments',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: environmentsApiRef,
          deps: {},
          factory: createSampleApi,
        }),
    }),
  ],
});

const surroundings = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'catalog',
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            catalogApiMock({
              entities: ['shop', 'ledger', 'search'].map(name => ({
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Component',
                metadata: { name, title: `The ${name} service` },
                spec: {},
              })),
            }),
        }),
    }),
  ],
});

createDevApp({ features: [environmentsPlugin, samples, surroundings] });
