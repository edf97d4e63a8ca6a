import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import environmentsPlugin, { environmentsApiRef } from '../src';
import { refusal, SampleApi } from '../src/testing/SampleApi';
import { createSamples } from './samples';

function askedFor(): string | null {
  return new URLSearchParams(window.location.search).get('sample');
}

/**
 * The pages over sample data, in the state that the address asks for:
 * `?sample=empty`, `?sample=loading`, `?sample=error`, `?sample=denied`; without it,
 * with data and every permission. `&of=live` has only that part of the API load for ever or fail.
 */
function createSampleApi(): SampleApi {
  const sample = askedFor();
  if (sample === 'empty') return new SampleApi();
  const api = new SampleApi(createSamples());
  if (sample !== 'loading' && sample !== 'error') return api;
  const never: ProxyHandler<SampleApi> = {
    get: (_, name) =>
      ['fleet', 'leases', 'moreTime', 'activity', 'live'].includes(String(name))
        ? new Proxy(api, never)
        : async () => {
            if (sample === 'error') throw await refusal(503, []);
            return new Promise(() => {});
          },
  };
  const part = new URLSearchParams(window.location.search).get('of');
  if (part) {
    return Object.assign(api, {
      [part]: new Proxy(Reflect.get(api, part), never),
    });
  }
  return new Proxy(api, never);
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
      name: 'permission',
      params: defineParams =>
        defineParams({
          api: permissionApiRef,
          deps: {},
          factory: () => ({
            authorize: async () => ({
              result:
                askedFor() === 'denied'
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            }),
          }),
        }),
    }),
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
