import { Problem } from '@greenroom/plugin-environments-common';
import { DriverValidateContext } from '@greenroom/plugin-environments-node';
import {
  TerraformCommandError,
  TerraformRunner,
} from '@greenroom/plugin-terraform-node';
import { commandProblem, diagnosticProblem, placeIn } from './run/problems';
import { checkVariables, PlatformVariables } from './source/values';
import { readModule } from './source/variables';

/** Everything that can be known to be wrong with a source before an environment is made of it. */
export async function validateSource(
  context: DriverValidateContext,
  runner: TerraformRunner,
  platform: PlatformVariables,
): Promise<Problem[]> {
  const { component, sourcePath, signal } = context;
  const module = await readModule(component.folder);
  if (module.files.length === 0) {
    return [
      {
        code: 'terraform.source.empty',
        message: `The source of component "${component.id}" holds no .tf or .tofu file`,
        component: component.id,
        place: { file: sourcePath },
        remedy: 'Let `source` name the folder of a Terraform module',
      },
    ];
  }

  const run = { folder: component.folder, signal };
  const about = { component: component.id, sourcePath };
  await runner.prepare(component.folder);
  try {
    await runner.init(run, { backend: false });
  } catch (error) {
    if (!(error instanceof TerraformCommandError) || error.killedBy)
      throw error;
    return error.diagnostics.length > 0
      ? error.diagnostics.map(one => diagnosticProblem(one, about))
      : [commandProblem(error, about)];
  }
  const found = await runner.validate(run);
  return [
    ...found
      .filter(diagnostic => diagnostic.severity === 'error')
      .map(diagnostic => diagnosticProblem(diagnostic, about)),
    ...checkVariables({
      component: component.id,
      given: component.with,
      module,
      platform,
      placeOf: file => placeIn(sourcePath, file),
    }),
  ];
}
