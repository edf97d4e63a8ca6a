import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { EnvironmentsApi } from '@greenroom/plugin-environments-common';
import { environmentsApiRef } from '../api';
import { Portal } from '../portal/Portal';
import { rootRouteRef } from '../routes';

/** The plugin's pages at an address, over a given backend. */
export function renderPortal(
  path: string,
  api: EnvironmentsApi,
  options: { allowed?: boolean; signals?: SignalApi } = {},
) {
  const result =
    options.allowed === false ? AuthorizeResult.DENY : AuthorizeResult.ALLOW;
  return renderInTestApp(<Portal />, {
    mountPath: '/environments/*',
    mountedRoutes: { '/environments': rootRouteRef },
    initialRouteEntries: [path],
    apis: [
      [environmentsApiRef, api],
      [permissionApiRef, { authorize: async () => ({ result }) }],
      [catalogApiRef, catalogApiMock()],
      [
        signalApiRef,
        options.signals ?? { subscribe: () => ({ unsubscribe: () => {} }) },
      ],
      mockApis.identity({
        userEntityRef: 'user:default/mira',
        ownershipEntityRefs: ['user:default/mira', 'group:default/checkout'],
      }),
    ],
  });
}
