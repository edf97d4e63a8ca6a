import { JsonObject, Problem } from '@greenroom/plugin-environments-common';
import { DeclaredVariable, ModuleSource } from './variables';

/**
 * Values that the platform gives to each module that declares a variable of that name.
 *
 * @public
 */
export type PlatformVariables = Record<string, string>;

/** What is wrong between the keys of a component's `with` and the variables of its module. */
export function checkVariables(options: {
  component: string;
  given: JsonObject;
  /** Keys whose values will be made of secrets. */
  secrets?: string[];
  module: ModuleSource;
  platform: PlatformVariables;
  /** Turns a file of the module into a path of the snapshot. */
  placeOf: (file: string) => string;
}): Problem[] {
  const { component, given, secrets = [], module, platform } = options;
  const { placeOf } = options;
  const declared = new Set(module.variables.map(variable => variable.name));
  const own = module.variables
    .map(variable => variable.name)
    .filter(name => !Object.hasOwn(platform, name));
  const choice = own.length
    ? `It declares ${own.join(', ')}`
    : 'It declares none';

  const problems: Problem[] = [];
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(platform, key)) {
      problems.push({
        code: 'terraform.variable.platform',
        message: `Component "${component}" gives "${key}" in its \`with\`, but that variable is the platform's to give`,
        component,
        remedy: `Remove "${key}" from the component's \`with\``,
      });
    } else if (!declared.has(key)) {
      problems.push({
        code: 'terraform.variable.unknown',
        message: `Component "${component}" gives "${key}" in its \`with\`, but its module declares no such variable. ${choice}`,
        component,
        remedy: `Correct the key, or declare variable "${key}" in the module`,
      });
    }
  }
  const missing = (variable: DeclaredVariable) =>
    variable.required &&
    !Object.hasOwn(given, variable.name) &&
    !Object.hasOwn(platform, variable.name);
  for (const { name, file, line } of module.variables.filter(missing)) {
    problems.push({
      code: 'terraform.variable.missing',
      message: `Component "${component}" gives no value for variable "${name}", which has no default`,
      component,
      place: { file: placeOf(file), line },
      remedy: `Add "${name}" to the component's \`with\`, give the variable a default, or have the platform set it in environments.terraform.platformVariables`,
    });
  }
  const open = module.variables.filter(
    ({ name, sensitive }) => secrets.includes(name) && !sensitive,
  );
  for (const { name, file, line } of open) {
    problems.push({
      code: 'terraform.variable.not-sensitive',
      message: `Variable "${name}" of component "${component}" takes a secret, and is not sensitive: plans and outputs would show it`,
      component,
      place: { file: placeOf(file), line },
      remedy: `Add "sensitive = true" to the variable`,
    });
  }
  return problems;
}

/** What the tool is given: the component's values, and the platform's where the module asks for them. */
export function variableValues(
  given: JsonObject,
  module: ModuleSource,
  platform: PlatformVariables,
): JsonObject {
  const asked = module.variables
    .filter(({ name }) => Object.hasOwn(platform, name))
    .map(({ name }) => [name, platform[name]]);
  return { ...given, ...Object.fromEntries(asked) };
}
