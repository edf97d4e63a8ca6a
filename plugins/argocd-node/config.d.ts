export interface Config {
  argocd?: {
    /** The account for instances that have no token and no account of their own. */
    username?: string;
    /**
     * The password of that account.
     * @visibility secret
     */
    password?: string;
    /**
     * Where instances are listed, in the words of the community's plugins: a portal that has
     * them names its instances once. Only those of type `config` are read here.
     */
    appLocatorMethods?: Array<{
      type: string;
      instances?: Array<{
        /** How the rest of the configuration, and blueprints, call this instance. */
        name: string;
        /** Where the portal reaches its API. */
        url: string;
        /** Where people open it; the same when absent. */
        frontendUrl?: string;
        /**
         * A token of an account or of a project's role.
         * @visibility secret
         */
        token?: string;
        username?: string;
        /** @visibility secret */
        password?: string;
        /** PEM certificates that its own is checked by, instead of the system's. */
        ca?: string;
        /** The time for one answer; 20 when absent. */
        timeoutSeconds?: number;
        /** Never more requests than this in one second; 20 when absent. */
        requestsPerSecond?: number;
      }>;
    }>;
  };
}
