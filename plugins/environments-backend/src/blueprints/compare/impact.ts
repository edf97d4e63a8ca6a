import {
  AffectedEnvironment,
  applyInputs,
  JsonObject,
  Problem,
} from '@greenroom/plugin-environments-common';
import { LivingEnvironment } from '../../environments/usage';
import { problemsOf } from '../../errors';
import { declarationOf } from '../../operations/submission/declaration';
import { PublishedBlueprint } from '../types';

/**
 * What keeps one environment from being upgraded to a version with the inputs that it has, or what
 * it would lose by that.
 */
export function impactOn(
  environment: LivingEnvironment,
  target: PublishedBlueprint,
): Problem[] {
  const { inputs, problems } = applyInputs(target.document, environment.inputs);
  return [
    ...problems,
    ...lostComponents(
      environment,
      target,
      problems.length > 0 ? undefined : inputs,
    ),
    ...lostOutputs(environment, target),
  ];
}

/** @param inputs absent when they are wrong: what they make of conditions is not known then */
function lostComponents(
  environment: LivingEnvironment,
  target: PublishedBlueprint,
  inputs: JsonObject | undefined,
): Problem[] {
  const { components } = target.document.spec;
  let wanted = Object.keys(components);
  if (inputs) {
    try {
      wanted = declarationOf(environment, target, inputs).components.map(
        ({ id }) => id,
      );
    } catch (error) {
      const problems = problemsOf(error);
      if (!problems) throw error;
      return problems;
    }
  }
  return environment.components
    .filter(
      ({ id, driver }) =>
        !wanted.includes(id) || components[id].driver !== driver,
    )
    .map(({ id }) => ({
      code: 'upgrade.component.lost',
      component: id,
      message: `The component "${id}", as it is, would be destroyed.`,
      remedy: 'See that nothing needs it any more, and plan the upgrade.',
    }));
}

function lostOutputs(
  { outputs }: LivingEnvironment,
  { document }: PublishedBlueprint,
): Problem[] {
  return outputs
    .filter(name => !Object.hasOwn(document.spec.outputs, name))
    .map(name => ({
      code: 'upgrade.output.lost',
      message: `The output "${name}" would be gone.`,
      remedy: 'See that nothing reads it any more.',
    }));
}

export function toAffected(
  { id, name, owner, version }: LivingEnvironment,
  problems: Problem[],
): AffectedEnvironment {
  return { id, name, owner, version, problems };
}
