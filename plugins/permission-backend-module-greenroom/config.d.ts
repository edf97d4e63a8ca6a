export interface Config {
  permission?: {
    /** Roles of the permission policy of Greenroom. */
    greenroom?: {
      /**
       * References of the users and groups that may do everything, publishing blueprints
       * included, such as `group:default/platform`.
       */
      admins?: string[];
    };
  };
}
