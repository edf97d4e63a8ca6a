import { Problem } from '@greenroom/plugin-environments-common';
import { DriverValidateContext } from '@greenroom/plugin-environments-node';
import {
  TerraformCommandError,
  TerraformRunner,
} from '@greenroom/plugin-terraform-node';
import { commandProblem, diagnosticProblem, placeIn } from './run/problems';
import { keepPins, pinModules } from './source/modules';
import { checkVariables, PlatformVariables } from './source/values';
import { readModule } from './source/variables';

/**
 * What can be known of a module without any tool: that it is one, and that it is given what its
 * variables want.
 *
 * @public
 */
export async function checkModule(
  {
    component,
    secrets,
    sourcePath,
  }: Pick<DriverValidateContext, 'component' | 'secrets' | 'sourcePath'>,
  platform: PlatformVariables,
): Promise<Problem[]> {
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
  return checkVariables({
    component: component.id,
    given: component.with,
    secrets,
    module,
    platform,
    placeOf: file => placeIn(sourcePath, file),
  });
}

/**
 * Everything that can be known to be wrong with a source before an environment is made of it. Adds
 * to it what it takes from elsewhere, and the versions of its providers.
 *
 * @public
 */
export async function validateSource(
  context: DriverValidateContext,
  runner: TerraformRunner,
  platform: PlatformVariables,
): Promise<Problem[]> {
  const { component, sourcePath, signal } = context;
  const known = await checkModule(context, platform);
  if (known.some(({ code }) => code === 'terraform.source.empty')) return known;

  const { packages, problems } = await pinModules(context, runner.tool.product);
  if (problems.length > 0) return [...problems, ...known];

  const run = { folder: component.folder, signal };
  const about = { component: component.id, sourcePath };
  await runner.prepare(component.folder);
  try {
    await runner.init(run, { backend: false, modules: 'installed' });
  } catch (error) {
    if (!(error instanceof TerraformCommandError) || error.killedBy)
      throw error;
    return error.diagnostics.length > 0
      ? error.diagnostics.map(one => diagnosticProblem(one, about))
      : [commandProblem(error, about)];
  }
  await keepPins(context, packages);
  const found = await runner.validate(run);
  return [
    ...found
      .filter(diagnostic => diagnostic.severity === 'error')
      .map(diagnostic => diagnosticProblem(diagnostic, about)),
    ...known,
  ];
}
