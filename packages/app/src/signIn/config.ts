import { ConfigApi } from '@backstage/frontend-plugin-api';

export interface SamplePerson {
  user: string;
  name: string;
  title?: string;
  team?: string;
}

export interface SignInProvider {
  id: 'github' | 'oidc';
  title: string;
}

export interface SignInOptions {
  people: SamplePerson[];
  providers: SignInProvider[];
}

/** What the sign-in page offers; the schema in config.d.ts has checked the shapes. */
export function readSignInOptions(config: ConfigApi): SignInOptions {
  return {
    people:
      config.getOptional<SamplePerson[]>('auth.providers.sample.people') ?? [],
    providers:
      config.getOptional<SignInProvider[]>('app.signIn.providers') ?? [],
  };
}
