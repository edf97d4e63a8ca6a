import { renderInTestApp } from '@backstage/frontend-test-utils';
import { githubAuthApiRef, IdentityApi } from '@backstage/frontend-plugin-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { chosenPerson } from './chosenPerson';
import { oidcAuthApiRef } from './oidc';
import { SignInPage } from './SignInPage';

const mira = {
  user: 'mira',
  name: 'Mira Okafor',
  title: 'Developer',
  team: 'checkout',
};
const session = {
  profile: { displayName: 'Mira Okafor' },
  backstageIdentity: {
    token: 'e30.e30.e30',
    identity: {
      type: 'user',
      userEntityRef: 'user:default/mira',
      ownershipEntityRefs: ['user:default/mira'],
    },
  },
};

const nobody = {
  getBackstageIdentity: async () => undefined,
  getProfile: async () => undefined,
  signIn: async () => {},
  signOut: async () => {},
  sessionState$: () => {
    throw new Error('not observed here');
  },
};

function open(options: {
  people?: object[];
  providers?: object[];
  github?: Partial<typeof nobody> & object;
}) {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  renderInTestApp(<SignInPage onSignInSuccess={onSignInSuccess} />, {
    config: {
      app: { title: 'Greenroom', signIn: { providers: options.providers } },
      backend: { baseUrl: 'http://localhost:7007' },
      auth: { providers: { sample: { people: options.people } } },
    } as object,
    apis: [
      [githubAuthApiRef, { ...nobody, ...options.github } as never],
      [oidcAuthApiRef, nobody as never],
    ],
  });
  return { onSignInSuccess };
}

const answer = (status: number, body: object) =>
  jest.spyOn(global, 'fetch').mockResolvedValue({
    ok: status < 400,
    status,
    statusText: 'as given',
    headers: new Headers({ 'content-type': 'application/json' }),
    json: async () => body,
    text: async () => JSON.stringify(body),
  } as Response);

const miraButton = () =>
  screen.findByRole('button', { name: /Sign in as Mira Okafor/ });

describe('SignInPage', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    sessionStorage.clear();
  });

  it('offers each sample person with team and title', async () => {
    open({ people: [mira] });
    expect(await miraButton()).toHaveTextContent('checkout · Developer');
  });

  it('signs in as the person chosen, and remembers it for the tab', async () => {
    const fetched = answer(200, session);
    const { onSignInSuccess } = open({ people: [mira] });
    await userEvent.click(await miraButton());

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    const [url, init] = fetched.mock.calls[0];
    expect(url).toBe('http://localhost:7007/api/auth/sample/refresh');
    expect(new Headers(init?.headers).get('x-greenroom-sample-user')).toBe(
      'mira',
    );
    expect(chosenPerson.get()).toBe('mira');
  });

  it('forgets the person on signing out', async () => {
    answer(200, session);
    const { onSignInSuccess } = open({ people: [mira] });
    await userEvent.click(await miraButton());
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());

    await onSignInSuccess.mock.calls[0][0].signOut();
    expect(chosenPerson.get()).toBeUndefined();
  });

  it('repeats the words of a refusal, and offers the people again', async () => {
    answer(403, {
      error: {
        name: 'NotAllowedError',
        message: 'Mira is not a sample person.',
      },
      response: { statusCode: 403 },
    });
    open({ people: [mira] });
    await userEvent.click(await miraButton());

    expect(
      await screen.findByText('Mira is not a sample person.'),
    ).toBeInTheDocument();
    expect(await miraButton()).toBeEnabled();
    expect(chosenPerson.get()).toBeUndefined();
  });

  it('offers the configured providers by the names that people know', async () => {
    open({
      providers: [
        { id: 'github', title: 'GitHub' },
        { id: 'oidc', title: 'Acme' },
      ],
    });
    expect(
      await screen.findByRole('button', { name: 'Sign in with GitHub' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Sign in with Acme' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('Sample people')).not.toBeInTheDocument();
  });

  it('resumes the session of a provider without a click', async () => {
    const { onSignInSuccess } = open({
      providers: [{ id: 'github', title: 'GitHub' }],
      github: {
        getBackstageIdentity: async () => session.backstageIdentity,
        getProfile: async () => session.profile,
      } as object,
    });
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    await expect(
      onSignInSuccess.mock.calls[0][0].getBackstageIdentity(),
    ).resolves.toMatchObject({ userEntityRef: 'user:default/mira' });
  });

  it('says what to configure when there is no way to sign in', async () => {
    open({});
    expect(
      await screen.findByText('No way to sign in is configured'),
    ).toBeInTheDocument();
  });
});
