export interface Config {
  app?: {
    /** The sign-in page. */
    signIn?: {
      /**
       * Providers to offer, in this order. Each must be configured under auth.providers as well.
       */
      providers?: Array<{
        /**
         * The provider's name under auth.providers.
         * @visibility frontend
         */
        id: 'github' | 'oidc';
        /**
         * How people call it, as in "Sign in with Acme".
         * @visibility frontend
         */
        title: string;
      }>;
    };
  };
  auth?: {
    providers?: {
      sample?: {
        /**
         * The sample people to offer on the sign-in page.
         * @deepVisibility frontend
         */
        people?: Array<{
          /** Name of the User entity. */
          user: string;
          name: string;
          /** What this person does, in a few words. */
          title?: string;
          /** The team to show beside the name. */
          team?: string;
        }>;
      };
    };
  };
}
