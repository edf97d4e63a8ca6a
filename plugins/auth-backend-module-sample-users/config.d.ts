export interface Config {
  auth?: {
    providers?: {
      /**
       * Development only: signs in, without a password, any User of the catalog that carries the
       * annotation greenroom.dev/sample-user: "true". The backend refuses to start with it when
       * NODE_ENV is "production".
       */
      sample?: {
        /** Whom the sign-in page offers. The catalog decides who may sign in. */
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
