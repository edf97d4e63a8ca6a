import { isError } from '@backstage/errors';
import { EnvironmentsClient } from '@greenroom/plugin-environments-common';
import { SignInError, UnreachableError } from './failures';

/** Where `./greenroom start` listens. */
const LOCAL_PORTAL = 'http://localhost:7007';

/** How a command reaches a portal: the environment says where, and who asks. */
export interface Connection {
  /** Base address of the portal, without its `/api`. */
  url: string;
  token?: string;
  /** A sample person of a portal that was started for a try. */
  as?: string;
}

export function connectionOf(
  env: NodeJS.ProcessEnv,
  options: { as?: string },
): Connection {
  return {
    url: (env.GREENROOM_URL || LOCAL_PORTAL).replace(/\/+$/, ''),
    token: env.GREENROOM_TOKEN || undefined,
    as: options.as,
  };
}

/**
 * The API as one caller sees it. A sample person who is named goes before the token.
 *
 * @throws SignInError when there is no way to sign in, or the portal does not know the person
 */
export async function connect(
  connection: Connection,
): Promise<EnvironmentsClient> {
  const { url, as } = connection;
  const token = as ? await signIn(url, as) : connection.token;
  if (!token) {
    throw new SignInError(
      'Nobody is signed in.',
      'Set GREENROOM_TOKEN to a token of the portal; against a portal of ./greenroom start, name a sample person: --as mira.',
    );
  }
  return new EnvironmentsClient({
    discoveryApi: { getBaseUrl: async id => `${url}/api/${id}` },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${token}`);
        return reach(url, () => fetch(input, { ...init, headers }));
      },
    },
  });
}

/** As the sign-in page does; a portal in production has no such way. */
async function signIn(url: string, person: string): Promise<string> {
  const response = await reach(url, () =>
    fetch(`${url}/api/auth/sample/refresh`, {
      headers: {
        'x-greenroom-sample-user': person,
        'x-requested-with': 'XMLHttpRequest',
      },
    }),
  );
  if (!response.ok) {
    throw new SignInError(
      `${url} does not let "${person}" in as a sample person (${response.status}).`,
      'Sample people are those of its sign-in page, such as mira; a portal in production has none: use GREENROOM_TOKEN.',
    );
  }
  const session = (await response.json()) as {
    backstageIdentity: { token: string };
  };
  return session.backstageIdentity.token;
}

async function reach(
  url: string,
  call: () => Promise<Response>,
): Promise<Response> {
  try {
    return await call();
  } catch (error) {
    // What fetch throws for everything between here and an answer.
    if (isError(error) && error.name === 'TypeError') {
      throw new UnreachableError(url, error);
    }
    throw error;
  }
}
