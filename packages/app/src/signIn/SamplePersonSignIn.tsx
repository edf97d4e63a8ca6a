import { ProxiedSignInPage } from '@backstage/core-components';
import { IdentityApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';
import { forgettingOnSignOut } from './chosenPerson';

/** Asks the backend's provider `sample` for an identity, and shows a bar meanwhile. */
export function SamplePersonSignIn(props: {
  user: string;
  onSignInSuccess: (identity: IdentityApi) => void;
  onFail: (error: Error) => void;
}) {
  const { user, onSignInSuccess, onFail } = props;
  return (
    <ProxiedSignInPage
      provider="sample"
      headers={{ 'x-greenroom-sample-user': user }}
      onSignInSuccess={identity =>
        onSignInSuccess(forgettingOnSignOut(identity))
      }
      ErrorComponent={({ error }) => <Report error={error} onFail={onFail} />}
    />
  );
}

function Report(props: {
  error?: Error;
  onFail: (error: Error) => void;
}): null {
  const { error, onFail } = props;
  useEffect(() => {
    if (error) onFail(error);
  }, [error, onFail]);
  return null;
}
