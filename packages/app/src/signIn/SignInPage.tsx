import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Text } from '@backstage/ui';
import { useCallback, useState } from 'react';
import { GreenroomMark } from '../icons/GreenroomMark';
import { chosenPerson } from './chosenPerson';
import { readSignInOptions } from './config';
import { People } from './People';
import { Providers } from './Providers';
import { SamplePersonSignIn } from './SamplePersonSignIn';
import styles from './signIn.module.css';

/** Who are you? Sample people while developing, the company's own sign-in otherwise. */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const { people, providers } = readSignInOptions(config);
  const title = config.getOptionalString('app.title') ?? 'Greenroom';
  const [chosen, setChosen] = useState(chosenPerson.get);
  const [problem, setProblem] = useState<string>();

  const choose = (user: string) => {
    chosenPerson.set(user);
    setProblem(undefined);
    setChosen(user);
  };
  const fail = useCallback((error: Error) => {
    chosenPerson.forget();
    setChosen(undefined);
    setProblem(wordsOf(error));
  }, []);

  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>
          <GreenroomMark size={32} />
          {title}
        </h1>
        <Text color="secondary">
          Environments on demand: from a blueprint to a running one, and down
          again when its time is up.
        </Text>
        {problem && (
          <Alert
            status="danger"
            icon
            title="You are not signed in"
            description={problem}
          />
        )}
        {chosen ? (
          <SamplePersonSignIn
            user={chosen}
            onSignInSuccess={onSignInSuccess}
            onFail={fail}
          />
        ) : (
          <>
            <Providers
              providers={providers}
              onSignInSuccess={onSignInSuccess}
              onFail={fail}
            />
            <People people={people} onChoose={choose} />
          </>
        )}
        {people.length + providers.length === 0 && (
          <Alert
            status="warning"
            icon
            title="No way to sign in is configured"
            description="Set auth.providers and app.signIn.providers in the configuration of this portal, then restart it."
          />
        )}
      </div>
    </main>
  );
}

/** A refusal of the backend brings its own words in the body; its message holds only the status. */
function wordsOf(error: Error): string {
  const body = (error as { body?: { error?: { message?: string } } }).body;
  return body?.error?.message ?? error.message;
}
