export interface Config {
  environments?: {
    /** How components of the driver `argocd` are made. Without it there is no such driver. */
    argocd?: {
      /**
       * Where the components of an environment go: the first that matches. An environment that
       * none matches can't have components of this driver.
       */
      placements: Array<{
        /** Each that is given must name the environment's own. Default: all environments. */
        match?: {
          /** Types, such as sandbox. */
          type?: string[];
          /** Entity refs, such as group:default/checkout. */
          owner?: string[];
        };
        /** One of argocd.appLocatorMethods, by its name. Default: the first. */
        instance?: string;
        /** The project of that Argo CD that applications are made in. */
        project: string;
        /**
         * Address of the destination cluster, or its name in Argo CD. Default: the cluster that
         * Argo CD runs in.
         */
        cluster?: string;
      }>;
    };
  };
}
