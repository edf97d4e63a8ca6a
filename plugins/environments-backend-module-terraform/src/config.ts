import { Config } from '@backstage/config';
import { PlatformVariables } from './source/values';

export interface TerraformConfig {
  /** In this order; the first that is found is taken. */
  binaries: string[];
  providerMirror?: string;
  pluginCache?: string;
  platformVariables: PlatformVariables;
}

export function readTerraformConfig(root: Config): TerraformConfig {
  const config = root.getOptionalConfig('environments.terraform');
  const binary = config?.getOptionalString('binary');
  const variables = config?.getOptionalConfig('platformVariables');
  return {
    binaries: binary ? [binary] : ['tofu', 'terraform'],
    providerMirror: config?.getOptionalString('providerMirror'),
    pluginCache: config?.getOptionalString('pluginCache'),
    platformVariables: Object.fromEntries(
      (variables?.keys() ?? []).map(name => [name, variables!.getString(name)]),
    ),
  };
}
