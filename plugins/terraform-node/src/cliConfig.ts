export interface ProviderSource {
  /** A filesystem mirror, used instead of the registries. */
  mirror?: string;
  /** Where downloaded providers are kept for the next init. */
  cache?: string;
}

/**
 * The tool's own configuration file. A file is always written, so that neither the account's
 * `.terraformrc` nor a TF_CLI_CONFIG_FILE of the machine takes part.
 */
export function cliConfig({ mirror, cache }: ProviderSource): string {
  const lines = ['disable_checkpoint = true'];
  if (cache) {
    lines.push(
      `plugin_cache_dir = ${quoted(cache)}`,
      // Without this the cache serves only modules that bring a lock file with this platform's
      // checksums; all others download each provider at each init. What it would break is a lock
      // file that is to serve other platforms too; checksums that are in one hold all the same.
      'plugin_cache_may_break_dependency_lock_file = true',
    );
  }
  if (mirror) {
    lines.push(
      'provider_installation {',
      '  filesystem_mirror {',
      `    path = ${quoted(mirror)}`,
      '  }',
      '}',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Strings of this file know no interpolation, so JSON's escapes are enough. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
