export interface Config {
  environments?: {
    /** How components of the driver `terraform` are made. */
    terraform?: {
      /**
       * OpenTofu ≥ 1.8 or Terraform ≥ 1.9: a path, or a name that is looked for on the PATH.
       * Without it `tofu`, then `terraform`.
       */
      binary?: string;
      /** A filesystem mirror that providers are taken from, instead of the registries. */
      providerMirror?: string;
      /**
       * Where downloaded providers are kept for the next init. Two processes on one machine
       * that use Terraform, or OpenTofu before 1.10, need a folder each.
       */
      pluginCache?: string;
      /**
       * Values that every module gets that declares a variable of that name.
       * A blueprint cannot set them.
       */
      platformVariables?: { [name: string]: string };
    };
  };
}
