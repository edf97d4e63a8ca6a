import {
  locateTool,
  TerraformRunner,
  TerraformToolError,
} from '@greenroom/plugin-terraform-node';
import { CommandError, EXIT } from '../../portal/failures';

/**
 * OpenTofu or Terraform as `GREENROOM_TERRAFORM` says, else from the PATH.
 *
 * @throws CommandError when there is none that is fit
 */
export async function findRunner(
  env: NodeJS.ProcessEnv,
): Promise<TerraformRunner> {
  const binaries = env.GREENROOM_TERRAFORM
    ? [env.GREENROOM_TERRAFORM]
    : ['tofu', 'terraform'];
  let failure: unknown;
  for (const binary of binaries) {
    try {
      const tool = await locateTool(binary);
      const mirror = env.GREENROOM_PROVIDER_MIRROR || undefined;
      return new TerraformRunner({ tool, providers: { mirror } });
    } catch (error) {
      if (!(error instanceof TerraformToolError)) throw error;
      failure = error;
    }
  }
  throw new CommandError(
    `The modules can't be validated: ${(failure as Error).message}.`,
    'Install OpenTofu ≥ 1.8 or Terraform ≥ 1.9, or name one in GREENROOM_TERRAFORM.',
    EXIT.usage,
    failure,
  );
}
