import { Problem } from '@greenroom/plugin-environments-common';
import { DriverValidateContext } from '@greenroom/plugin-environments-node';
import { BUILT_IN_OUTPUTS } from './outputNames';
import { isMap } from './overlay';
import { readSpec } from './readSpec';

/** Everything that can be known to be wrong with a component before an environment is made of it. */
export async function validateSpec(
  {
    component,
    secrets,
    sourcePath,
  }: Pick<DriverValidateContext, 'component' | 'secrets' | 'sourcePath'>,
  instances: string[],
): Promise<Problem[]> {
  const read = await readSpec(component, sourcePath, { expressions: true });
  const problems: Problem[] = secrets.map(key => ({
    code: 'argocd.spec.secret',
    component: component.id,
    field: `with.${key}`,
    message: `with.${key} of component "${component.id}" is made of a secret, and whoever may look at the application would read it`,
    remedy:
      'Put the secret into the cluster by another way, such as a Secret of External Secrets, and hand on its name',
  }));
  if ('problems' in read) return [...read.problems, ...problems];
  const { instance } = read.spec;
  if (instance && !instance.includes('${{') && !instances.includes(instance))
    problems.push({
      code: 'argocd.instance.unknown',
      component: component.id,
      field: 'instance',
      message: `Component "${component.id}" names the Argo CD "${instance}", which this portal has no placement for`,
      remedy: `Name one of ${instances.join(', ')}, or leave it out`,
    });
  return problems;
}

/** Names of the outputs; undefined while the document does not say them. */
export async function declaredOutputs(
  component: DriverValidateContext['component'],
): Promise<string[] | undefined> {
  const read = await readSpec(component, '', { expressions: true });
  if ('problems' in read) return undefined;
  const { outputs = {} } = read.spec;
  if (!isMap(outputs)) return undefined;
  return [...Object.keys(BUILT_IN_OUTPUTS), ...Object.keys(outputs)];
}
