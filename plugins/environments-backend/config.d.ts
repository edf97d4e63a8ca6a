export interface Config {
  environments?: {
    /** Runs operations in this process, unless turned off. */
    worker?: {
      /** Default: true. */
      enabled?: boolean;
      /** Operations at once. Default: 2. */
      concurrency?: number;
      /** Where operations unpack blueprints and run their tools. Default: a folder below the system's temporary one. */
      workDirectory?: string;
    };
    operations?: {
      /** How long a plan waits for somebody to confirm it: 30m, 8h, 2d. Default: 24h. */
      confirmWithin?: string;
    };
    states?: {
      /**
       * Base URL of this plugin as the tools that workers start reach it, for example
       * http://backend.internal:7007/api/environments. Default: by discovery.
       */
      baseUrl?: string;
    };
    secrets?: {
      /**
       * Seal Terraform states and sensitive outputs. The first key seals, all of them open.
       * Required in production.
       */
      keys?: Array<{
        id: string;
        /**
         * At least 32 characters.
         * @visibility secret
         */
        secret: string;
      }>;
    };
    /** Development only: serves the web sites that sandbox environments make. */
    sandboxSites?: {
      directory?: string;
    };
    blueprints?: {
      /** Folders that `file:` locations of blueprints may be read from. Default: none. */
      fileRoots?: string[];
    };
  };
}
