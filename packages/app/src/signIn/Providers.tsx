import { UserIdentity } from '@backstage/core-components';
import {
  BackstageIdentityApi,
  githubAuthApiRef,
  IdentityApi,
  ProfileInfoApi,
  SessionApi,
  useApi,
} from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiGithubFill, RiShieldKeyholeLine } from '@remixicon/react';
import { useEffect, useMemo, useRef } from 'react';
import { SignInProvider } from './config';
import { oidcAuthApiRef } from './oidc';
import styles from './signIn.module.css';

type AuthApi = BackstageIdentityApi & ProfileInfoApi & SessionApi;

/** A button for each configured provider; whoever has a session already is signed in at once. */
export function Providers(props: {
  providers: SignInProvider[];
  onSignInSuccess: (identity: IdentityApi) => void;
  onFail: (error: Error) => void;
}) {
  const { providers, onSignInSuccess, onFail } = props;
  const github = useApi(githubAuthApiRef);
  const oidc = useApi(oidcAuthApiRef);
  const apis = useMemo<Record<SignInProvider['id'], AuthApi>>(
    () => ({ github, oidc }),
    [github, oidc],
  );
  const resumed = useRef(false);

  // Once, when the page opens: later it is the buttons' turn.
  useEffect(() => {
    if (resumed.current) return;
    resumed.current = true;
    resume(providers, apis).then(identity => {
      if (identity) onSignInSuccess(identity);
    }, onFail);
  }, [providers, apis, onSignInSuccess, onFail]);

  const signIn = async ({ id, title }: SignInProvider) => {
    const identity = await sign(apis[id], { instantPopup: true });
    if (!identity)
      throw new Error(`${title} gave no identity for this portal.`);
    onSignInSuccess(identity);
  };

  return (
    <div className={styles.providers}>
      {providers.map(provider => (
        <Button
          key={provider.id}
          variant="primary"
          iconStart={
            provider.id === 'github' ? (
              <RiGithubFill />
            ) : (
              <RiShieldKeyholeLine />
            )
          }
          onPress={() => signIn(provider).catch(onFail)}
        >
          Sign in with {provider.title}
        </Button>
      ))}
    </div>
  );
}

async function resume(
  providers: SignInProvider[],
  apis: Record<SignInProvider['id'], AuthApi>,
): Promise<IdentityApi | undefined> {
  for (const { id } of providers) {
    const identity = await sign(apis[id], { optional: true });
    if (identity) return identity;
  }
  return undefined;
}

async function sign(
  authApi: AuthApi,
  options: { optional: true } | { instantPopup: true },
): Promise<IdentityApi | undefined> {
  const response = await authApi.getBackstageIdentity(options);
  if (!response) return undefined;
  return UserIdentity.create({
    identity: response.identity,
    profile: await authApi.getProfile(),
    authApi,
  });
}
