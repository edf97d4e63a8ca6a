export interface Config {
  environments?: {
    /** Runs operations in this process, unless turned off. */
    worker?: {
      /** Of the portal's own process; a worker that runs alone doesn't ask. Default: true. */
      enabled?: boolean;
      /** Operations at once. Default: 2. */
      concurrency?: number;
      /** Over all workers, so give all of them the same. Default: no limits. */
      limits?: {
        /** Operations that one owner may have under way at once. */
        perOwner?: number;
        /** By driver id, how many operations that use it may be under way at once. */
        drivers?: { [driver: string]: number };
      };
      /**
       * What running operations get to end by themselves when the process is told to stop; then
       * they are interrupted and left to other workers. Default: 10.
       */
      drainSeconds?: number;
      /** Where operations unpack blueprints and run their tools. Default: a folder below the system's temporary one. */
      workDirectory?: string;
    };
    operations?: {
      /** How long a plan waits for somebody to confirm it: 30m, 8h, 2d. Default: 24h. */
      confirmWithin?: string;
    };
    leases?: {
      /**
       * How long before its end the teardown of an environment is checked by a dry run, and not
       * longer than half of its lease. Default: 24h.
       */
      checkTeardownBefore?: string;
      /**
       * Narrow what blueprints say of leases, for the environments that each matches. The narrowest
       * wins, whatever the order. Durations are written as 90m, 36h or 14d. Default: none.
       */
      rules?: Array<{
        /** Each that is given must name the environment's own. Default: all environments. */
        match?: {
          /** Types, such as sandbox. */
          type?: string[];
          /** Entity refs, such as group:default/checkout. */
          owner?: string[];
          /** Names of blueprints. */
          blueprint?: string[];
        };
        /** The longest that is taken when a request says nothing. */
        default?: string;
        /** The shortest that a request may say. */
        min?: string;
        /** The longest, extensions included, counted from the request. */
        max?: string;
        /** False: none without an end. */
        allowUnlimited?: boolean;
        extensions?: {
          /** How often a lease may be extended. */
          max?: number;
          /** By how much at once. */
          by?: string;
        };
        /** How long a hold may last. Default: 7d. */
        holdMax?: string;
        /** By up to so much earlier ends what nobody has chosen an end for, so that not all end at once. Default: 0. */
        jitter?: string;
      }>;
      /** Holds leases that fall due in a leap of the clock, or after a long standstill, for an operator's word. */
      brake?: {
        /** A look of the sweep so long after the one before is a leap, at least 5m. Default: 15m. */
        leap?: string;
        /** Of all leases with an end, so many may end by a leap; 100 for all. Default: 20. */
        sharePercent?: number;
        /** Fewer than that end whatever their share is. Default: 10. */
        atLeast?: number;
      };
    };
    teardown?: {
      /** Failures in a row from which on owner and operators are told of it. Default: 3. */
      escalateAfter?: number;
      /** Entity refs of those who are told of all environments, beside each one's owner. Default: none. */
      operators?: string[];
    };
    states?: {
      /**
       * Base URL of this plugin as the tools that workers start reach it, for example
       * http://backend.internal:7007/api/environments. Default: this process, or, for a worker
       * that runs alone, the portal at backend.baseUrl.
       */
      baseUrl?: string;
      /** The largest state that is taken, at most 200. Default: 64. */
      maxMegabytes?: number;
    };
    /** How long records are kept, as durations: 12h, 90d. */
    retention?: {
      /** Logs, after their operation has ended. Default: 90d. */
      logs?: string;
      /** States, after their environment was destroyed. Default: 90d. */
      destroyedStates?: string;
      /** Newest versions that are kept of each state; the current one always is. Default: 200. */
      stateVersions?: number;
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
    /** When environments sleep (are paused) and wake by themselves. */
    schedules?: {
      /**
       * For environments whose blueprint has no schedule: the first rule that fits is theirs.
       * Default: none.
       */
      rules?: Array<{
        /** Each that is given must name the environment's own. Default: all environments. */
        match?: {
          /** Types, such as sandbox. */
          type?: string[];
          /** Entity refs, such as group:default/checkout. */
          owner?: string[];
          /** Names of blueprints. */
          blueprint?: string[];
        };
        /** Cron line of five fields, such as 0 19 * * 1-5. */
        sleep: string;
        /** Cron line of five fields. Default: nothing wakes them but somebody. */
        wake?: string;
        /** By IANA's name, such as Europe/Berlin. */
        timeZone: string;
        /** Name of one of the calendars: nothing wakes on its days. */
        holidays?: string;
      }>;
      /** Holidays, for the schedules of rules and of blueprints. */
      calendars?: Array<{
        name: string;
        /** Each like 2026-12-25. */
        days: string[];
      }>;
    };
    /** Probes that ask whether environments are used. */
    idle?: {
      /** How long a probe waits for its answer, at most 60s. Default: 10s. */
      timeout?: string;
      /** The largest answer that is read. Default: 256. */
      maxKilobytes?: number;
      /**
       * Hosts that are asked with headers of their own; no redirect of theirs is followed. All
       * others are read as far as backend.reading.allow lets it. Default: none.
       */
      hosts?: Array<{
        /** Its address, such as https://prometheus.example.com. */
        url: string;
        /**
         * Sent to this host alone, such as `Authorization`. Default: none.
         *
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
      }>;
    };
    blueprints?: {
      /** Folders that `file:` locations of blueprints may be read from. Default: none. */
      fileRoots?: string[];
      /**
       * Registries that Terraform modules may be fetched from when a blueprint is published.
       * Default: none.
       */
      registries?: Array<{
        /** Its base address, such as https://registry.opentofu.org; modules name it by the host. */
        url: string;
        /**
         * Sent to this registry as `Authorization: Bearer …`, to no other host and after no
         * redirect. Default: none.
         *
         * @visibility secret
         */
        token?: string;
      }>;
    };
  };
}
