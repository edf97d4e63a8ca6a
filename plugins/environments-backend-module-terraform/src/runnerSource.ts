import { resolve } from 'node:path';
import {
  locateTool,
  TerraformRunner,
  TerraformTool,
  TerraformToolError,
} from '@greenroom/plugin-terraform-node';
import { TerraformConfig } from './config';

/** Gives the runner for the configured tool; looks for the tool until one is found. */
export function createRunnerSource(
  config: TerraformConfig,
): () => Promise<TerraformRunner> {
  let found: Promise<TerraformRunner> | undefined;
  return async () => {
    found ??= locateFirst(config.binaries).then(
      tool =>
        new TerraformRunner({
          tool,
          providers: {
            // The child runs in other folders than this process.
            mirror: config.providerMirror && resolve(config.providerMirror),
            cache: config.pluginCache && resolve(config.pluginCache),
          },
        }),
    );
    try {
      return await found;
    } catch (error) {
      found = undefined;
      throw error;
    }
  };
}

async function locateFirst(binaries: string[]): Promise<TerraformTool> {
  let failure: TerraformToolError | undefined;
  for (const binary of binaries) {
    try {
      return await locateTool(binary);
    } catch (error) {
      if (!(error instanceof TerraformToolError)) throw error;
      failure = moreTelling(failure, error);
    }
  }
  throw failure;
}

/** A tool that is there and unfit says more than one that is not there. */
function moreTelling(
  known: TerraformToolError | undefined,
  next: TerraformToolError,
) {
  return known?.code === 'terraform.tool.unfit' ? known : next;
}
