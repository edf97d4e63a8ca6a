import { EnvironmentsClient } from '@greenroom/plugin-environments-common';

/** The API of one portal, for whoever holds a token of it. */
export function clientOf(portal: {
  apiUrl: string;
  token: string;
}): EnvironmentsClient {
  return new EnvironmentsClient({
    discoveryApi: { getBaseUrl: async () => portal.apiUrl },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${portal.token}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
}
